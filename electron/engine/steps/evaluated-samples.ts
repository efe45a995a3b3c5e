import { TickmarkError } from "../../../shared/errors.ts";
import { nounsOf } from "../../../shared/model/population-kind.ts";
import type { TestedSample } from "../../../shared/sample/tested-samples.ts";
import type { Session } from "../session.ts";

/**
 * The last evaluation was of these draws: a replacement or a second stage that was drawn since has no results yet.
 * @throws stage-order
 */
export function requireEvaluated(session: Session, samples: readonly TestedSample[]): void {
  const evaluated = session.store.activities().findLast(({ kind }) => kind === "evaluated");
  const draws = evaluated?.after as { readonly draws?: readonly string[] } | null | undefined;
  const open = samples.find((sample) => sample.draws.some(({ id }) => !draws?.draws?.includes(id)));
  if (samples.length > 0 && open === undefined) return;
  throw new TickmarkError(
    "stage-order",
    open === undefined
      ? "Nothing was tested: no sample was drawn."
      : `The sample of ${nounsOf(open.population)} has not been evaluated.`,
    "Draw and evaluate first.",
  );
}
