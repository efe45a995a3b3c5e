import type { Change } from "../../../shared/model/change.ts";
import type { RecordedDecision } from "../../../shared/model/people-decision.ts";
import type { Account } from "../../../shared/model/person.ts";
import { buildPopulation } from "../../../shared/population/build-population.ts";
import { decidePeople } from "../../../shared/population/people-decisions.ts";
import { type History, scope } from "./history.ts";

/** The same history after an auditor split accounts off: nobody is known behind them. */
export function splitAccount(history: History, accounts: readonly Account[]): { change(commit: string): Change } {
  const decisions = accounts.map(
    (account, index): RecordedDecision => ({
      entry: index + 1,
      decision: { kind: "split", account, by: "An auditor", at: "2026-04-01T09:00:00.000Z", reason: "It was asked." },
      withdrawn: false,
    }),
  );
  const input = history.input();
  const people = decidePeople(input.people, decisions);
  return {
    change(commit) {
      const found = buildPopulation({ ...input, people }, scope).items.change.find((each) => each.commit === commit);
      if (!found) throw new Error(`The population has no change ${commit}.`);
      return found;
    },
  };
}
