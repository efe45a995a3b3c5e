import { TickmarkError } from "../../../shared/errors.ts";
import { concludeControls } from "../../../shared/evaluation/conclusion.ts";
import type { TestedSample } from "../../../shared/sample/tested-samples.ts";
import { readCatalog } from "../catalog-settings.ts";
import { readSampleOutcomes } from "../sample-outcomes.ts";
import type { Session } from "../session.ts";
import { readDispositions } from "../standing-judgements.ts";

/**
 * Which controls call for the second stage of a sample's plan: those with exactly one deviation in the first.
 *
 * @throws request-invalid when the sample has no two-stage plan, stage-order when no control calls for the second stage
 */
export function findControlsDue(session: Session, sample: TestedSample): { controls: string[]; size: number } {
  const { basis } = sample.initial;
  if (basis.kind !== "two-stage-plan" || basis.plan.stageSize === null) {
    throw new TickmarkError(
      "request-invalid",
      "The sample was not planned in two stages.",
      "Expand it outside of the plan: then its true risk is stated.",
    );
  }
  const catalog = readCatalog(session);
  const controls = concludeControls(
    catalog,
    sample,
    readSampleOutcomes(session, sample),
    readDispositions(session, sample.population),
  )
    .filter(({ support }) => support === "second-stage-due")
    .map(({ control }) => control);
  if (controls.length > 0) return { controls, size: basis.plan.stageSize };
  throw new TickmarkError(
    "stage-order",
    "The first stage does not call for a second one: no control has exactly one deviation.",
    "Evaluate the first stage; without a deviation the control is supported, with more than one it is not.",
  );
}
