import { useState } from "react";
import { nameScope } from "../../../shared/model/judgement-words.ts";
import type { ScopeSignOffs, SignOff } from "../../../shared/model/sign-off.ts";
import { useCommand } from "../../api.ts";
import { useActor } from "../../components/actor.tsx";
import { Button } from "../../components/button.tsx";
import { CommandForm } from "../../components/command-form.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { TextField } from "../../components/text-field.tsx";
import { missingOf, useForm } from "../../components/use-form.ts";
import { useKeptForm } from "../../components/use-kept-form.tsx";
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
        <WithdrawForm key={signOff.number} signOff={signOff} onDone={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

function WithdrawForm({ signOff, onDone }: { readonly signOff: SignOff; readonly onDone: () => void }) {
  const form = useForm({ reason: "" });
  const { values, field, setProblems } = form;
  const kept = useKeptForm({ about: ["withdrawal", String(signOff.number)], asOf: [signOff], form });
  const actor = useActor();
  const withdraw = useCommand("sign-off.withdraw");
  const submit = () => {
    const problems = missingOf(values, ["reason"]);
    setProblems(problems);
    if (Object.keys(problems).length > 0 || !actor.isNamed) return;
    withdraw.mutate(
      { number: signOff.number, reason: values.reason.trim(), ...actor.sign() },
      { onSuccess: kept.recordedAnd(onDone) },
    );
  };
  return (
    <CommandForm command={withdraw} label={words.withdraw} look="primary" onSubmit={submit}>
      {kept.offer}
      <p className="muted">{words.withdrawAbout(signOff.by)}</p>
      <TextField label={words.withdrawReason} isRequired {...field("reason")} />
      {actor.field}
    </CommandForm>
  );
}
