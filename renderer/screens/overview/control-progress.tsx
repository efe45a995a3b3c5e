import { Link } from "@tanstack/react-router";
import type { Conclusion } from "../../../shared/model/conclusion.ts";
import { standings, supportWords } from "../../../shared/model/conclusion-words.ts";
import { progressOf } from "../../../shared/model/judgement-words.ts";
import { nounsOf } from "../../../shared/model/population-words.ts";
import { type ScopeSignOffs, scopeKey } from "../../../shared/model/sign-off.ts";
import { useProcedure } from "../../api.ts";
import { OutcomeBar } from "../../components/outcome-bar.tsx";
import { Card } from "../../components/page.tsx";
import { ScrolledTable } from "../../components/scrolled-table.tsx";
import { mostResults } from "../../components/sign-off-marks.tsx";
import { AnswerOf } from "../../components/states.tsx";
import { formatCount } from "../../format.ts";
import { strings } from "../../strings.ts";
import { signOffLooks } from "../review/sign-off-looks.ts";

const words = strings.overview.progress;

/** How far each control is: what its tests found, what follows, and who has signed. */
export function ControlProgress({ results }: { readonly results: number }) {
  const isShown = results > 0 && results <= mostResults;
  const conclusions = useProcedure("evaluation.conclusions", {}, { enabled: isShown });
  const signOffs = useProcedure("sign-off.list", {}, { enabled: isShown });
  if (results === 0) return null;
  if (!isShown)
    return (
      <Card title={words.title}>
        <Link to="/conclusions">{words.elsewhere(formatCount(results))}</Link>
      </Card>
    );
  return (
    <Card title={words.title} isFlush>
      <AnswerOf of={conclusions} loading={words.loading}>
        {(all) => <ProgressTable conclusions={all} signOffs={signOffs.data ?? []} />}
      </AnswerOf>
    </Card>
  );
}

interface ProgressTableProps {
  readonly conclusions: readonly Conclusion[];
  readonly signOffs: readonly ScopeSignOffs[];
}

function ProgressTable({ conclusions, signOffs }: ProgressTableProps) {
  const ofControl = new Map(signOffs.map((each) => [scopeKey(each.scope), each]));
  return (
    <ScrolledTable look="progress-scroll" label={words.title}>
      <table className="table control-progress">
        <thead>
          <tr>
            <th>{words.control}</th>
            <th className="number">{words.tested}</th>
            <th>{words.outcomes}</th>
            <th className="number">{words.deviations}</th>
            <th>{words.reliance}</th>
            <th>{words.signed}</th>
          </tr>
        </thead>
        <tbody>
          {conclusions.map((conclusion) => (
            <ProgressRow
              key={`${conclusion.drawId} ${conclusion.control}`}
              conclusion={conclusion}
              signOffs={ofControl.get(scopeKey({ kind: "control", control: conclusion.control }))}
            />
          ))}
        </tbody>
      </table>
    </ScrolledTable>
  );
}

interface ProgressRowProps {
  readonly conclusion: Conclusion;
  readonly signOffs: ScopeSignOffs | undefined;
}

function ProgressRow({ conclusion, signOffs }: ProgressRowProps) {
  const { control, title, population, tested, deviations, support } = conclusion;
  const signed = signOffs === undefined ? "unsigned" : progressOf(signOffs);
  return (
    <tr>
      <th scope="row">
        <Link to="/testing" search={{ population, control }} className="progress-control" title={title}>
          <span className="mono">{control}</span> <span className="muted">{title}</span>
        </Link>
      </th>
      <td className="number">{words.testedOf(formatCount(tested), nounsOf(population))}</td>
      <td>
        <OutcomeBar counts={conclusion} />
      </td>
      <td className="number">
        {deviations === 0 ? (
          <span className="muted">0</span>
        ) : (
          <Link
            to="/testing"
            search={{ population, control, show: "deviations" }}
            aria-label={words.deviationsOf(formatCount(deviations), control)}
          >
            {formatCount(deviations)}
          </Link>
        )}
      </td>
      <td className={progressLooks[standings[support]]}>{supportWords[support]}</td>
      <td className={signOffLooks[signed]}>{strings.review.progress[signed]}</td>
    </tr>
  );
}

const progressLooks = { good: "good", bad: "bad", doubt: "doubt", none: "muted" } as const;
