import { TickmarkError } from "../errors.ts";
import type { Digest } from "../model/digest.ts";
import type { DrawPurpose } from "../model/draw-purpose.ts";
import type { Draw } from "../model/sample.ts";
import type { Stratum } from "../model/stratum.ts";
import type { DrawFrame, DrawTerms } from "./draw-terms.ts";
import { firstInRank } from "./rank-selection.ts";
import { allocateProportionally } from "./strata-allocation.ts";
import { groupByStratum, type StrataOfItems } from "./stratified-selection.ts";
import { nextInFrame } from "./systematic-selection.ts";
import { followersOf } from "./tested-samples.ts";

type FollowingPurpose = Exclude<DrawPurpose, { kind: "initial" }>;

/**
 * What follows an initial draw: always the next items of the same ranking, never those of a new seed.
 *
 * @throws sample-exhausted when there are no more items, request-invalid when such a draw cannot follow
 */
export function drawFurther(
  frame: DrawFrame,
  draw: DrawTerms,
  purpose: FollowingPurpose,
  before: readonly Draw[],
  digest: Digest,
): string[] {
  const initial = requireInitial(before, purpose.of);
  const used = usedItems(initial, before);
  if (purpose.kind === "replacement") requireReplaceable(initial, before, used, purpose.replaces);
  const items = selectNext(frame, { initial, used, draw, purpose }, digest);
  if (items.length === draw.size && draw.size > 0) return items;
  throw exhausted(draw.size, items.length);
}

export function requireInitial(draws: readonly Draw[], id: string): Draw {
  const initial = draws.find((draw) => draw.id === id && draw.purpose.kind === "initial");
  if (initial) return initial;
  throw new TickmarkError(
    "request-invalid",
    `There is no initial draw "${id}" in the draw log.`,
    "Name a draw of the draw log.",
  );
}

/** Everything that an initial draw and those after it have drawn. */
export function usedItems(initial: Draw, draws: readonly Draw[]): Set<string> {
  return new Set([initial, ...followersOf(initial, draws)].flatMap(({ items }) => items));
}

interface Next {
  readonly initial: Draw;
  readonly used: ReadonlySet<string>;
  readonly draw: DrawTerms;
  readonly purpose: FollowingPurpose;
}

function selectNext(frame: DrawFrame, { initial, used, draw, purpose }: Next, digest: Digest): string[] {
  switch (initial.method) {
    case "rank":
      return firstInRank(frame.ids, used.size + draw.size, initial.seed, digest).slice(used.size);
    case "stratified":
      return (draw.strata?.sizes ?? []).flatMap(({ name, sample }) =>
        nextInStratum(frame.strata ?? new Map(), name, sample, { seed: initial.seed, used, digest }),
      );
    case "systematic": {
      if (purpose.kind !== "replacement") throw cannotFollow("A systematic sample has no next items.");
      const next = nextInFrame(frame.ids, purpose.replaces, used);
      return next === undefined ? [] : [next];
    }
    case "everything":
      throw exhausted(draw.size, 0);
    case "targeted":
    case "haphazard":
      throw cannotFollow("Items that the auditor named have no order of rank.");
  }
}

function nextInStratum(
  strata: StrataOfItems,
  name: string,
  count: number,
  { seed, used, digest }: { seed: string; used: ReadonlySet<string>; digest: Digest },
): string[] {
  const group = groupByStratum(strata).get(name) ?? [];
  const drawn = group.filter((id) => used.has(id)).length;
  return firstInRank(group, drawn + count, seed, digest).slice(drawn);
}

/** A replaced item was drawn and is not replaced twice; its replacement may be replaced in turn. */
function requireReplaceable(initial: Draw, before: readonly Draw[], used: ReadonlySet<string>, item: string): void {
  const isReplaced = followersOf(initial, before).some(
    ({ purpose }) => purpose.kind === "replacement" && purpose.replaces === item,
  );
  if (used.has(item) && !isReplaced) return;
  throw new TickmarkError(
    "request-invalid",
    isReplaced ? `"${item}" was replaced already.` : `"${item}" is not in this sample.`,
    isReplaced ? "See the draw log for the item that took its place." : "Name an item of the sample.",
  );
}

/**
 * How an expansion of a proportional stratified sample is split: in proportion to what is left in each stratum.
 * @param sizes strata with the number of items that were drawn from each so far
 * @throws sample-exhausted, sample-size-invalid
 */
export function splitExpansion(sizes: readonly Stratum[], size: number): Stratum[] {
  const left = new Map(sizes.map(({ name, population, sample }) => [name, population - sample]));
  const total = [...left.values()].reduce((sum, count) => sum + count, 0);
  if (size > total) throw exhausted(size, total);
  const more = new Map(allocateProportionally(left, size).map(({ name, sample }) => [name, sample]));
  return sizes.map(({ name, population }) => ({ name, population, sample: more.get(name) ?? 0 }));
}

function exhausted(wanted: number, left: number): TickmarkError {
  return new TickmarkError(
    "sample-exhausted",
    left === 0
      ? "Every item that could be drawn next is in the sample already."
      : `${wanted} more items cannot be drawn: only ${left} are not in the sample yet.`,
    "Keep the item and let the controls that do not apply say so, or ask for fewer items.",
  );
}

function cannotFollow(why: string): TickmarkError {
  return new TickmarkError(
    "request-invalid",
    why,
    "Make a new draw of its own, which the draw log keeps beside this one.",
  );
}
