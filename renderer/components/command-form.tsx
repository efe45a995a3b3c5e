import type { ReactNode } from "react";
import { Form } from "react-aria-components";
import type { CallFault } from "../api.ts";
import { Button } from "./button.tsx";
import { FaultNotice } from "./states.tsx";

export interface CommandFormProps {
  /** The command that the form hands in: how far it is, and why it failed. */
  readonly command: { readonly isPending: boolean; readonly error: CallFault | null };
  /** Words of the button, and its look: `primary` where the form is all that a person came for. */
  readonly label: string;
  readonly look?: "primary";
  readonly onSubmit: () => void;
  readonly children: ReactNode;
}

/** A form that ends in one command: its fields, what went wrong, and the button. */
export function CommandForm({ command, label, look, onSubmit, children }: CommandFormProps) {
  return (
    <Form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
      validationBehavior="aria"
    >
      {children}
      {command.error ? <FaultNotice fault={command.error} /> : null}
      <div className="form-actions">
        <Button type="submit" {...(look ? { look } : {})} isDisabled={command.isPending}>
          {label}
        </Button>
      </div>
    </Form>
  );
}
