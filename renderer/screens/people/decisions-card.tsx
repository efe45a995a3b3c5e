import { useState } from "react";
import { showHidden } from "../../../shared/model/hidden-characters.ts";
import type { PeopleDecision, RecordedDecision } from "../../../shared/model/people-decision.ts";
import { Button } from "../../components/button.tsx";
import { Changing } from "../../components/changing.tsx";
import { Card } from "../../components/page.tsx";
import { Moment, Tag } from "../../components/values.tsx";
import { strings } from "../../strings.ts";
import { accountText } from "./account-text.ts";
import { DecideDialog } from "./decide-dialog.tsx";

const words = strings.people;

/** What was decided by hand. Nothing is erased: a decision is withdrawn by another one. */
export function DecisionsCard({ decisions }: { readonly decisions: readonly RecordedDecision[] }) {
  const [withdrawing, setWithdrawing] = useState<number | null>(null);
  return (
    <Card title={words.decisions}>
      {decisions.length === 0 ? <p className="muted">{words.noDecisions}</p> : null}
      <ul>
        {decisions.map(({ entry, decision, withdrawn }) => (
          <li key={entry} className="people-entry">
            <div>
              <p className="row">
                <span className="break">{sentenceOf(decision)}</span>
                {withdrawn ? <Tag>{words.withdrawn}</Tag> : null}
              </p>
              <p className="break">{showHidden(decision.reason)}</p>
              <p className="muted">
                {words.entry(entry)}, {decision.by}, <Moment at={decision.at} />
              </p>
            </div>
            {withdrawn || decision.kind === "withdraw" ? null : (
              <Changing>
                <Button onPress={() => setWithdrawing(entry)} aria-label={words.withdrawOf(entry)}>
                  {words.withdraw}
                </Button>
              </Changing>
            )}
          </li>
        ))}
      </ul>
      <DecideDialog
        act={withdrawing === null ? null : { kind: "withdraw", entry: withdrawing }}
        persons={[]}
        onClose={() => setWithdrawing(null)}
      />
    </Card>
  );
}

function sentenceOf(decision: PeopleDecision): string {
  if (decision.kind === "withdraw") return words.didWithdraw(decision.entry);
  if (decision.kind === "split") return words.didSplit(accountText(decision.account));
  return words.didJoin(accountText(decision.account), accountText(decision.with));
}
