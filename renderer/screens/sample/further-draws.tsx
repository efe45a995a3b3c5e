import { useState } from "react";
import type { ReplaceRequest } from "../../../shared/model/draw-request.ts";
import type { Draw } from "../../../shared/model/sample.ts";
import { useCommand } from "../../api.ts";
import { CommandForm } from "../../components/command-form.tsx";
import { Fold } from "../../components/fold.tsx";
import { Card } from "../../components/page.tsx";
import { SelectField } from "../../components/select-field.tsx";
import { TextField } from "../../components/text-field.tsx";
import { missingOf, useForm } from "../../components/use-form.ts";
import { formatCount } from "../../format.ts";
import { strings } from "../../strings.ts";
import { readSize } from "./sample-size.ts";

const words = strings.sample.further;
const reasons = (["void", "not-applicable", "no-evidence"] as const).map((id) => ({ id, label: words.reasons[id] }));

/** What may follow a draw: a replacement, the second stage of its plan, or more items with the risk of that. */
export function FurtherDraws({ draw }: { readonly draw: Draw }) {
  return (
    <Card title={words.title}>
      <Fold summary={words.replace}>
        <ReplaceForm draw={draw} />
      </Fold>
      {draw.basis.kind === "two-stage-plan" ? (
        <Fold summary={words.secondStage}>
          <SecondStageForm draw={draw} />
        </Fold>
      ) : null}
      <Fold summary={words.expand}>
        <ExpandForm draw={draw} />
      </Fold>
    </Card>
  );
}

function ReplaceForm({ draw }: { readonly draw: Draw }) {
  const [reason, setReason] = useState<ReplaceRequest["reason"]>("void");
  const { values, field, setProblems, reset } = useForm({ item: "", explanation: "" });
  const replace = useCommand("sample.replace", { refreshes: ["sample.list"] });
  const submit = () => {
    const problems = missingOf(values, ["item", "explanation"]);
    setProblems(problems);
    if (Object.keys(problems).length > 0) return;
    replace.mutate(
      { drawId: draw.id, item: values.item.trim(), reason, explanation: values.explanation },
      { onSuccess: reset },
    );
  };
  return (
    <CommandForm command={replace} label={words.replaceNow} onSubmit={submit}>
      <p className="muted">{words.replaceAbout}</p>
      <TextField label={words.item} suggestions={() => draw.items} isMono isRequired {...field("item")} />
      <SelectField label={words.reason} value={reason} choices={reasons} onChange={setReason} />
      <TextField label={words.explanation} hint={words.explanationHint} isRequired {...field("explanation")} />
    </CommandForm>
  );
}

function SecondStageForm({ draw }: { readonly draw: Draw }) {
  const { values, field, setProblems } = useForm({ rationale: "" });
  const expand = useCommand("sample.expand", { refreshes: ["sample.list"] });
  const submit = () => {
    const problems = missingOf(values, ["rationale"]);
    setProblems(problems);
    if (Object.keys(problems).length > 0) return;
    expand.mutate({ kind: "second-stage", drawId: draw.id, rationale: values.rationale });
  };
  return (
    <CommandForm command={expand} label={words.secondStageNow} onSubmit={submit}>
      <p className="muted">{words.secondStageAbout}</p>
      <TextField label={words.secondStageWhy} isRequired {...field("rationale")} />
    </CommandForm>
  );
}

function ExpandForm({ draw }: { readonly draw: Draw }) {
  const { values, field, setProblems, reset } = useForm({ size: "", rationale: "" });
  const expand = useCommand("sample.expand", { refreshes: ["sample.list"] });
  const most = draw.populationSize - draw.size;
  const submit = () => {
    const problems = missingOf(values, ["size", "rationale"]);
    const size = readSize(values.size, most);
    if (!size.ok) problems.size ??= size.problem;
    setProblems(problems);
    if (!size.ok || Object.keys(problems).length > 0) return;
    expand.mutate(
      { kind: "expansion", drawId: draw.id, size: size.size, rationale: values.rationale },
      { onSuccess: reset },
    );
  };
  return (
    <CommandForm command={expand} label={words.expandNow} onSubmit={submit}>
      <p className="notice">{words.expandAbout}</p>
      <TextField label={words.more} hint={words.moreHint(formatCount(most))} isRequired {...field("size")} />
      <TextField label={words.expandWhy} isRequired {...field("rationale")} />
    </CommandForm>
  );
}
