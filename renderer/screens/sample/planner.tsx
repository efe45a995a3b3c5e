import type { BasisRequest } from "../../../shared/model/draw-request.ts";
import { ControlFrequency, ControlRisk } from "../../../shared/model/house-table.ts";
import { plotPlanning } from "../../../shared/model/plot-planning.ts";
import type { PopulationKind } from "../../../shared/model/population-kind.ts";
import type { SamplingModel } from "../../../shared/model/sample-plan.ts";
import type { PlanView } from "../../../shared/model/view.ts";
import { useProcedure } from "../../api.ts";
import { PlanningPlot } from "../../components/plots/planning-plot.tsx";
import { ScrolledTable } from "../../components/scrolled-table.tsx";
import { Segments } from "../../components/segments.tsx";
import { SelectField } from "../../components/select-field.tsx";
import { AnswerOf } from "../../components/states.tsx";
import { TextField } from "../../components/text-field.tsx";
import type { FormState } from "../../components/use-form.ts";
import { formatCount } from "../../format.ts";
import { strings } from "../../strings.ts";
import { type BasisKind, type BasisReading, basisKinds, type HouseChoice, type TypedBasis } from "./basis-reading.ts";

const words = strings.sample.planner;
const kinds = basisKinds.map((id) => ({ id, label: words.kinds[id] }));
const models = (["hypergeometric", "binomial", "poisson"] as const).map((id) => ({ id, label: words.models[id] }));

const frequencies = ControlFrequency.options.map((id) => ({ id, label: words.frequencies[id] }));
const risks = ControlRisk.options.map((id) => ({ id, label: words.risks[id] }));

export interface PlannerProps {
  readonly population: PopulationKind;
  readonly kind: BasisKind;
  readonly onKind: (kind: BasisKind) => void;
  readonly model: SamplingModel;
  readonly onModel: (model: SamplingModel) => void;
  readonly house: HouseChoice;
  readonly onHouse: (house: HouseChoice) => void;
  readonly form: Pick<FormState<keyof TypedBasis>, "field">;
  readonly reading: BasisReading;
}

/** On what the size of a sample shall rest; the size follows while it is typed. */
export function Planner(props: PlannerProps) {
  const { population, kind, onKind, reading } = props;
  return (
    <div className="stack">
      <div className="row">
        <Segments label={words.basis} value={kind} choices={kinds} onChange={onKind} />
        <span className="muted">{words.about[kind]}</span>
      </div>
      {kind === "judgement" ? null : (
        <>
          {kind === "house-table" ? <HouseFields {...props} /> : <PlanFields {...props} />}
          {reading.ok ? (
            <Planned population={population} basis={reading.basis} />
          ) : (
            <p className="muted">{words.incomplete}</p>
          )}
        </>
      )}
    </div>
  );
}

function PlanFields({ kind, model, onModel, form: { field } }: PlannerProps) {
  return (
    <>
      <div className="form-pair">
        <TextField label={words.confidence} hint={words.confidenceHint} isRequired {...field("confidence")} />
        <TextField label={words.tolerableRate} hint={words.tolerableHint} isRequired {...field("tolerableRate")} />
      </div>
      {kind === "plan" ? (
        <div className="form-pair">
          <TextField label={words.expectedRate} hint={words.expectedHint} {...field("expectedRate")} />
          <TextField label={words.expectedDeviations} hint={words.eitherHint} {...field("expectedDeviations")} />
        </div>
      ) : null}
      <SelectField
        label={words.model}
        hint={words.modelAbout[model]}
        value={model}
        choices={models}
        onChange={onModel}
      />
    </>
  );
}

function HouseFields({ house, onHouse }: PlannerProps) {
  return (
    <div className="form-pair">
      <SelectField
        label={words.frequency}
        value={house.frequency}
        choices={frequencies}
        onChange={(frequency) => onHouse({ ...house, frequency })}
      />
      <SelectField
        label={words.risk}
        value={house.risk}
        choices={risks}
        onChange={(risk) => onHouse({ ...house, risk })}
      />
    </div>
  );
}

function Planned({ population, basis }: { readonly population: PopulationKind; readonly basis: BasisRequest }) {
  const plan = useProcedure("sample.plan", { population, basis });
  return (
    <section className="planned" aria-label={words.result} aria-live="polite">
      <AnswerOf of={plan} loading={words.computing}>
        {(view) => <PlanResult view={view} />}
      </AnswerOf>
    </section>
  );
}

function PlanResult({ view }: { readonly view: PlanView }) {
  const size = sizeOf(view);
  return (
    <>
      <p className="figure">{size === null ? words.noSize : words.sizeOf(size)}</p>
      <p>{view.kind === "house-table" ? view.sentence : view.plan.sentence}</p>
      {view.kind === "plan" ? (
        <>
          <PlanningPlot plot={plotPlanning(view.curve, view.plan)} />
          <PlanTable view={view} />
        </>
      ) : null}
    </>
  );
}

function sizeOf(view: PlanView): string | null {
  if (view.kind === "house-table") return formatCount(view.size);
  if (view.plan.status !== "ok") return null;
  if (view.kind === "plan") return view.plan.size === null ? null : formatCount(view.plan.size);
  return view.plan.stageSize === null ? null : words.twice(formatCount(view.plan.stageSize));
}

const shownRates = new Set(["0.010", "0.020", "0.030", "0.050", "0.075", "0.100", "0.150", "0.200"]);

/** The picture's numbers, for who cannot see it and who wants to quote them. */
function PlanTable({ view }: { readonly view: Extract<PlanView, { kind: "plan" }> }) {
  const points = view.curve.filter(({ tolerableRate }) => shownRates.has(tolerableRate));
  return (
    <ScrolledTable look="plan-table" label={words.table}>
      <table className="table">
        <tbody>
          <tr>
            <th scope="row">{words.tolerableRate}</th>
            {points.map(({ tolerableRate }) => (
              <td key={tolerableRate} className="number">
                {words.percent(tolerableRate)}
              </td>
            ))}
          </tr>
          <tr>
            <th scope="row">{words.size}</th>
            {points.map(({ tolerableRate, size }) => (
              <td key={tolerableRate} className="number">
                {size === null ? words.none : formatCount(size)}
              </td>
            ))}
          </tr>
        </tbody>
      </table>
    </ScrolledTable>
  );
}
