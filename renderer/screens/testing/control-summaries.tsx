import type { Conclusion } from "../../../shared/model/conclusion.ts";
import { ScrolledTable } from "../../components/scrolled-table.tsx";
import { formatCount } from "../../format.ts";
import { strings } from "../../strings.ts";

const words = strings.testing.summary;

/** Outcomes of each control over the whole sample, whatever rows are shown. */
export function ControlSummaries({ summaries }: { readonly summaries: readonly Conclusion[] }) {
  return (
    <ScrolledTable look="summaries" label={words.title}>
      <table className="table">
        <thead>
          <tr>
            <th>{words.control}</th>
            <th>{words.about}</th>
            {[words.tested, words.pass, words.fail, words.noEvidence, words.notApplicable, words.deviations].map(
              (head) => (
                <th key={head} className="number">
                  {head}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {summaries.map((summary) => (
            <tr key={summary.control}>
              <td className="mono">{summary.control}</td>
              <td>{summary.title}</td>
              <td className="number">{formatCount(summary.tested)}</td>
              <td className="number">{formatCount(summary.pass)}</td>
              <td className="number">{formatCount(summary.fail)}</td>
              <td className="number">{formatCount(summary.noEvidence)}</td>
              <td className="number">{formatCount(summary.notApplicable)}</td>
              <td className={`number ${summary.deviations > 0 ? "bad" : ""}`}>{formatCount(summary.deviations)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrolledTable>
  );
}
