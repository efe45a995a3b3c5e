import { TickmarkError } from "../../../shared/errors.ts";
import type { DrawPurpose } from "../../../shared/model/draw-purpose.ts";
import type { ExpandRequest, ReplaceRequest } from "../../../shared/model/draw-request.ts";
import type { Draw, Freeze } from "../../../shared/model/sample.ts";
import type { DrawStrata, Stratum } from "../../../shared/model/stratum.ts";
import type { DrawView } from "../../../shared/model/view.ts";
import { performDraw } from "../../../shared/sample/draw.ts";
import { riskOfExpansion } from "../../../shared/sample/expansion-risk.ts";
import { splitExpansion } from "../../../shared/sample/further-draw.ts";
import { followersOf, type TestedSample } from "../../../shared/sample/tested-samples.ts";
import { digest } from "../digest.ts";
import { requireFreeze } from "../freeze-reading.ts";
import type { Session } from "../session.ts";
import { readTestedSamples } from "../tested-samples.ts";
import { logDraw } from "./sample-step.ts";
import { findControlsDue } from "./second-stage.ts";
import { readStrata } from "./strata-reading.ts";

/**
 * Puts the next item of the ranking in the place of one that cannot be tested.
 * @throws request-invalid, also for missing evidence; sample-exhausted
 */
export function replaceItem(session: Session, request: ReplaceRequest): DrawView {
  const { item, reason, explanation } = request;
  if (reason === "no-evidence") {
    throw new TickmarkError(
      "request-invalid",
      `${item} cannot be replaced because its evidence is missing: missing evidence counts as a deviation (PCAOB AS 2315.40).`,
      "Keep the item; pull the evidence, or dispose of the result with a reason.",
    );
  }
  const sample = requireSample(session, request.drawId);
  const stratum = stratumOfDrawn(sample, item);
  return drawNext(session, sample, {
    purpose: { kind: "replacement", of: sample.id, replaces: item, reason, explanation },
    size: 1,
    sizes: (sizes) => sizes.map((each) => ({ ...each, sample: each.name === stratum ? 1 : 0 })),
    rationale: explanation,
  });
}

/**
 * Draws the next items of the ranking: the second stage of a plan that its first stage calls for, or more outside of any
 * plan, which is logged with its true risk.
 *
 * @throws request-invalid, stage-order when the first stage does not call for a second, sample-exhausted
 */
export function expandSample(session: Session, request: ExpandRequest): DrawView {
  const sample = requireSample(session, request.drawId);
  const { initial } = sample;
  const { rationale } = request;
  if (request.kind === "second-stage") {
    const { controls, size } = findControlsDue(session, sample);
    const purpose = { kind: "second-stage", of: sample.id, controls } as const;
    return drawNext(session, sample, { purpose, size, sizes: (sizes) => [...sizes], rationale });
  }
  if (initial.strata?.allocation === "given") {
    throw new TickmarkError(
      "request-invalid",
      "A stratified sample with sizes that the auditor set cannot be expanded as a whole.",
      "Make a new draw, with the sizes that each stratum shall have.",
    );
  }
  const { size } = request;
  const risk = riskOfExpansion(initial, session.store.draws(), size);
  return drawNext(session, sample, {
    purpose: { kind: "expansion", of: sample.id, risk },
    size,
    sizes: (drawn) => splitExpansion(drawn, size),
    rationale,
  });
}

interface Further {
  readonly purpose: DrawPurpose;
  readonly size: number;
  /** Sizes of the strata of this draw, if it has any, from what was drawn of each so far. */
  readonly sizes: (drawn: readonly Stratum[]) => Stratum[];
  readonly rationale: string;
}

function drawNext(session: Session, { initial }: TestedSample, { purpose, size, sizes, rationale }: Further): DrawView {
  const { store } = session;
  const freeze = requireFreeze(session, initial.population);
  const draws = store.draws();
  const { method, seed } = initial;
  const { strata, ofItems } = readStrataOf(session, freeze, initial);
  const own = strata && { ...strata, sizes: sizes(drawnSoFar(initial, draws)), ofItems: [] };
  const terms = { method, seed, size, purpose, strata: own, items: [], reasons: [], basis: initial.basis };
  const items = performDraw({ ids: store.itemIds(freeze.id), strata: ofItems }, terms, draws, digest);
  const named = own && { ...own, ofItems: items.map((item) => ofItems?.get(item) ?? "") };
  return logDraw(session, freeze, { ...terms, items, strata: named, rationale });
}

function readStrataOf(
  session: Session,
  freeze: Freeze,
  { strata }: Draw,
): { strata: DrawStrata | null; ofItems: ReadonlyMap<string, string> | null } {
  return { strata, ofItems: strata === null ? null : readStrata(session, freeze, strata.key) };
}

/** What was drawn of each stratum, by the initial draw and what followed it. */
function drawnSoFar(initial: Draw, draws: readonly Draw[]): Stratum[] {
  const followers = followersOf(initial, draws);
  return (initial.strata?.sizes ?? []).map(({ name, population, sample }) => {
    const more = followers.map(({ strata }) => strata?.sizes.find((each) => each.name === name)?.sample ?? 0);
    return { name, population, sample: more.reduce((sum, count) => sum + count, sample) };
  });
}

function stratumOfDrawn({ draws }: TestedSample, item: string): string | undefined {
  for (const { items, strata } of draws) {
    const at = items.indexOf(item);
    if (at >= 0) return strata?.ofItems[at];
  }
  return undefined;
}

/** @throws request-invalid when the draw is not of a sample that is tested */
function requireSample(session: Session, drawId: string): TestedSample {
  const sample = readTestedSamples(session).find(({ draws }) => draws.some(({ id }) => id === drawId));
  if (sample) return sample;
  throw new TickmarkError(
    "request-invalid",
    `The draw "${drawId}" is not of a sample that is tested.`,
    "Name a draw of the newest sample, as `sample.list` shows it.",
  );
}
