import { useState } from "react";
import type { Account, Person } from "../../../shared/model/person.ts";
import { useCommand } from "../../api.ts";
import { CommandForm } from "../../components/command-form.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { TextField } from "../../components/text-field.tsx";
import { missingOf, useForm } from "../../components/use-form.ts";
import { useKeptForm } from "../../components/use-kept-form.tsx";
import { strings } from "../../strings.ts";
import { accountText, findHolder, offerAccounts } from "./account-text.ts";

const words = strings.people;

/** What is decided about whom. */
export type PeopleAct =
  | { readonly kind: "join"; readonly account: Account }
  | { readonly kind: "split"; readonly account: Account }
  | { readonly kind: "withdraw"; readonly entry: number };

export interface DecideDialogProps {
  /** Null while nothing is decided. */
  readonly act: PeopleAct | null;
  /** Whose accounts can be joined. */
  readonly persons: readonly Person[];
  readonly onClose: () => void;
}

/** A decision with its reason. It is an entry of the activity log, and counts from the next freeze on. */
export function DecideDialog({ act, persons, onClose }: DecideDialogProps) {
  return (
    <Dialog title={act ? titleOf(act) : ""} isOpen={act !== null} onClose={onClose}>
      {act ? <DecideForm act={act} persons={persons} onDone={onClose} /> : null}
    </Dialog>
  );
}

function titleOf(act: PeopleAct): string {
  if (act.kind === "withdraw") return words.withdrawOf(act.entry);
  return act.kind === "join" ? words.joinOf(accountText(act.account)) : words.splitTitle(accountText(act.account));
}

interface DecideFormProps {
  readonly act: PeopleAct;
  readonly persons: readonly Person[];
  readonly onDone: () => void;
}

function DecideForm({ act, persons, onDone }: DecideFormProps) {
  const form = useForm({ with: "", reason: "" });
  const { values, field, setProblems } = form;
  const kept = useKeptForm({
    about: ["people", act.kind, act.kind === "withdraw" ? String(act.entry) : accountText(act.account)],
    asOf: [act.kind === "withdraw" ? null : findHolder(persons, act.account)],
    form,
  });
  const [offered] = useState(() => (act.kind === "join" ? offerAccounts(persons, act.account) : []));
  const join = useCommand("people.join", { refreshes: ["people.list"] });
  const split = useCommand("people.split", { refreshes: ["people.list"] });
  const withdraw = useCommand("people.withdraw", { refreshes: ["people.list"] });
  const command = { join, split, withdraw }[act.kind];
  const submit = () => {
    const problems = missingOf(values, act.kind === "join" ? ["with", "reason"] : ["reason"]);
    const other = offered.find(({ text }) => text === values.with);
    if (act.kind === "join" && !other) problems.with ??= words.notOffered;
    setProblems(problems);
    if (Object.keys(problems).length > 0) return;
    const { reason } = values;
    const done = { onSuccess: kept.recordedAnd(onDone) };
    if (act.kind === "withdraw") withdraw.mutate({ entry: act.entry, reason }, done);
    else if (act.kind === "split") split.mutate({ account: act.account, reason }, done);
    else if (other) join.mutate({ account: act.account, with: other.account, reason }, done);
  };
  return (
    <CommandForm command={command} label={words.record} look="primary" onSubmit={submit}>
      {kept.offer}
      <p>{words.acts[act.kind]}</p>
      {act.kind === "join" ? (
        <TextField
          label={words.with}
          hint={words.withHint}
          suggestions={() => offered.map(({ text }) => text)}
          isRequired
          {...field("with")}
        />
      ) : null}
      <TextField label={words.reason} lines={2} isRequired {...field("reason")} />
    </CommandForm>
  );
}
