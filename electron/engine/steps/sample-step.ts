import { randomUUID } from "node:crypto";
import { idsPath } from "../../../shared/bundle/bundle-parts.ts";
import { TickmarkError } from "../../../shared/errors.ts";
import type { Draw, Freeze, PopulationKind, SampleMethod } from "../../../shared/model/sample.ts";
import type { DrawView } from "../../../shared/model/view.ts";
import { performDraw } from "../../../shared/sample/draw.ts";
import { describeDraw } from "../../../shared/sample/rank-selection.ts";
import { digest } from "../digest.ts";
import type { Session } from "../session.ts";

export interface DrawRequest {
  readonly population: PopulationKind;
  readonly method: SampleMethod;
  readonly size: number;
  readonly seed: string;
  readonly rationale: string;
}

/**
 * Draws a sample from the frozen population and logs it; the entry cannot be taken back.
 * @throws stage-order before the freeze, seed-used, sample-size-invalid
 */
export function drawSample(session: Session, request: DrawRequest): DrawView {
  const { store } = session;
  const freeze = requireFreeze(session, request.population);
  const seed = request.method === "everything" ? "" : request.seed;
  if (seed !== "" && store.draws().some((draw) => draw.seed === seed && draw.population === request.population)) {
    throw new TickmarkError(
      "seed-used",
      `The seed "${seed}" was used for an earlier draw of ${request.population}s.`,
      "A seed is used once: give another, which nobody could know before the freeze.",
    );
  }
  const items = performDraw(store.itemIds(freeze.id), { ...request, seed }, digest);
  const draw: Draw = {
    id: randomUUID(),
    freezeId: freeze.id,
    population: request.population,
    populationDigest: freeze.digest,
    populationSize: freeze.size,
    method: request.method,
    seed,
    size: items.length,
    rationale: request.rationale,
    at: session.now(),
    by: store.engagement().auditor,
    items,
  };
  store.appendDraw(draw);
  session.emit("engagement-changed", {});
  return viewDraw(draw);
}

/** The draw that is tested: the newest one from the newest freeze. */
export function currentDraw(session: Session, population: PopulationKind): Draw | undefined {
  const freeze = session.store.latestFreeze(population);
  return session.store
    .draws()
    .filter((draw) => freeze && draw.freezeId === freeze.id)
    .at(-1);
}

export function viewDraw(draw: Draw): DrawView {
  const file = idsPath(draw.population);
  const command = draw.method === "everything" ? `LC_ALL=C sort ${file}` : describeDraw(draw.seed, draw.size, file);
  return { draw, command };
}

export function requireFreeze(session: Session, population: PopulationKind): Freeze {
  const freeze = session.store.latestFreeze(population);
  if (freeze) return freeze;
  throw new TickmarkError(
    "stage-order",
    `The population of ${population}s is not frozen yet.`,
    "Freeze it first: a sample drawn from a population that can still change proves nothing.",
  );
}
