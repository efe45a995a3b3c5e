import type { Outcome } from "../../shared/model/result.ts";
import { unreadableRow } from "./json-column.ts";

/* Outcomes in the engagement file are letters: results of a draw of everything are millions. */

const letterByOutcome: Record<Outcome, string> = {
  "pass": "p",
  "fail": "f",
  "no-evidence": "e",
  "not-applicable": "n",
};
const outcomeByLetter = new Map(
  Object.entries(letterByOutcome).map(([outcome, letter]) => [letter, outcome as Outcome]),
);

export function letterOf(outcome: Outcome): string {
  return letterByOutcome[outcome];
}

/** @throws engagement-corrupt for a letter that Tickmark does not write */
export function outcomeOf(letter: string): Outcome {
  const outcome = outcomeByLetter.get(letter);
  if (outcome) return outcome;
  throw unreadableRow(`an outcome "${letter}"`);
}

export function outcomesOf(letters: string): Outcome[] {
  return Array.from(letters, outcomeOf);
}
