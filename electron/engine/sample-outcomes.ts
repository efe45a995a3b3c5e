import type { AssertionOutcome } from "../../shared/model/result.ts";
import type { TestedSample } from "../../shared/sample/tested-samples.ts";
import type { Session } from "./session.ts";

/** Outcomes of a sample's results without the rest of them, made each time they are gone through: they may be millions. */
export function readSampleOutcomes(session: Session, { draws }: TestedSample): Iterable<AssertionOutcome> {
  const ofDraws = draws.map(({ id, items }) => ({ items, columns: session.store.outcomeColumns(id) }));
  return {
    *[Symbol.iterator]() {
      for (const { items, columns } of ofDraws) {
        for (const [position, item] of items.entries()) {
          for (const { control, assertions, outcomesAt } of columns) {
            for (const [index, outcome] of outcomesAt(position).entries())
              yield { control, assertion: assertions[index] ?? "", item, outcome };
          }
        }
      }
    },
  };
}

/** Controls that have results of the sample: after a change of the catalog those that it touches have none until it is evaluated. */
export function listTested(session: Session, { draws }: TestedSample): ReadonlySet<string> {
  return new Set(draws.flatMap(({ id }) => session.store.resultBases(id).map(({ control }) => control)));
}

/** Whether any draw of the sample has results. */
export function isEvaluated(session: Session, { draws }: TestedSample): boolean {
  return draws.some(({ id }) => session.store.resultBases(id).length > 0);
}
