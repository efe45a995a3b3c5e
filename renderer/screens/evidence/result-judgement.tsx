import { IconGavel } from "@tabler/icons-react";
import { useState } from "react";
import { showHidden } from "../../../shared/model/hidden-characters.ts";
import type { JudgementView } from "../../../shared/model/judgement-view.ts";
import { effectWords, judgementStandings } from "../../../shared/model/judgement-words.ts";
import type { Result } from "../../../shared/model/result.ts";
import { Button } from "../../components/button.tsx";
import { Changing } from "../../components/changing.tsx";
import { Fold } from "../../components/fold.tsx";
import { OutcomeWord } from "../../components/outcome.tsx";
import { Hash, Moment } from "../../components/values.tsx";
import { strings } from "../../strings.ts";
import { JudgeDialog } from "./judge-dialog.tsx";

const words = strings.evidence.judgement;

export interface ResultJudgementProps {
  readonly result: Result;
  /** On this result, the oldest first. */
  readonly judgements: readonly JudgementView[];
}

/** What the auditor concludes, beside what the rules found; and what was judged before. */
export function ResultJudgement({ result, judgements }: ResultJudgementProps) {
  const [isJudging, setJudging] = useState(false);
  const standing = judgements.find((view) => view.standing === "stands");
  const earlier = judgements.filter((view) => view !== standing);
  return (
    <section className="judgement" aria-label={words.on(result.control, result.assertion)}>
      {standing ? <OneJudgement view={standing} /> : null}
      {earlier.length > 0 ? (
        <Fold summary={words.earlier(earlier.length)}>
          <div className="stack">
            {earlier.map((view) => (
              <OneJudgement key={view.ref} view={view} />
            ))}
          </div>
        </Fold>
      ) : null}
      <Changing>
        <div className="row">
          <Button icon={<IconGavel size={15} aria-hidden />} onPress={() => setJudging(true)}>
            {standing ? words.judgeAgain : words.judge}
          </Button>
        </div>
      </Changing>
      <JudgeDialog result={result} judgements={judgements} isOpen={isJudging} onClose={() => setJudging(false)} />
    </section>
  );
}

function OneJudgement({ view }: { readonly view: JudgementView }) {
  const { judgement, effect, standing } = view;
  const counts = standing === "stands";
  return (
    <div className={counts ? "judgement-stands" : "judgement-past"}>
      <p className="row">
        <span className="muted">{view.ref}</span>
        {judgement.outcome === null ? <span>{words.takenBack}</span> : <OutcomeWord outcome={judgement.outcome} />}
        <span className="muted">{counts && effect ? effectWords[effect] : judgementStandings[standing]}</span>
      </p>
      <p>{showHidden(judgement.reason)}</p>
      {judgement.procedure ? (
        <>
          <p>
            <span className="muted">{words.done}</span> {showHidden(judgement.procedure.done)}
          </p>
          <p>
            <span className="muted">{words.seen}</span> {showHidden(judgement.procedure.seen)}
          </p>
          {judgement.procedure.documents.map((sha256) => (
            <Hash key={sha256} hash={sha256} what={words.document} />
          ))}
        </>
      ) : null}
      <p className="muted">
        {judgement.by}, <Moment at={judgement.at} />
      </p>
    </div>
  );
}
