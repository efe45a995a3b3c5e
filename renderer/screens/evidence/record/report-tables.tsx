import { showHidden } from "../../../../shared/model/hidden-characters.ts";
import { strings } from "../../../strings.ts";
import { MarkedText } from "./marked-text.tsx";
import { listFindings, listTests } from "./report-rows.ts";

const words = strings.evidence.record;

/** The tests of a JUnit report, those that did not pass first. */
export function TestTable({ text }: { readonly text: string }) {
  const tests = listTests(text);
  if (tests === null) return <MarkedText text={text} part={null} />;
  const rows = [...tests.filter(({ outcome }) => outcome !== "passed"), ...tests.filter(isPassed)];
  return (
    <Table
      heads={[words.outcome, words.test, words.suite, words.message]}
      rows={rows.map(({ outcome, name, suite, message }) => [words.outcomes[outcome], name, suite, message])}
    />
  );
}

function isPassed({ outcome }: { readonly outcome: string }): boolean {
  return outcome === "passed";
}

/** The findings of a SARIF report, in its order. */
export function FindingTable({ text }: { readonly text: string }) {
  const findings = listFindings(text);
  if (findings === null) return <MarkedText text={text} part={null} />;
  return (
    <Table
      heads={[words.level, words.rule, words.where, words.message]}
      rows={findings.map(({ level, rule, where, message }) => [level, rule, where, message])}
    />
  );
}

const mostRows = 1000;

function Table({ heads, rows }: { readonly heads: readonly string[]; readonly rows: readonly (readonly string[])[] }) {
  if (rows.length === 0) return <p className="muted">{words.noRows}</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled table must be reachable by keyboard
    <div className="record-table" tabIndex={0}>
      <table className="table">
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, mostRows).map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: reports repeat rows
            <tr key={index}>
              {row.map((value, column) => (
                <td key={heads[column]}>{showHidden(value)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > mostRows ? <p className="muted">{words.moreLines(rows.length - mostRows)}</p> : null}
    </div>
  );
}
