import type { Digest } from "../model/digest.ts";
import type { Item } from "../model/item.ts";
import type { PopulationKind } from "../model/population-kind.ts";
import type { Draw } from "../model/sample.ts";
import type { DrawStrata, Stratum } from "../model/stratum.ts";
import { splitExpansion } from "../sample/further-draw.ts";
import { allocateProportionally } from "../sample/strata-allocation.ts";
import { countStrata, digestStrata, type StrataOfItems } from "../sample/stratified-selection.ts";
import { stratumOf } from "../sample/stratum-of.ts";
import { followersOf } from "../sample/tested-samples.ts";
import type { BundleStatements } from "./bundle-reading.ts";
import type { DrawFault } from "./draw-fault.ts";

/**
 * The strata of a draw: the list is the one that was fixed with the draw and has every item of the population once, sizes
 * and allocation come out of it, and each item that the bundle describes is in the stratum that it belongs to.
 */
export function findStrataFault(
  draw: Draw,
  before: readonly Draw[],
  statements: BundleStatements,
  digest: Digest,
): DrawFault | undefined {
  const { strata } = draw;
  if ((draw.method === "stratified") !== (strata !== null)) {
    return { what: `A draw by the method ${draw.method} has ${strata ? "" : "no "}strata.` };
  }
  if (strata === null) return undefined;
  const ofItems = statements.strata.get(draw.population)?.get(strata.key);
  if (ofItems === undefined) return { what: `The list of strata by ${strata.key} is not in the bundle.` };
  return (
    findListFault(strata, ofItems, statements.ids.get(draw.population) ?? [], digest) ??
    findAllocationFault(draw, strata, ofItems, before) ??
    findNameFault(draw, strata, ofItems) ??
    findItemFault(strata, ofItems, statements, draw.population)
  );
}

function findListFault(
  strata: DrawStrata,
  ofItems: StrataOfItems,
  ids: readonly string[],
  digest: Digest,
): DrawFault | undefined {
  const found = digestStrata(ofItems, digest);
  if (found !== strata.digest) {
    return { what: "The strata are not those that the draw was made from.", expected: strata.digest, found };
  }
  const missing = ids.find((id) => !ofItems.has(id));
  if (missing === undefined && ids.length === ofItems.size) return undefined;
  return {
    what: "The strata are not those of the frozen population.",
    expected: `${ids.length} ids`,
    found: `${ofItems.size} ids`,
  };
}

function findAllocationFault(
  draw: Draw,
  strata: DrawStrata,
  ofItems: StrataOfItems,
  before: readonly Draw[],
): DrawFault | undefined {
  const expected = allocate(draw, strata, ofItems, before);
  const at = expected.findIndex(({ name, population, sample }, i) => {
    const stated = strata.sizes[i];
    return stated?.name !== name || stated.population !== population || stated.sample !== sample;
  });
  if (at === -1 && expected.length === strata.sizes.length) return undefined;
  const say = (stratum: Stratum | undefined) =>
    stratum === undefined ? "nothing" : `${stratum.name}: ${stratum.sample} of ${stratum.population}`;
  return { what: "The strata have other sizes.", expected: say(strata.sizes[at]), found: say(expected[at]) };
}

/** Sizes that the auditor gave are taken over; those of the population never are. */
function allocate(draw: Draw, strata: DrawStrata, ofItems: StrataOfItems, before: readonly Draw[]): Stratum[] {
  const counts = countStrata(ofItems);
  const { purpose } = draw;
  const given = new Map(strata.sizes.map(({ name, sample }) => [name, sample]));
  const counted = [...counts].map(([name, population]) => ({ name, population, sample: given.get(name) ?? 0 }));
  if (purpose.kind === "initial") {
    return strata.allocation === "given" ? counted : allocateProportionally(counts, draw.size);
  }
  if (purpose.kind === "replacement") {
    const own = ofItems.get(purpose.replaces);
    return counted.map((stratum) => ({ ...stratum, sample: stratum.name === own ? 1 : 0 }));
  }
  const initial = before.find(({ id }) => id === purpose.of);
  const drawn = initial === undefined ? [] : [initial, ...followersOf(initial, before)].flatMap(({ items }) => items);
  const drawnOf = counted.map((stratum) => {
    const sample = drawn.filter((item) => ofItems.get(item) === stratum.name).length;
    return { ...stratum, sample };
  });
  return splitExpansion(drawnOf, draw.size);
}

function findNameFault(draw: Draw, strata: DrawStrata, ofItems: StrataOfItems): DrawFault | undefined {
  const at = draw.items.findIndex((item, i) => strata.ofItems[i] !== ofItems.get(item));
  if (at === -1 && strata.ofItems.length === draw.items.length) return undefined;
  const item = draw.items[at] ?? "";
  return {
    what: "A drawn item is in another stratum than the draw says.",
    subject: item,
    expected: strata.ofItems[at] ?? "nothing",
    found: ofItems.get(item) ?? "nothing",
  };
}

function findItemFault(
  { key }: DrawStrata,
  ofItems: StrataOfItems,
  { items, engagement }: BundleStatements,
  population: PopulationKind,
): DrawFault | undefined {
  return findMisplaced(
    items.get(population) ?? [],
    (item) => stratumOf(population, item, key, engagement.engagement.period.timeZone),
    ofItems,
  );
}

/** The first item whose stratum comes out otherwise. */
function findMisplaced(
  items: readonly Item[],
  nameOf: (item: Item) => string,
  ofItems: StrataOfItems,
): DrawFault | undefined {
  for (const item of items) {
    const found = nameOf(item);
    const expected = ofItems.get(item.id);
    if (expected !== undefined && expected !== found) {
      return { what: "An item belongs to another stratum than the list says.", subject: item.id, expected, found };
    }
  }
  return undefined;
}

/** With all evidence, the stratum of every item comes out of it. */
export function findRebuiltFault(
  statements: BundleStatements,
  population: PopulationKind,
  items: readonly Item[],
): DrawFault | undefined {
  const { timeZone } = statements.engagement.engagement.period;
  for (const [key, ofItems] of statements.strata.get(population) ?? []) {
    const fault = findMisplaced(items, (item) => stratumOf(population, item, key, timeZone), ofItems);
    if (fault) return fault;
  }
  return undefined;
}
