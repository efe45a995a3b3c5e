import "./outcome-bar.css";
import type { OutcomeCounts } from "../../shared/model/conclusion.ts";
import type { Outcome } from "../../shared/model/result.ts";
import { formatCount } from "../format.ts";
import { strings } from "../strings.ts";
import { outcomeSigns } from "./outcome.tsx";

/** How the tested items came out, as shares of a bar. Each share that has room says its sign and count. */
export function OutcomeBar({ counts }: { readonly counts: OutcomeCounts }) {
  const { pass, fail, noEvidence, notApplicable, tested } = counts;
  const shares = [
    ["fail", fail],
    ["no-evidence", noEvidence],
    ["pass", pass],
    ["not-applicable", notApplicable],
  ] as const satisfies readonly (readonly [Outcome, number])[];
  const some = shares.filter(([, count]) => count > 0);
  const spoken = some.map(([outcome, count]) => `${formatCount(count)} ${strings.outcomes[outcome]}`).join(", ");
  return (
    <span className="outcome-bar" role="img" aria-label={spoken} title={spoken}>
      {some.map(([outcome, count]) => (
        <span key={outcome} className={`share share-${outcome}`} style={{ flexGrow: count }}>
          {count / tested >= 0.15 ? `${outcomeSigns[outcome]} ${formatCount(count)}` : null}
        </span>
      ))}
    </span>
  );
}
