import { Changing, useBrowsed } from "../../components/changing.tsx";
import "./review.css";
import { IconLock } from "@tabler/icons-react";
import { useState } from "react";
import { nameScope, partWords, progressOf } from "../../../shared/model/judgement-words.ts";
import type { ScopeSignOffs, StandingSignOff } from "../../../shared/model/sign-off.ts";
import { useProcedure } from "../../api.ts";
import { Button } from "../../components/button.tsx";
import { Card, Terms } from "../../components/page.tsx";
import { ScrolledTable } from "../../components/scrolled-table.tsx";
import { AnswerOf } from "../../components/states.tsx";
import { formatMinute } from "../../format.ts";
import { strings } from "../../strings.ts";
import { SignOffDialog } from "./sign-off-dialog.tsx";
import { signOffLooks } from "./sign-off-looks.ts";
import { WithdrawSignOff } from "./withdraw-sign-off.tsx";

const words = strings.review;

/** Whose names stand under the engagement, and what has made them void. */
export function SignOffCard() {
  const signOffs = useProcedure("sign-off.list", {});
  return (
    <Card title={words.signOff}>
      <AnswerOf of={signOffs} loading={words.loading}>
        {(all) => {
          const own = all.find(({ scope }) => scope.kind === "engagement");
          return own ? <EngagementSignOff of={own} /> : null;
        }}
      </AnswerOf>
    </Card>
  );
}

function EngagementSignOff({ of }: { readonly of: ScopeSignOffs }) {
  const [isSigning, setSigning] = useState(false);
  const browsed = useBrowsed();
  return (
    <div className="stack">
      {browsed?.part || browsed?.redacted ? <p className="muted">{strings.browsing.asStated}</p> : null}
      <Terms
        entries={[
          [words.prepared, <Signed key="prepared" standing={of.preparer} />],
          [words.reviewed, <Signed key="reviewed" standing={of.reviewer} />],
        ]}
      />
      <Changing>
        <div className="row">
          <Button look="primary" icon={<IconLock size={15} aria-hidden />} onPress={() => setSigning(true)}>
            {words.signEngagement}
          </Button>
          <WithdrawSignOff of={of} />
        </div>
        <p className="muted">{words.about}</p>
      </Changing>
      <SignOffDialog signOffs={of} isOpen={isSigning} onClose={() => setSigning(false)} />
    </div>
  );
}

/** The sign-offs of each control. */
export function ControlSignOffs() {
  const signOffs = useProcedure("sign-off.list", {});
  const [signing, setSigning] = useState<ScopeSignOffs | null>(null);
  return (
    <Card title={words.byControl} isFlush>
      <AnswerOf of={signOffs} loading={words.loading}>
        {(all) => (
          <ScrolledTable look="sign-offs" label={words.byControl}>
            <table className="table">
              <thead>
                <tr>
                  <th>{words.control}</th>
                  <th>{words.state}</th>
                  <th>{words.prepared}</th>
                  <th>{words.reviewed}</th>
                  <th>
                    <span className="unseen">{words.sign}</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {all
                  .filter(({ scope }) => scope.kind === "control")
                  .map((each) => (
                    <ControlRow key={nameScope(each.scope)} of={each} onSign={() => setSigning(each)} />
                  ))}
              </tbody>
            </table>
          </ScrolledTable>
        )}
      </AnswerOf>
      {signing ? <SignOffDialog signOffs={signing} isOpen onClose={() => setSigning(null)} /> : null}
    </Card>
  );
}

function ControlRow({ of, onSign }: { readonly of: ScopeSignOffs; readonly onSign: () => void }) {
  const progress = progressOf(of);
  const name = nameScope(of.scope);
  return (
    <tr>
      <th scope="row" className="mono">
        {name}
      </th>
      <td className={`sign-off-state ${signOffLooks[progress]}`}>{words.progress[progress]}</td>
      <td>
        <Signed standing={of.preparer} />
      </td>
      <td>
        <Signed standing={of.reviewer} />
      </td>
      <td className="number">
        <Changing>
          <Button look="quiet" aria-label={words.signOf(name)} onPress={onSign}>
            {words.sign}
          </Button>
          <WithdrawSignOff of={of} />
        </Changing>
      </td>
    </tr>
  );
}

function Signed({ standing }: { readonly standing: StandingSignOff | null }) {
  if (standing === null) return <span className="muted">{words.nobody}</span>;
  const { signOff, changed } = standing;
  return (
    <>
      {signOff.by}, <span className="moment">{formatMinute(signOff.at)}</span>
      {changed.length > 0 ? (
        <span className="sign-off-void bad">{words.void(changed.map((part) => partWords[part]))}</span>
      ) : null}
    </>
  );
}
