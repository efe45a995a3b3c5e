import { useState } from "react";
import type { NewKeyType } from "../../../shared/model/signing-key.ts";
import { useCommand } from "../../api.ts";
import { CommandForm } from "../../components/command-form.tsx";
import { PathField } from "../../components/path-field.tsx";
import { SelectField } from "../../components/select-field.tsx";
import { TextField } from "../../components/text-field.tsx";
import { missingOf, useForm } from "../../components/use-form.ts";
import { strings } from "../../strings.ts";

const words = strings.export.identity;

export function CreateIdentity() {
  const { values, field, setProblems } = useForm({ commonName: "", organisation: "" });
  const [keyType, setKeyType] = useState<NewKeyType>("rsa-3072");
  const create = useCommand("identity.create", { refreshes: ["identity.show"] });
  const submit = () => {
    const missing = missingOf(values, ["commonName", "organisation"]);
    setProblems(missing);
    if (Object.keys(missing).length === 0) create.mutate({ ...values, keyType });
  };
  return (
    <CommandForm command={create} label={create.isPending ? words.creating : words.createNow} onSubmit={submit}>
      <TextField label={words.commonName} hint={words.commonNameHint} isRequired {...field("commonName")} />
      <TextField label={words.organisation} isRequired {...field("organisation")} />
      <SelectField
        label={words.keyType}
        value={keyType}
        choices={words.keyTypes.map(([id, label]) => ({ id, label }))}
        onChange={setKeyType}
      />
    </CommandForm>
  );
}

export function LoadIdentity() {
  const { values, field, setProblems, reset } = useForm({ path: "", passphrase: "" });
  // The request carries the passphrase: nothing of it is kept, and the form forgets it once it was sent.
  const load = useCommand("identity.load", { refreshes: ["identity.show"], remember: false });
  const submit = () => {
    const missing = missingOf(values, ["path"]);
    setProblems(missing);
    if (Object.keys(missing).length === 0) load.mutate(values, { onSuccess: reset });
  };
  return (
    <CommandForm command={load} label={words.loadNow} onSubmit={submit}>
      <PathField label={words.file} hint={words.fileHint} isRequired {...field("path")} />
      <TextField label={words.passphrase} hint={words.passphraseHint} type="password" {...field("passphrase")} />
    </CommandForm>
  );
}
