import { useState } from "react";
import { nameScope } from "../../../shared/model/judgement-words.ts";
import type { ScopeSignOffs, SignOff } from "../../../shared/model/sign-off.ts";
import { useCommand } from "../../api.ts";
import { useActor } from "../../components/actor.tsx";
import { Button } from "../../components/button.tsx";
import { CommandForm } from "../../components/command-form.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { TextField } from "../../components/text-field.tsx";
import { strings } from "../../strings.ts";

const words = strings.review;

/** Takes back the sign-off that stands, the reviewer's before the preparer's: with a reason, and nothing is erased. */
export function WithdrawSignOff({ of }: { readonly of: ScopeSignOffs }) {
  const [isOpen, setOpen] = useState(false);
  const standing = of.reviewer ?? of.preparer;
  if (standing === null) return null;
  const { signOff } = standing;
  const title = words.withdrawOf(nameScope(signOff.scope), words.roles[signOff.role].toLowerCase());
  return (
    <>
      <Button look="quiet" aria-label={title} onPress={() => setOpen(true)}>
        {words.withdraw}
      </Button>
      <Dialog title={title} isOpen={isOpen} onClose={() => setOpen(false)}>
        <WithdrawForm signOff={signOff} onDone={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

function WithdrawForm({ signOff, onDone }: { readonly signOff: SignOff; readonly onDone: () => void }) {
  const [reason, setReason] = useState("");
  const [isTold, setTold] = useState(false);
  const actor = useActor();
  const withdraw = useCommand("sign-off.withdraw");
  const submit = () => {
    setTold(true);
    if (reason.trim() === "" || !actor.isNamed) return;
    withdraw.mutate({ number: signOff.number, reason: reason.trim(), ...actor.sign() }, { onSuccess: onDone });
  };
  return (
    <CommandForm command={withdraw} label={words.withdraw} look="primary" onSubmit={submit}>
      <p className="muted">{words.withdrawAbout(signOff.by)}</p>
      <TextField
        label={words.withdrawReason}
        value={reason}
        onChange={setReason}
        isRequired
        problem={isTold && reason.trim() === "" ? strings.common.fillIn : undefined}
      />
      {actor.field}
    </CommandForm>
  );
}
