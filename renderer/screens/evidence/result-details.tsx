import { showHidden } from "../../../shared/model/hidden-characters.ts";
import type { JudgementView } from "../../../shared/model/judgement-view.ts";
import type { Result } from "../../../shared/model/result.ts";
import type { ItemView } from "../../../shared/model/view.ts";
import { Button } from "../../components/button.tsx";
import { Fold } from "../../components/fold.tsx";
import { OutcomeWord } from "../../components/outcome.tsx";
import { shortHash } from "../../format.ts";
import { strings } from "../../strings.ts";
import type { OpenedRecord } from "./raw-record.tsx";
import { ResultJudgement } from "./result-judgement.tsx";

const words = strings.evidence;

export interface ResultDetailsProps {
  readonly result: Result;
  readonly title: string;
  /** On this result, the oldest first. */
  readonly judgements: readonly JudgementView[];
  readonly onOpen: (record: OpenedRecord) => void;
}

/** One result: what was asserted, what came out, why, every value that was read for it, and what was judged. */
export function ResultDetails({ result, title, judgements, onOpen }: ResultDetailsProps) {
  const values = Object.entries(result.values);
  const standing = judgements.find((view) => view.standing === "stands");
  return (
    <Fold
      summary={
        <>
          <span className="mono">{result.control}</span>
          <OutcomeWord outcome={result.outcome} />
          {standing?.judgement.outcome ? (
            <span className="row judged-word">
              {words.judgement.judged} <OutcomeWord outcome={standing.judgement.outcome} />
            </span>
          ) : null}
          <span className="result-assertion">{result.assertion}</span>
        </>
      }
      look="result"
      isOpen={result.outcome !== "pass" && result.outcome !== "not-applicable"}
    >
      <div className="stack result-inside">
        {title ? <p className="muted">{title}</p> : null}
        <p>{showHidden(result.reason)}</p>
        {values.length > 0 ? (
          <table className="table values">
            <thead>
              <tr>
                <th>{words.path}</th>
                <th>{words.value}</th>
              </tr>
            </thead>
            <tbody>
              {values.map(([path, value]) => (
                <tr key={path}>
                  <td>
                    <code className="break">{path}</code>
                  </td>
                  <td>
                    <code className="value">{showHidden(valueText(value))}</code>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        ) : (
          <p className="muted">{words.noValues}</p>
        )}
        <ResultEvidence uses={result.evidence} onOpen={onOpen} />
        <ResultJudgement result={result} judgements={judgements} />
      </div>
    </Fold>
  );
}

function valueText(value: Result["values"][string]): string {
  return JSON.stringify(value, null, typeof value === "object" ? 1 : 0);
}

interface ResultEvidenceProps {
  readonly uses: Result["evidence"] | ItemView["evidence"];
  readonly onOpen: (record: OpenedRecord) => void;
}

function ResultEvidence({ uses, onOpen }: ResultEvidenceProps) {
  if (uses.length === 0) return null;
  return (
    <div className="row">
      <span className="muted">{words.restsOn}</span>
      {uses.map(({ evidence, place }) => (
        <Button
          key={`${evidence} ${place}`}
          look="quiet"
          aria-label={words.openRecord(shortHash(evidence), place)}
          onPress={() => onOpen({ sha256: evidence, place })}
        >
          <code>{shortHash(evidence)}</code>
        </Button>
      ))}
    </div>
  );
}
