import { useState } from "react";
import { nameScope } from "../../../shared/model/judgement-words.ts";
import { type ScopeSignOffs, SignOffRole } from "../../../shared/model/sign-off.ts";
import { useCommand } from "../../api.ts";
import { useActor } from "../../components/actor.tsx";
import { CommandForm } from "../../components/command-form.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { SelectField } from "../../components/select-field.tsx";
import { strings } from "../../strings.ts";

const words = strings.review;
const roles = SignOffRole.options.map((id) => ({ id, label: words.roles[id] }));

export interface SignOffDialogProps {
  readonly signOffs: ScopeSignOffs;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

export function SignOffDialog({ signOffs, isOpen, onClose }: SignOffDialogProps) {
  return (
    <Dialog title={words.signOf(nameScope(signOffs.scope))} isOpen={isOpen} onClose={onClose}>
      <SignOffForm signOffs={signOffs} onDone={onClose} />
    </Dialog>
  );
}

function SignOffForm({ signOffs, onDone }: Pick<SignOffDialogProps, "signOffs"> & { readonly onDone: () => void }) {
  const isPrepared = signOffs.preparer !== null && signOffs.preparer.changed.length === 0;
  const [role, setRole] = useState<SignOffRole>(isPrepared ? "reviewer" : "preparer");
  const actor = useActor();
  const sign = useCommand("sign-off.sign");
  const submit = () => {
    if (!actor.isNamed) return;
    sign.mutate({ scope: signOffs.scope, role, ...actor.sign() }, { onSuccess: onDone });
  };
  return (
    <CommandForm command={sign} label={words.sign} look="primary" onSubmit={submit}>
      <p className="muted">{words.signAbout}</p>
      <SelectField label={words.role} value={role} choices={roles} onChange={setRole} />
      {actor.field}
    </CommandForm>
  );
}
