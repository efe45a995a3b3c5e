import { randomUUID } from "node:crypto";
import { TickmarkError } from "../../../shared/errors.ts";
import type { CheckedDrawRequest } from "../../../shared/model/draw-request.ts";
import type { PopulationKind } from "../../../shared/model/population-kind.ts";
import { nounsOf } from "../../../shared/model/population-words.ts";
import { type Draw, type Freeze, isStatistical } from "../../../shared/model/sample.ts";
import type { DrawView } from "../../../shared/model/view.ts";
import { performDraw } from "../../../shared/sample/draw.ts";
import { digest } from "../digest.ts";
import { requireFreeze } from "../freeze-reading.ts";
import type { Session } from "../session.ts";
import { viewDraw } from "../views/draw-view.ts";
import { resolveTerms } from "./draw-terms.ts";

/**
 * Draws a sample from the frozen population and logs it; the entry cannot be taken back.
 * @throws stage-order before the freeze, seed-used, sample-size-invalid, request-invalid
 */
export function drawSample(session: Session, request: CheckedDrawRequest): DrawView {
  const freeze = requireFreeze(session, request.population);
  const { terms, strata } = resolveTerms(session, request, freeze);
  requireFreshSeed(session, request.population, terms.seed);
  const purpose = { kind: "initial" } as const;
  const frame = { ids: session.store.itemIds(freeze.id), strata };
  const items = performDraw(frame, { ...terms, purpose }, [], digest);
  return logDraw(session, freeze, { ...terms, purpose, items, rationale: request.rationale });
}

/** What is logged of a draw besides where it was drawn from, by whom and when. */
export type DrawnTerms = Omit<
  Draw,
  "id" | "freezeId" | "population" | "populationDigest" | "populationSize" | "statistical" | "at" | "by"
>;

/** @throws request-invalid, seed-used */
export function logDraw(session: Session, freeze: Freeze, drawn: DrawnTerms): DrawView {
  const draw: Draw = {
    id: randomUUID(),
    freezeId: freeze.id,
    population: freeze.population,
    populationDigest: freeze.digest,
    populationSize: freeze.size,
    statistical: isStatistical(drawn.method),
    ...drawn,
    at: session.now(),
    by: session.store.engagement().auditor,
  };
  session.writable.appendDraw(draw);
  session.emit("engagement-changed", {});
  return viewDraw(session, draw);
}

/** Asked before the ids are read: the store holds to it in any case. */
function requireFreshSeed(session: Session, population: PopulationKind, seed: string): void {
  if (seed === "" || !session.store.draws().some((draw) => draw.seed === seed && draw.population === population))
    return;
  throw new TickmarkError(
    "seed-used",
    `The seed "${seed}" was used for an earlier draw of ${nounsOf(population)}.`,
    "A seed is used once: give another, which nobody could know before the freeze.",
  );
}
