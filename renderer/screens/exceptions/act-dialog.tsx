import { type ReactNode, useState } from "react";
import { Closure, type ExceptionAct, Retest } from "../../../shared/model/audit-exception.ts";
import type { ExceptionView } from "../../../shared/model/judgement-view.ts";
import { closureWords } from "../../../shared/model/judgement-words.ts";
import { useCommand } from "../../api.ts";
import { useActor } from "../../components/actor.tsx";
import { CommandForm } from "../../components/command-form.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { keptChoice } from "../../components/kept-form.ts";
import { SelectField } from "../../components/select-field.tsx";
import { TextField } from "../../components/text-field.tsx";
import { missingOf, useForm } from "../../components/use-form.ts";
import { useKeptForm } from "../../components/use-kept-form.tsx";
import { strings } from "../../strings.ts";

const words = strings.exceptions;
const isDay = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text.trim());
const closures = Closure.shape.why.options.map((id) => ({ id, label: closureWords[id] }));
const outcomes = Retest.shape.outcome.options.map((id) => ({ id, label: words.retestOutcomes[id] }));

export type ActKind = Exclude<ExceptionAct["kind"], "revise">;

export interface ActDialogProps {
  readonly view: ExceptionView;
  /** Null while nothing is done. */
  readonly kind: ActKind | null;
  readonly onClose: () => void;
}

/** Management's response, a retest, the end of an exception, or its return. */
export function ActDialog({ view, kind, onClose }: ActDialogProps) {
  return (
    <Dialog title={kind ? words.actOn(words.acts[kind], view.ref) : ""} isOpen={kind !== null} onClose={onClose}>
      {kind ? <ActForm key={kind} view={view} kind={kind} onDone={onClose} /> : null}
    </Dialog>
  );
}

interface ActFormProps {
  readonly view: ExceptionView;
  readonly kind: ActKind;
  readonly onDone: () => void;
}

function ActForm({ view: { exception }, kind, onDone }: ActFormProps) {
  const { response } = exception;
  const form = useForm({
    response: response?.response ?? "",
    owner: response?.owner ?? "",
    due: response?.due ?? "",
    date: "",
    note: "",
    reason: "",
  });
  const [outcome, setOutcome] = useState<Retest["outcome"]>("remedied");
  const [why, setWhy] = useState<Closure["why"]>("remedied");
  const actor = useActor();
  const act = useCommand("exception.act");
  const kept = useKeptForm({
    about: ["exception", String(exception.number), kind],
    asOf: [exception],
    form,
    choices: {
      outcome: keptChoice(words.retestOutcome, Retest.shape.outcome, outcome, setOutcome),
      why: keptChoice(words.why, Closure.shape.why, why, setWhy),
    },
  });
  const { values, field } = form;
  const { number } = exception;
  const kinds: Record<ActKind, { needs: readonly (keyof typeof values)[]; fields: ReactNode; act: ExceptionAct }> = {
    answer: {
      needs: ["response", "owner", "due"],
      fields: (
        <>
          <TextField label={words.response} lines={3} isRequired {...field("response")} />
          <TextField label={words.owner} isRequired {...field("owner")} />
          <TextField label={words.due} hint={words.dayHint} isRequired {...field("due")} />
        </>
      ),
      act: { kind: "answer", number, response: values.response, owner: values.owner, due: values.due.trim() },
    },
    retest: {
      needs: ["date", "note"],
      fields: (
        <>
          <TextField label={words.retestDate} hint={words.dayHint} isRequired {...field("date")} />
          <SelectField label={words.retestOutcome} value={outcome} choices={outcomes} onChange={setOutcome} />
          <TextField label={words.retestNote} lines={3} isRequired {...field("note")} />
        </>
      ),
      act: { kind: "retest", number, date: values.date.trim(), outcome, note: values.note },
    },
    close: {
      needs: ["reason"],
      fields: (
        <>
          <SelectField label={words.why} hint={words.whyHint} value={why} choices={closures} onChange={setWhy} />
          <TextField label={words.reason} lines={2} isRequired {...field("reason")} />
        </>
      ),
      act: { kind: "close", number, why, reason: values.reason },
    },
    reopen: { needs: [], fields: <p>{words.reopenAbout}</p>, act: { kind: "reopen", number } },
  };
  const chosen = kinds[kind];
  const submit = () => {
    const problems = missingOf(values, chosen.needs);
    for (const name of ["due", "date"] as const) {
      if (chosen.needs.includes(name) && !isDay(values[name])) problems[name] ??= words.notADay;
    }
    form.setProblems(problems);
    if (Object.keys(problems).length > 0 || !actor.isNamed) return;
    act.mutate({ ...chosen.act, ...actor.sign() }, { onSuccess: kept.recordedAnd(onDone) });
  };
  return (
    <CommandForm command={act} label={words.record} look="primary" onSubmit={submit}>
      {kept.offer}
      {chosen.fields}
      {actor.field}
    </CommandForm>
  );
}
