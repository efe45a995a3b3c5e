import { useState } from "react";
import { z } from "zod";
import type { ReplaceRequest } from "../../../shared/model/draw-request.ts";
import type { Draw } from "../../../shared/model/sample.ts";
import { useCommand } from "../../api.ts";
import { CommandForm } from "../../components/command-form.tsx";
import { Fold } from "../../components/fold.tsx";
import { keptChoice } from "../../components/kept-form.ts";
import { Card } from "../../components/page.tsx";
import { SelectField } from "../../components/select-field.tsx";
import { TextField } from "../../components/text-field.tsx";
import { missingOf, useForm } from "../../components/use-form.ts";
import { useKeptForm } from "../../components/use-kept-form.tsx";
import { formatCount } from "../../format.ts";
import { strings } from "../../strings.ts";
import { readSize } from "./sample-size.ts";

const words = strings.sample.further;
const reasons = (["void", "not-applicable", "no-evidence"] as const).map((id) => ({ id, label: words.reasons[id] }));

export interface FurtherDrawsProps {
  readonly draw: Draw;
  /** Ids of all draws of its population: after another one nothing is offered that was entered before it. */
  readonly drawn: readonly string[];
}

/** What may follow a draw: a replacement, the second stage of its plan, or more items with the risk of that. */
export function FurtherDraws(props: FurtherDrawsProps) {
  const { draw } = props;
  return (
    <Card title={words.title}>
      <Fold summary={words.replace}>
        <ReplaceForm {...props} />
      </Fold>
      {draw.basis.kind === "two-stage-plan" ? (
        <Fold summary={words.secondStage}>
          <SecondStageForm {...props} />
        </Fold>
      ) : null}
      <Fold summary={words.expand}>
        <ExpandForm {...props} />
      </Fold>
    </Card>
  );
}

/**
 * What went wrong is shown by the form itself. The promise is asked and not the command's own `onSuccess`, which is not called
 * where the list of draws has changed the screen by then.
 */
const shownInForm = () => undefined;

function ReplaceForm({ draw, drawn }: FurtherDrawsProps) {
  const [reason, setReason] = useState<ReplaceRequest["reason"]>("void");
  const form = useForm({ item: "", explanation: "" });
  const { values, field, setProblems, reset } = form;
  const kept = useKeptForm({
    about: ["replacement", draw.id],
    asOf: [drawn],
    form,
    choices: { reason: keptChoice(words.reason, z.enum(reasons.map(({ id }) => id)), reason, setReason) },
  });
  const replace = useCommand("sample.replace", { refreshes: ["sample.list"] });
  const submit = () => {
    const problems = missingOf(values, ["item", "explanation"]);
    setProblems(problems);
    if (Object.keys(problems).length > 0) return;
    replace
      .mutateAsync({ drawId: draw.id, item: values.item.trim(), reason, explanation: values.explanation })
      .then(() => {
        kept.onRecorded();
        reset();
      }, shownInForm);
  };
  return (
    <CommandForm command={replace} label={words.replaceNow} onSubmit={submit}>
      {kept.offer}
      <p className="muted">{words.replaceAbout}</p>
      <TextField label={words.item} suggestions={() => draw.items} isMono isRequired {...field("item")} />
      <SelectField label={words.reason} value={reason} choices={reasons} onChange={setReason} />
      <TextField label={words.explanation} hint={words.explanationHint} isRequired {...field("explanation")} />
    </CommandForm>
  );
}

function SecondStageForm({ draw, drawn }: FurtherDrawsProps) {
  const form = useForm({ rationale: "" });
  const { values, field, setProblems } = form;
  const kept = useKeptForm({ about: ["second-stage", draw.id], asOf: [drawn], form });
  const expand = useCommand("sample.expand", { refreshes: ["sample.list"] });
  const submit = () => {
    const problems = missingOf(values, ["rationale"]);
    setProblems(problems);
    if (Object.keys(problems).length > 0) return;
    expand
      .mutateAsync({ kind: "second-stage", drawId: draw.id, rationale: values.rationale })
      .then(kept.onRecorded, shownInForm);
  };
  return (
    <CommandForm command={expand} label={words.secondStageNow} onSubmit={submit}>
      {kept.offer}
      <p className="muted">{words.secondStageAbout}</p>
      <TextField label={words.secondStageWhy} isRequired {...field("rationale")} />
    </CommandForm>
  );
}

function ExpandForm({ draw, drawn }: FurtherDrawsProps) {
  const form = useForm({ size: "", rationale: "" });
  const { values, field, setProblems, reset } = form;
  const kept = useKeptForm({ about: ["expansion", draw.id], asOf: [drawn], form });
  const expand = useCommand("sample.expand", { refreshes: ["sample.list"] });
  const most = draw.populationSize - draw.size;
  const submit = () => {
    const problems = missingOf(values, ["size", "rationale"]);
    const size = readSize(values.size, most);
    if (!size.ok) problems.size ??= size.problem;
    setProblems(problems);
    if (!size.ok || Object.keys(problems).length > 0) return;
    expand
      .mutateAsync({ kind: "expansion", drawId: draw.id, size: size.size, rationale: values.rationale })
      .then(() => {
        kept.onRecorded();
        reset();
      }, shownInForm);
  };
  return (
    <CommandForm command={expand} label={words.expandNow} onSubmit={submit}>
      {kept.offer}
      <p className="notice">{words.expandAbout}</p>
      <TextField label={words.more} hint={words.moreHint(formatCount(most))} isRequired {...field("size")} />
      <TextField label={words.expandWhy} isRequired {...field("rationale")} />
    </CommandForm>
  );
}
