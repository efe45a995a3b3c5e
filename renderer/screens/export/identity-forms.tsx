import { type FormEvent, useState } from "react";
import { Form } from "react-aria-components";
import type { NewKeyType } from "../../../shared/model/signing-key.ts";
import { useCommand } from "../../api.ts";
import { Button } from "../../components/button.tsx";
import { SelectField, TextField } from "../../components/fields.tsx";
import { PathField } from "../../components/path-field.tsx";
import { FaultNotice } from "../../components/states.tsx";
import { missingOf, useForm } from "../../components/use-form.ts";
import { strings } from "../../strings.ts";

const words = strings.export.identity;

export function CreateIdentity() {
  const { values, field, setProblems } = useForm({ commonName: "", organisation: "" });
  const [keyType, setKeyType] = useState<NewKeyType>("rsa-3072");
  const create = useCommand("identity.create", { refreshes: ["identity.show"] });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const missing = missingOf(values, ["commonName", "organisation"]);
    setProblems(missing);
    if (Object.keys(missing).length === 0) create.mutate({ ...values, keyType });
  };
  return (
    <Form className="form" onSubmit={submit} validationBehavior="aria">
      <TextField label={words.commonName} hint={words.commonNameHint} isRequired {...field("commonName")} />
      <TextField label={words.organisation} isRequired {...field("organisation")} />
      <SelectField
        label={words.keyType}
        value={keyType}
        choices={words.keyTypes.map(([id, label]) => ({ id, label }))}
        onChange={setKeyType}
      />
      {create.isError ? <FaultNotice fault={create.error} /> : null}
      <div className="form-actions">
        <Button type="submit" isDisabled={create.isPending}>
          {create.isPending ? words.creating : words.createNow}
        </Button>
      </div>
    </Form>
  );
}

export function LoadIdentity() {
  const { values, field, setProblems, reset } = useForm({ path: "", passphrase: "" });
  // The request carries the passphrase: nothing of it is kept, and the form forgets it once it was sent.
  const load = useCommand("identity.load", { refreshes: ["identity.show"], remember: false });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const missing = missingOf(values, ["path"]);
    setProblems(missing);
    if (Object.keys(missing).length === 0) load.mutate(values, { onSuccess: reset });
  };
  return (
    <Form className="form" onSubmit={submit} validationBehavior="aria">
      <PathField label={words.file} hint={words.fileHint} isRequired {...field("path")} />
      <TextField label={words.passphrase} hint={words.passphraseHint} type="password" {...field("passphrase")} />
      {load.isError ? <FaultNotice fault={load.error} /> : null}
      <div className="form-actions">
        <Button type="submit" isDisabled={load.isPending}>
          {words.loadNow}
        </Button>
      </div>
    </Form>
  );
}
