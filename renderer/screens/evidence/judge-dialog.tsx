import { useState } from "react";
import { z } from "zod";
import { effectOf, judgeableAs, needsProcedure } from "../../../shared/model/judgement.ts";
import type { JudgementView } from "../../../shared/model/judgement-view.ts";
import { effectWords } from "../../../shared/model/judgement-words.ts";
import type { Outcome, Result } from "../../../shared/model/result.ts";
import { useCommand } from "../../api.ts";
import { useActor } from "../../components/actor.tsx";
import { CommandForm } from "../../components/command-form.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { keptChoice } from "../../components/kept-form.ts";
import { SelectField } from "../../components/select-field.tsx";
import { TextField } from "../../components/text-field.tsx";
import { missingOf, type Problems, useForm } from "../../components/use-form.ts";
import { useKeptForm } from "../../components/use-kept-form.tsx";
import { strings } from "../../strings.ts";

const words = strings.evidence.judgement;

export interface JudgeDialogProps {
  readonly result: Result;
  /** On this result, the oldest first: one that stands can be taken back. */
  readonly judgements: readonly JudgementView[];
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

export function JudgeDialog({ isOpen, onClose, ...form }: JudgeDialogProps) {
  const { control, assertion } = form.result;
  return (
    <Dialog title={words.on(control, assertion)} isOpen={isOpen} onClose={onClose}>
      <JudgeForm {...form} onDone={onClose} />
    </Dialog>
  );
}

type Choice = Outcome | "withdraw";

interface JudgeFormProps extends Pick<JudgeDialogProps, "result" | "judgements"> {
  readonly onDone: () => void;
}

function JudgeForm({ result, judgements, onDone }: JudgeFormProps) {
  const isJudged = judgements.some(({ standing }) => standing === "stands");
  const choices = [...judgeableAs(result.outcome), ...(isJudged ? (["withdraw"] as const) : [])];
  const [choice, setChoice] = useState<Choice>(result.outcome);
  const form = useForm({ reason: "", done: "", seen: "", documents: "" });
  const { values, field, setProblems } = form;
  const { population, control, assertion, item } = result;
  const kept = useKeptForm({
    about: ["judgement", population, control, assertion, item],
    asOf: [result, judgements.length],
    form,
    choices: { outcome: keptChoice(words.outcome, z.enum(choices), choice, setChoice) },
  });
  const actor = useActor();
  const judge = useCommand("judgement.make");
  const outcome = choice === "withdraw" ? null : choice;
  const mayProceed = result.outcome === "no-evidence" && outcome !== null && outcome !== "no-evidence";
  const mustProceed = outcome !== null && needsProcedure(result.outcome, outcome);
  const hasProcedure = mayProceed && (mustProceed || values.done.trim() !== "" || values.seen.trim() !== "");
  const submit = () => {
    const problems: Problems<keyof typeof values> = missingOf(values, [
      "reason",
      ...(hasProcedure ? (["done", "seen"] as const) : []),
    ]);
    const documents = values.documents.split(/\s+/).filter((line) => line !== "");
    if (documents.some((sha256) => !/^[0-9a-f]{64}$/.test(sha256))) problems.documents = words.notHash;
    setProblems(problems);
    if (Object.keys(problems).length > 0 || !actor.isNamed) return;
    judge.mutate(
      {
        population,
        control,
        assertion,
        item,
        outcome,
        reason: values.reason,
        procedure: hasProcedure ? { done: values.done, seen: values.seen, documents } : null,
        ...actor.sign(),
      },
      { onSuccess: kept.recordedAnd(onDone) },
    );
  };
  return (
    <CommandForm command={judge} label={words.record} look="primary" onSubmit={submit}>
      {kept.offer}
      <p className="muted">{words.about}</p>
      <SelectField
        label={words.outcome}
        value={choice}
        choices={choices.map((id) => ({ id, label: labelOf(result.outcome, id) }))}
        onChange={setChoice}
      />
      {outcome !== null && effectOf(result.outcome, outcome) === "overruled" ? (
        <p className="notice">{words.overruledAbout}</p>
      ) : null}
      <TextField label={words.reason} lines={3} isRequired {...field("reason")} />
      {mayProceed ? (
        <>
          <TextField
            label={words.doneLabel}
            hint={mustProceed ? words.procedureHint : words.procedureOptional}
            lines={2}
            isRequired={mustProceed}
            {...field("done")}
          />
          <TextField label={words.seenLabel} lines={2} isRequired={mustProceed} {...field("seen")} />
          <TextField label={words.documents} hint={words.documentsHint} lines={2} isMono {...field("documents")} />
        </>
      ) : null}
      {actor.field}
    </CommandForm>
  );
}

function labelOf(tested: Outcome, choice: Choice): string {
  if (choice === "withdraw") return words.withdraw;
  const effect = effectOf(tested, choice);
  return effect === null ? strings.outcomes[choice] : `${strings.outcomes[choice]}: ${effectWords[effect]}`;
}
