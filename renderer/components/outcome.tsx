import "./outcome.css";
import type { Outcome } from "../../shared/model/result.ts";
import { strings } from "../strings.ts";

/** The tickmark of an outcome: a sign that is read without colour. */
export const outcomeSigns: Readonly<Record<Outcome, string>> = {
  "pass": "✓",
  "fail": "✗",
  "no-evidence": "?",
  "not-applicable": "n/a",
};

/** A tickmark, with its word for those who hear the page. */
export function OutcomeSign({ outcome }: { readonly outcome: Outcome }) {
  return (
    <span className={`sign sign-${outcome}`} role="img" aria-label={strings.outcomes[outcome]}>
      {outcomeSigns[outcome]}
    </span>
  );
}

export function OutcomeWord({ outcome }: { readonly outcome: Outcome }) {
  return (
    <span className="outcome-word">
      <span className={`sign sign-${outcome}`} aria-hidden>
        {outcomeSigns[outcome]}
      </span>
      {strings.outcomes[outcome]}
    </span>
  );
}

const outcomes = Object.keys(outcomeSigns) as Outcome[];

export function OutcomeLegend() {
  return (
    <ul className="legend" aria-label={strings.testing.legend}>
      {outcomes.map((outcome) => (
        <li key={outcome}>
          <span className={`sign sign-${outcome}`} aria-hidden>
            {outcomeSigns[outcome]}
          </span>
          {strings.testing.legendWords[outcome]}
        </li>
      ))}
    </ul>
  );
}
