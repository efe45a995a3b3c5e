import { type FormEvent, useState } from "react";
import { Form } from "react-aria-components";
import type { SourceKind } from "../../../shared/model/source.ts";
import { useCommand } from "../../api.ts";
import { Button } from "../../components/button.tsx";
import { CheckField } from "../../components/check-field.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { Fold } from "../../components/fold.tsx";
import { PathField } from "../../components/path-field.tsx";
import { SelectField } from "../../components/select-field.tsx";
import { FaultNotice } from "../../components/states.tsx";
import { TextField } from "../../components/text-field.tsx";
import { type FormState, useForm } from "../../components/use-form.ts";
import { strings } from "../../strings.ts";
import { SecretField } from "./secret-field.tsx";
import { type FieldGroup, fieldsOf, type SourceField, sourceKinds } from "./source-fields.ts";
import { initialValues, readSource } from "./source-reading.ts";

const words = strings.sources;
const kinds = sourceKinds.map((id) => ({ id, label: words.kinds[id] }));

export function AddSource({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const [kind, setKind] = useState<SourceKind>("git");
  return (
    <Dialog title={words.add} isOpen={isOpen} onClose={onClose}>
      <div className="stack">
        <SelectField label={words.kind} value={kind} choices={kinds} onChange={setKind} hint={words.kindAbout[kind]} />
        <SourceForm key={kind} kind={kind} onDone={onClose} />
      </div>
    </Dialog>
  );
}

function SourceForm({ kind, onDone }: { readonly kind: SourceKind; readonly onDone: () => void }) {
  const form = useForm<string>(initialValues(kind));
  const add = useCommand("source.add");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const read = readSource(kind, form.values);
    if (read.ok) add.mutate({ source: read.source }, { onSuccess: onDone });
    else form.setProblems(read.problems);
  };
  return (
    <Form className="form source-form" onSubmit={submit} validationBehavior="aria">
      {fieldsIn(kind, "main").map((field) => (
        <OneField key={field.name} field={field} form={form} />
      ))}
      {(["options", "network"] as const).map((group) => (
        <FieldGroupFold key={group} group={group} fields={fieldsIn(kind, group)} form={form} />
      ))}
      {add.isError ? <FaultNotice fault={add.error} /> : null}
      <div className="form-actions">
        <Button type="submit" look="primary" isDisabled={add.isPending}>
          {words.addThis}
        </Button>
        <Button onPress={onDone}>{strings.common.cancel}</Button>
      </div>
    </Form>
  );
}

function fieldsIn(kind: SourceKind, group: FieldGroup): SourceField[] {
  return fieldsOf(kind).filter((field) => field.group === group);
}

interface FieldGroupProps {
  readonly group: Exclude<FieldGroup, "main">;
  readonly fields: readonly SourceField[];
  readonly form: FormState<string>;
}

/** Fields that most sources do without. They are shown when one of them has a problem. */
function FieldGroupFold({ group, fields, form }: FieldGroupProps) {
  if (fields.length === 0) return null;
  return (
    <Fold
      summary={words.groups[group]}
      isOpen={fields.some(({ name }) => form.problems[name] !== undefined)}
      look="field-group"
    >
      <div className="source-form">
        {fields.map((field) => (
          <OneField key={field.name} field={field} form={form} />
        ))}
      </div>
    </Fold>
  );
}

const formats = [
  { id: "jsonl", label: words.formats.jsonl },
  { id: "csv", label: words.formats.csv },
  { id: "syslog", label: words.formats.syslog },
] as const;

function OneField({ field, form }: { readonly field: SourceField; readonly form: FormState<string> }) {
  const [label, hint] = words.fields[field.name];
  const state = form.field(field.name);
  const props = {
    label: field.isRequired ? label : words.optional(label),
    hint,
    isRequired: field.isRequired,
    ...state,
  };
  switch (field.takes) {
    case "path":
      return <PathField {...props} />;
    case "flag":
      return (
        <CheckField
          label={label}
          hint={hint}
          isChecked={state.value === "true"}
          onChange={(isChecked) => state.onChange(isChecked ? "true" : "")}
        />
      );
    case "pairs":
    case "lists":
      return <TextField {...props} lines={3} isMono />;
    case "secret":
      return <SecretField {...props} />;
    case "format":
      return (
        <SelectField
          label={label}
          hint={hint}
          value={formats.find(({ id }) => id === state.value)?.id ?? "jsonl"}
          choices={formats}
          onChange={state.onChange}
        />
      );
    default:
      return <TextField {...props} />;
  }
}
