import { type FormEvent, useState } from "react";
import { Form } from "react-aria-components";
import { z } from "zod";
import type { DrawRequest } from "../../../shared/model/draw-request.ts";
import { ControlFrequency, ControlRisk } from "../../../shared/model/house-table.ts";
import {
  type Freeze,
  isChosenByAuditor,
  SampleMethod as Methods,
  type SampleMethod,
} from "../../../shared/model/sample.ts";
import { SamplingModel } from "../../../shared/model/sample-plan.ts";
import { StratumKey } from "../../../shared/model/stratum.ts";
import type { PlanView } from "../../../shared/model/view.ts";
import { useCommand, useProcedure } from "../../api.ts";
import { Button } from "../../components/button.tsx";
import { keptChoice } from "../../components/kept-form.ts";
import { SelectField } from "../../components/select-field.tsx";
import { AnswerOf, FaultNotice } from "../../components/states.tsx";
import { TextField } from "../../components/text-field.tsx";
import { type Problems, useForm } from "../../components/use-form.ts";
import { useKeptForm } from "../../components/use-kept-form.tsx";
import { formatCount } from "../../format.ts";
import { strings } from "../../strings.ts";
import { type BasisKind, basisKinds, type HouseChoice, readBasis } from "./basis-reading.ts";
import { type DrawFields, requestDraw } from "./draw-reading.ts";
import { Planner } from "./planner.tsx";
import { StrataFields } from "./strata-fields.tsx";

const words = strings.sample;
const HouseRow = z.object({ frequency: ControlFrequency, risk: ControlRisk });
const methods = Methods.options.map((id) => ({ id, label: words.methods[id] }));

const empty: Record<DrawFields, string> = {
  confidence: "95",
  tolerableRate: "",
  expectedRate: "",
  expectedDeviations: "",
  size: "",
  seed: "",
  rationale: "",
  items: "",
};

export interface DrawFormProps {
  readonly freeze: Freeze;
  /** Ids of all draws of the population: after another one nothing is offered that was entered before it. */
  readonly drawn: readonly string[];
}

/** Plans a sample, says how its items are found, and draws it. Without the settings nobody knows by which house table. */
export function DrawForm(props: DrawFormProps) {
  const settings = useProcedure("settings.show", {});
  return (
    <AnswerOf of={settings} loading={strings.settings.loading}>
      {({ houseTablePath }) => <DrawFormBy {...props} houseTable={houseTablePath} />}
    </AnswerOf>
  );
}

const Sizes = z.record(z.string(), z.string()).nullable();

