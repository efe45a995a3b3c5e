import type {
  AssertionComparison,
  CatalogComparison,
  ItemComparison,
  OutcomeTally,
} from "../../../shared/model/catalog-comparison.ts";
import { nounsOf } from "../../../shared/model/population-words.ts";
import { OutcomeWord } from "../../components/outcome.tsx";
import { ScrolledTable } from "../../components/scrolled-table.tsx";
import { formatCount } from "../../format.ts";
import { strings } from "../../strings.ts";

const words = strings.catalog.trial;

export function TrialResult({ comparison }: { readonly comparison: CatalogComparison }) {
  const { controls, parameters, assertions, changes, totalChanges, items } = comparison;
  const different = controls.filter(({ difference }) => difference !== "same");
  if (different.length === 0) return <p role="status">{words.same}</p>;
  const tried = items.map(({ population, count }) => `${formatCount(count)} ${nounsOf(population)}`);
  return (
    <div className="stack" role="status">
      <p>{words.triedOn(tried.join(", "))}</p>
      <ul>
        {different.map(({ control, title, difference }) => (
          <li key={control}>
            <span className="mono">{control}</span> {title}: {words.differences[difference]}
          </li>
        ))}
        {parameters.map(({ control, parameter, before, after }) => (
          <li key={`${control} ${parameter}`} className="mono">
            {words.parameter(control, parameter, JSON.stringify(before), JSON.stringify(after))}
          </li>
        ))}
      </ul>
      <AssertionTable assertions={assertions} />
      <p>{words.changes(formatCount(totalChanges))}</p>
      {changes.length > 0 ? <ChangeTable changes={changes} /> : null}
      {changes.length < totalChanges ? (
        <p className="muted">{words.more(formatCount(totalChanges - changes.length))}</p>
      ) : null}
    </div>
  );
}

const fields = ["pass", "fail", "noEvidence", "notApplicable"] as const;

function AssertionTable({ assertions }: { readonly assertions: readonly AssertionComparison[] }) {
  return (
    <ScrolledTable look="catalog-scroll" label={words.byAssertion}>
      <table className="table">
        <thead>
          <tr>
            <th>{words.assertion}</th>
            {[words.pass, words.fail, words.noEvidence, words.notApplicable, words.otherwise].map((head) => (
              <th key={head} className="number">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {assertions.map(({ control, assertion, population, before, after, changed }) => (
            <tr key={`${control} ${assertion} ${population}`}>
              <th scope="row" className="mono">{`${control} ${assertion}`}</th>
              {fields.map((field) => (
                <td key={field} className="number">
                  {words.fromTo(amount(before, field), amount(after, field))}
                </td>
              ))}
              <td className={`number ${changed > 0 ? "doubt" : ""}`}>{formatCount(changed)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrolledTable>
  );
}

function amount(tally: OutcomeTally | null, field: (typeof fields)[number]): string {
  return tally === null ? words.nothing : formatCount(tally[field]);
}

function ChangeTable({ changes }: { readonly changes: readonly ItemComparison[] }) {
  return (
    <ScrolledTable look="catalog-scroll" label={words.items}>
      <table className="table">
        <thead>
          <tr>
            <th>{words.item}</th>
            <th>{words.assertion}</th>
            <th>{words.before}</th>
            <th>{words.after}</th>
          </tr>
        </thead>
        <tbody>
          {changes.map(({ item, control, assertion, before, after }) => (
            <tr key={`${item} ${control} ${assertion}`}>
              <th scope="row" className="mono">
                {item}
              </th>
              <td className="mono">{`${control} ${assertion}`}</td>
              <Said by={before} />
              <Said by={after} />
            </tr>
          ))}
        </tbody>
      </table>
    </ScrolledTable>
  );
}

function Said({ by }: { readonly by: ItemComparison["before"] }) {
  if (by === null) return <td className="muted">{words.notTested}</td>;
  return (
    <td>
      <OutcomeWord outcome={by.outcome} />
      <div className="muted">{by.reason}</div>
    </td>
  );
}
