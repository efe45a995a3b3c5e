import type { StandingPart } from "../../shared/bundle/bundle-parts.ts";
import { type BundleSplit, isSampleInPart } from "../../shared/bundle/bundle-split.ts";
import { TickmarkError } from "../../shared/errors.ts";
import type { Conclusion } from "../../shared/model/conclusion.ts";
import type { TestedSample } from "../../shared/sample/tested-samples.ts";
import { readCatalog } from "./catalog-settings.ts";
import type { Session } from "./session.ts";

/*
 * What a browsed bundle does not have. One of several states the results of its own control or sample; in one whose statements were
 * redacted, results are not just what was judged and signed off. What follows from the whole audit is then not worked out again from a
 * part of it, but shown as the bundle states it.
 */

/** Under this name a copy keeps what the bundle states and cannot be worked out from it. */
export const statedName = "stated";

export interface StatedByBundle {
  readonly standing: StandingPart;
  readonly conclusions: readonly Conclusion[];
}

/** Null where everything is worked out: of an engagement, and of a whole bundle. */
export function readStated({ store, browsed }: Session): StatedByBundle | null {
  if (browsed === null || (browsed.part === undefined && browsed.redacted === undefined)) return null;
  return store.document("", statedName) as StatedByBundle;
}

export function partOf({ browsed }: Session): BundleSplit | undefined {
  return browsed?.part;
}

/** The samples that the bundle is of. */
export function samplesHere(session: Session, samples: readonly TestedSample[]): readonly TestedSample[] {
  const part = partOf(session);
  if (part === undefined) return samples;
  const catalog = readCatalog(session);
  return samples.filter((sample) => isSampleInPart(part, sample, catalog));
}

/** The fault of asking a part for what another one has. */
export function notInPart(what: string, { part, siblings }: BundleSplit): TickmarkError {
  return new TickmarkError(
    "request-invalid",
    `${what} is not in this part of the audit, which is of ${part}.`,
    siblings.length === 0
      ? "Ask whoever exported it for the whole."
      : `Open another part: ${siblings.join(", ")}. Ask whoever exported it for those that you do not have.`,
  );
}