function DrawFormBy({ freeze, drawn, houseTable }: DrawFormProps & { readonly houseTable: string }) {
  const { population } = freeze;
  const [method, setMethod] = useState<SampleMethod>("rank");
  const [kind, setKind] = useState<BasisKind>("plan");
  const [model, setModel] = useState<SamplingModel>("hypergeometric");
  const [house, setHouse] = useState<HouseChoice>({ frequency: "many-times-a-day", risk: "moderate" });
  const [key, setKey] = useState<StratumKey>("repository");
  const [sizes, setSizes] = useState<Readonly<Record<string, string>> | null>(null);
  const form = useForm(empty);
  const { values, field, setProblems } = form;
  const kept = useKeptForm({
    about: ["draw", population],
    asOf: [freeze, drawn],
    form,
    choices: {
      method: keptChoice(words.method, Methods, method, setMethod),
      kind: keptChoice(words.planner.basis, z.enum(basisKinds), kind, setKind),
      model: keptChoice(words.planner.model, SamplingModel, model, setModel),
      house: keptChoice(words.planner.kinds["house-table"], HouseRow, house, setHouse),
      key: keptChoice(words.strata.key, StratumKey, key, setKey),
      sizes: keptChoice(words.strata.allocation, Sizes, sizes, setSizes),
    },
  });
  const isByChance = method !== "everything" && !isChosenByAuditor(method);
  const basis = readBasis(kind, model, { ...house, ...(houseTable === "" ? {} : { table: houseTable }) }, values);
  const { planned, readAgain } = usePlan(isByChance && basis.ok ? { population, basis: basis.basis } : null);
  const [isOutdated, setOutdated] = useState(false);
  // The answer names what was drawn, which may be everything: the log of draws has it too.
  const draw = useCommand("sample.draw", { refreshes: ["sample.list"], remember: false });

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const reading = requestDraw({ freeze, method, basis, planned, key, sizes, values });
    const problems: Problems<DrawFields> = reading.ok ? {} : reading.problems;
    setProblems(problems);
    setOutdated(false);
    if (reading.ok) void drawAsShown(reading.request);
  };
  /** A file can have been changed since its size was shown, and a draw cannot be taken back: what is shown is what is drawn. */
  const drawAsShown = async (request: DrawRequest) => {
    const isOfFile = isByChance && kind === "house-table" && houseTable !== "";
    if (isOfFile && (await readAgain())?.sentence !== planned?.sentence) setOutdated(true);
    // Not the command's own `onSuccess`: the list of draws has changed the screen by then, and this form is gone.
    else await draw.mutateAsync(request).then(kept.onRecorded, () => undefined);
  };

  return (
    <Form className="form" onSubmit={submit} validationBehavior="aria">
      {kept.offer}
      <SelectField
        label={words.method}
        hint={words.methodAbout[method]}
        value={method}
        choices={methods}
        onChange={setMethod}
      />
      {isByChance ? (
        <>
          <Planner
            population={population}
            kind={kind}
            onKind={setKind}
            model={model}
            onModel={setModel}
            house={house}
            onHouse={setHouse}
            form={form}
            reading={basis}
          />
          <div className="form-pair">
            <TextField
              label={words.sampleSize}
              hint={
                kind === "judgement" || planned === null
                  ? words.sampleSizeHint(formatCount(freeze.size))
                  : words.planned(formatCount(planned.size))
              }
              isRequired={kind === "judgement"}
              {...field("size")}
            />
            <TextField label={words.seed} hint={words.seedHint} isMono isRequired {...field("seed")} />
          </div>
        </>
      ) : null}
      {method === "stratified" ? (
        <StrataFields
          population={population}
          size={planned?.size ?? sizeTyped(values.size, freeze.size)}
          keyOf={key}
          onKey={(chosen) => {
            setKey(chosen);
            setSizes((before) => (before === null ? null : {}));
          }}
          sizes={sizes}
          onSizes={setSizes}
        />
      ) : null}
      {isChosenByAuditor(method) ? (
        <TextField label={words.named} hint={words.namedHint} lines={5} isMono isRequired {...field("items")} />
      ) : null}
      <TextField
        label={words.rationale}
        hint={planned === null ? words.rationaleHint : words.rationalePlanned}
        lines={2}
        isRequired={planned === null}
        {...field("rationale")}
      />
      {isOutdated ? (
        <p className="doubt" role="alert">
          {words.tableChanged}
        </p>
      ) : null}
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

export interface Planned {
  readonly size: number;
  readonly sentence: string;
}

interface PlanReading {
  /** The size that the plan asks for; null without one. */
  readonly planned: Planned | null;
  readonly readAgain: () => Promise<Planned | null>;
}

function usePlan(request: Parameters<typeof useProcedure<"sample.plan">>[1] | null): PlanReading {
  const isAsked = request !== null && request.basis.kind !== "judgement";
  const { data, refetch } = useProcedure(
    "sample.plan",
    request ?? { population: "change", basis: { kind: "judgement" } },
    {
      enabled: isAsked,
    },
  );
  return {
    planned: isAsked && data ? plannedBy(data) : null,
    readAgain: async () => {
      const { data: now, isError } = await refetch();
      return now && !isError ? plannedBy(now) : null;
    },
  };
}

function plannedBy(data: PlanView): Planned | null {
  if (data.kind === "house-table") return { size: data.size, sentence: data.sentence };
  const size = data.kind === "plan" ? data.plan.size : data.plan.stageSize;
  return data.plan.status === "ok" && size !== null ? { size, sentence: data.plan.sentence } : null;
}

function sizeTyped(typed: string, most: number): number | null {
  const size = Number(typed.trim());
  return Number.isInteger(size) && size > 0 && size <= most ? size : null;
}
