import { IconCircleCheck, IconCircleDashed, IconCircleX } from "@tabler/icons-react";
import { showHidden } from "../../../shared/model/hidden-characters.ts";
import { type Check, type CheckOutcome, integrityCheckIds } from "../../../shared/model/verification-report.ts";
import { Card } from "../../components/page.tsx";
import { strings } from "../../strings.ts";
import { Difference, Values } from "./verdict.tsx";

const words = strings.verify;
const icons: Readonly<Record<CheckOutcome, typeof IconCircleCheck>> = {
  "passed": IconCircleCheck,
  "failed": IconCircleX,
  "not-possible": IconCircleDashed,
};

/** Each check with its answer: on the files first, then what was done again from them. */
export function CheckList({ checks }: { readonly checks: readonly Check[] }) {
  const isIntegrity = (check: Check) => (integrityCheckIds as readonly string[]).includes(check.id);
  return (
    <div className="stack">
      <Checks title={words.integrity} checks={checks.filter(isIntegrity)} />
      <Checks title={words.reperformed} checks={checks.filter((check) => !isIntegrity(check))} />
    </div>
  );
}

function Checks({ title, checks }: { readonly title: string; readonly checks: readonly Check[] }) {
  return (
    <Card title={title} isFlush>
      {checks.length === 0 ? <p className="checks-none muted">{words.noChecks}</p> : null}
      <ul>
        {checks.map((check, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a report never changes, and one check may answer more than once
          <li key={index} className="check">
            <CheckSign outcome={check.outcome} />
            <div className="check-words">
              {check.outcome === "failed" ? (
                <Difference check={check} />
              ) : (
                <>
                  <p>{check.title}</p>
                  <p className="muted">{showHidden(check.detail)}</p>
                  {check.expected === undefined ? null : <Values check={check} />}
                </>
              )}
            </div>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function CheckSign({ outcome }: { readonly outcome: CheckOutcome }) {
  const Icon = icons[outcome];
  return (
    <span className={`check-sign check-${outcome}`}>
      <Icon size={17} aria-hidden />
      {words.outcomes[outcome]}
    </span>
  );
}
