import type { Conclusion, StratumConclusion, TestedNumbers } from "../../../shared/model/conclusion.ts";
import { basisWords, standings, supportWords } from "../../../shared/model/conclusion-words.ts";
import { formatRate, formatTypedRate } from "../../../shared/model/rate-text.ts";
import { ScrolledTable } from "../../components/scrolled-table.tsx";
import { formatCount } from "../../format.ts";
import { strings } from "../../strings.ts";

const words = strings.conclusions;

export interface ConclusionTableProps {
  readonly conclusions: readonly Conclusion[];
  readonly label: string;
}

export function ConclusionTable({ conclusions, label }: ConclusionTableProps) {
  return (
    <ScrolledTable look="conclusions-scroll" label={label}>
      <table className="table">
        <thead>
          <tr>
            <th>{words.control}</th>
            {[words.applicable, words.deviations, words.rate, words.upper, words.tolerable, words.projected].map(
              (head) => (
                <th key={head} className="number">
                  {head}
                </th>
              ),
            )}
            <th>{words.reliance}</th>
          </tr>
        </thead>
        <tbody>
          {conclusions.map((conclusion) => (
            <tr key={`${conclusion.drawId} ${conclusion.control}`}>
              <th scope="row" title={conclusion.title}>
                <span className="mono">{conclusion.control}</span>
                <span className="conclusions-on">{testedOn(conclusion)}</span>
              </th>
              <Figures of={conclusion} tested={conclusion.asTested} />
              <td className="number">
                {conclusion.tolerableRate === null ? words.nothing : formatTypedRate(conclusion.tolerableRate)}
              </td>
              <td className="number">
                {conclusion.projection
                  ? words.projectedOf(
                      formatCount(conclusion.projection.upper),
                      formatCount(conclusion.projection.populationSize),
                    )
                  : words.nothing}
              </td>
              <Reliance of={conclusion} />
            </tr>
          ))}
        </tbody>
      </table>
    </ScrolledTable>
  );
}

function testedOn({ population, basis }: Conclusion): string {
  const on = strings.items[population].all;
  return basis === "everything" ? `${on}, ${basisWords[basis]}` : on;
}

export function StrataTable({ conclusion }: { readonly conclusion: Conclusion }) {
  return (
    <ScrolledTable look="conclusions-scroll" label={words.strata(conclusion.control)}>
      <table className="table">
        <thead>
          <tr>
            <th>{words.stratum}</th>
            {[words.population, words.applicable, words.deviations, words.rate, words.upper].map((head) => (
              <th key={head} className="number">
                {head}
              </th>
            ))}
            <th>{words.reliance}</th>
          </tr>
        </thead>
        <tbody>
          {conclusion.strata.map((stratum) => (
            <tr key={stratum.stratum}>
              <th scope="row">{stratum.stratum}</th>
              <td className="number">{formatCount(stratum.populationSize)}</td>
              <Figures of={stratum} />
              <Reliance of={stratum} />
            </tr>
          ))}
        </tbody>
      </table>
    </ScrolledTable>
  );
}

interface FiguresProps {
  readonly of: Conclusion | StratumConclusion;
  /** The same without any judgement, shown where it is another. */
  readonly tested?: TestedNumbers;
}

function Figures({ of: { applicable, deviations, rate, limits }, tested }: FiguresProps) {
  const sayRate = (value: number | null) => (value === null ? words.nothing : formatRate(value));
  const sayUpper = (value: number | null) => (value === null ? words.nothing : formatRate(value, "up"));
  return (
    <>
      <Figure judged={formatCount(applicable)} tested={tested && formatCount(tested.applicable)} />
      <Figure judged={formatCount(deviations)} tested={tested && formatCount(tested.deviations)} />
      <Figure judged={sayRate(rate)} tested={tested && sayRate(tested.rate)} />
      <Figure judged={sayUpper(limits?.upper ?? null)} tested={tested && sayUpper(tested.upper)} />
    </>
  );
}

function Figure({ judged, tested = judged }: { readonly judged: string; readonly tested?: string | undefined }) {
  return (
    <td className="number">
      {judged}
      {tested === judged ? null : <span className="conclusions-on">{words.tested(tested)}</span>}
    </td>
  );
}

const looks = { good: "good", bad: "bad", doubt: "doubt", none: "muted" } as const;

function Reliance({ of: { support } }: { readonly of: Conclusion | StratumConclusion }) {
  return <td className={`reliance ${looks[standings[support]]}`}>{supportWords[support]}</td>;
}
