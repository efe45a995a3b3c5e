import { TickmarkError } from "../../../shared/errors.ts";
import { encodeCanonical } from "../../../shared/model/canonical-json.ts";
import { nounsOf } from "../../../shared/model/population-words.ts";
import type { TestedSample } from "../../../shared/sample/tested-samples.ts";
import { readCatalogSettings } from "../catalog-settings.ts";
import { digest } from "../digest.ts";
import type { Session } from "../session.ts";

/**
 * The last evaluation was of these draws, with the catalog as it is: what was drawn or edited since has no results yet.
 * @throws stage-order
 */
export function requireEvaluated(session: Session, samples: readonly TestedSample[]): void {
  const open = findUnevaluated(session, samples);
  if (samples.length > 0 && open === undefined) return;
  throw new TickmarkError(
    "stage-order",
    open === undefined
      ? "Nothing was tested: no sample was drawn."
      : `The sample of ${nounsOf(open.population)} has not been evaluated with the catalog as it is now.`,
    open === undefined ? "Draw and evaluate first." : "Evaluate first.",
  );
}

/** The first sample that something was drawn for, or whose catalog was changed, since the last evaluation. */
export function findUnevaluated(session: Session, samples: readonly TestedSample[]): TestedSample | undefined {
  const evaluated = session.store.latestActivity("evaluated");
  const logged = evaluated?.after as
    | { readonly draws?: readonly string[]; readonly catalog?: string; readonly parameters?: unknown }
    | null
    | undefined;
  const settings = readCatalogSettings(session);
  const isSameCatalog =
    logged?.catalog === digest(settings.text) &&
    encodeCanonical(logged.parameters ?? {}) === encodeCanonical(settings.parameters);
  return samples.find(({ draws }) => !isSameCatalog || draws.some(({ id }) => !logged.draws?.includes(id)));
}
