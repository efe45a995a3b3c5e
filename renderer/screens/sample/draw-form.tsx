import { type FormEvent, useState } from "react";
import { Form } from "react-aria-components";
import type { Freeze, SampleMethod } from "../../../shared/model/sample.ts";
import { useCommand } from "../../api.ts";
import { Button } from "../../components/button.tsx";
import { TextField } from "../../components/fields.tsx";
import { Segments } from "../../components/segments.tsx";
import { FaultNotice } from "../../components/states.tsx";
import { missingOf, useForm } from "../../components/use-form.ts";
import { formatCount } from "../../format.ts";
import { strings } from "../../strings.ts";
import { readSize } from "./sample-size.ts";

const words = strings.sample;
const methods = [
  { id: "rank", label: words.methods.rank },
  { id: "everything", label: words.methods.everything },
] as const;

export function DrawForm({ freeze }: { readonly freeze: Freeze }) {
  const [method, setMethod] = useState<SampleMethod>("rank");
  const { values, field, setProblems } = useForm({ size: "", seed: "", rationale: "" });
  const draw = useCommand("sample.draw", { refreshes: ["sample.list"] });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const isRank = method === "rank";
    const problems = missingOf(values, isRank ? ["size", "seed", "rationale"] : ["rationale"]);
    const size = isRank ? readSize(values.size, freeze.size) : { ok: true as const, size: freeze.size };
    if (!size.ok) problems.size ??= size.problem;
    setProblems(problems);
    if (!size.ok || Object.keys(problems).length > 0) return;
    draw.mutate({
      population: freeze.population,
      method,
      size: size.size,
      seed: isRank ? values.seed : "",
      rationale: values.rationale,
    });
  };
  return (
    <Form className="form" onSubmit={submit} validationBehavior="aria">
      <div className="row">
        <Segments label={words.method} value={method} choices={methods} onChange={setMethod} />
        <span className="muted">{words.methodAbout[method]}</span>
      </div>
      {method === "rank" ? (
        <div className="form-pair">
          <TextField
            label={words.sampleSize}
            hint={words.sampleSizeHint(formatCount(freeze.size))}
            isRequired
            {...field("size")}
          />
          <TextField label={words.seed} hint={words.seedHint} isMono isRequired {...field("seed")} />
        </div>
      ) : null}
      <TextField label={words.rationale} hint={words.rationaleHint} lines={2} isRequired {...field("rationale")} />
      {draw.isError ? <FaultNotice fault={draw.error} /> : null}
      <div className="form-actions">
        <Button type="submit" look="primary" isDisabled={draw.isPending}>
          {words.drawNow}
        </Button>
        <span className="muted">{words.drawHint}</span>
      </div>
    </Form>
  );
}
