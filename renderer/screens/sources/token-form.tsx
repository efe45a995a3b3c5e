import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Form } from "react-aria-components";
import { TokenName } from "../../../shared/model/kept-token.ts";
import { type CallFault, call, useProcedure } from "../../api.ts";
import { Button } from "../../components/button.tsx";
import { CheckField } from "../../components/check-field.tsx";
import { FaultNotice } from "../../components/states.tsx";
import { TextField } from "../../components/text-field.tsx";
import { missingOf, useForm } from "../../components/use-form.ts";
import { strings } from "../../strings.ts";

const words = strings.sources.tokens;

export interface TokenFormProps {
  /** The token that another one takes the place of; without it a new one is kept. */
  readonly replaces?: { readonly name: string; readonly account: string };
  readonly onKept: (name: string) => void;
  readonly onCancel: () => void;
}

/**
 * Hands a token to the keychain. The field is emptied before the answer comes, and the request is sent past the window's
 * memory of commands, so that the token stays nowhere in this window.
 */
export function TokenForm({ replaces, onKept, onCancel }: TokenFormProps) {
  const form = useForm({ name: replaces?.name ?? "", account: replaces?.account ?? "", secret: "" });
  const [untilClosed, setUntilClosed] = useState(false);
  const [isSending, setSending] = useState(false);
  const [fault, setFault] = useState<CallFault | null>(null);
  const kept = useProcedure("token.list", {});
  const client = useQueryClient();

  const submit = async (event: FormEvent) => {
    // The form may stand in a dialog over another form, and events rise through React's tree to that one.
    event.preventDefault();
    event.stopPropagation();
    const { name, account, secret } = form.values;
    const problems = missingOf(form.values, ["name", "secret"]);
    const read = TokenName.safeParse(name);
    if (!read.success) problems.name ??= read.error.issues[0]?.message ?? strings.common.fillIn;
    form.setProblems(problems);
    if (!read.success || Object.keys(problems).length > 0) return;
    form.field("secret").onChange("");
    setFault(null);
    setSending(true);
    try {
      const consent = untilClosed ? { untilClosed } : {};
      client.setQueryData(
        ["token.list", {}],
        await call("token.keep", { name: read.data, account, secret, ...consent }),
      );
      onKept(read.data);
    } catch (thrown) {
      setFault(thrown as CallFault);
    } finally {
      setSending(false);
    }
  };

  return (
    <Form className="form" onSubmit={(event) => void submit(event)} validationBehavior="aria" autoComplete="off">
      {replaces ? null : <TextField label={words.name} hint={words.nameHint} isRequired {...form.field("name")} />}
      <TextField label={words.account} hint={words.accountHint} {...form.field("account")} />
      <TextField
        label={words.secret}
        hint={words.secretHint}
        type="password"
        isRequired
        isMono
        {...form.field("secret")}
      />
      {kept.data?.hasKeychain === false ? (
        <>
          <p className="doubt">{words.noKeychain}</p>
          <CheckField label={words.consent} isChecked={untilClosed} onChange={setUntilClosed} />
        </>
      ) : null}
      {fault ? <FaultNotice fault={fault} /> : null}
      <div className="form-actions">
        <Button type="submit" look="primary" isDisabled={isSending}>
          {words.keepNow}
        </Button>
        <Button onPress={onCancel}>{strings.common.cancel}</Button>
      </div>
    </Form>
  );
}
