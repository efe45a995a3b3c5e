import { z } from "zod";
import type { Change } from "../model/change.ts";
import type { ItemsByKind } from "../model/item.ts";
import type { PopulationKind } from "../model/population-kind.ts";
import type { EvidenceFooting } from "./evidence-footing.ts";

/** Lists of numbers that the footing of frozen items is kept as. */
export const footingLists = [
  "always",
  /** Of each frozen change, in the order in which they were frozen. */
  "entry-of-change",
  /** Where in `rests-on` the numbers of an entry begin; one more, where those of the last end. */
  "rests-on-from",
  "rests-on",
  "brought-from",
  "brought",
] as const;
export type FootingList = (typeof footingLists)[number];
export type FootingLists = Readonly<Record<FootingList, Uint32Array>>;

/** What of the footing is no list of numbers. */
export const FootingNames = z.object({
  /** Entries of changes that a frozen one takes back or repeats, and that are not frozen themselves. */
  others: z.record(z.string(), z.int().nonnegative()),
  /** Incident → changes that name it. */
  incidents: z.record(z.string(), z.array(z.string())),
});
export type FootingNames = z.infer<typeof FootingNames>;

/** Takes the footing of frozen items down, so that it can be read again without the evidence. */
export function takeFootingDown(
  footing: EvidenceFooting,
  items: ItemsByKind,
): { readonly lists: FootingLists; readonly names: FootingNames } {
  const entryOf = new Map(items.change.map(({ id }) => [id, footing.entryOf(id)]));
  const named = items.change.flatMap(({ reverts, repeats }) => [...reverts, ...repeats]);
  const others = named.flatMap(({ change }) => {
    const entry = entryOf.has(change) ? undefined : footing.entryOf(change);
    return entry === undefined ? [] : [[change, entry] as const];
  });
  const incidents = items.incident.map(({ id }) => {
    return [id, Array.from(footing.changesBehind("incident", id), (change) => change.id)] as const;
  });
  const rests = listOfLists(footing.entries, (entry) => footing.restsOn(entry));
  const brought = listOfLists(footing.entries, (entry) => footing.broughtWith(entry));
  return {
    lists: {
      "always": Uint32Array.from(new Set(footing.always)),
      "entry-of-change": Uint32Array.from(entryOf.values(), (entry) => entry ?? noEntry),
      "rests-on-from": rests.from,
      "rests-on": rests.numbers,
      "brought-from": brought.from,
      "brought": brought.numbers,
    },
    names: { others: Object.fromEntries(others), incidents: Object.fromEntries(incidents) },
  };
}

/** Where the frozen items are read from. */
export interface FrozenChanges {
  /** Place of a change in the order in which they were frozen; undefined where it was not. */
  placeOf(id: string): number | undefined;
  changeOf(id: string): Change;
  changesOfRepository(repository: string): Iterable<Change>;
}

/** The same footing, of what was taken down. */
export function readFooting(lists: FootingLists, names: FootingNames, frozen: FrozenChanges): EvidenceFooting {
  const others = new Map(Object.entries(names.others));
  const incidents = new Map(Object.entries(names.incidents));
  return {
    always: lists.always,
    entries: lists["rests-on-from"].length - 1,
    entryOf(change) {
      const place = frozen.placeOf(change);
      if (place === undefined) return others.get(change);
      const entry = lists["entry-of-change"][place];
      return entry === noEntry ? undefined : entry;
    },
    restsOn: (entry) => partOf(lists["rests-on-from"], lists["rests-on"], entry),
    broughtWith: (entry) => partOf(lists["brought-from"], lists.brought, entry),
    *changesBehind(population: PopulationKind, id: string) {
      if (population === "review-pattern") yield* frozen.changesOfRepository(id);
      if (population === "incident") for (const change of incidents.get(id) ?? []) yield frozen.changeOf(change);
    },
  };
}

/** Whether the lists fit together: they lie where others can write. @param changes how many were frozen */
export function isFootingWhole(lists: FootingLists, changes: number): boolean {
  const entries = lists["rests-on-from"].length - 1;
  return (
    lists["entry-of-change"].length === changes &&
    lists["brought-from"].length === entries + 1 &&
    lists["entry-of-change"].every((entry) => entry === noEntry || entry < entries) &&
    lists["rests-on"].every((entry) => entry < entries) &&
    isInOrder(lists["rests-on-from"], lists["rests-on"].length) &&
    isInOrder(lists["brought-from"], lists.brought.length)
  );
}

function isInOrder(from: Uint32Array, end: number): boolean {
  return from[0] === 0 && from.at(-1) === end && from.every((number, index) => number <= (from[index + 1] ?? end));
}

const noEntry = 0xffff_ffff;

function listOfLists(count: number, numbersOf: (index: number) => Iterable<number>) {
  const from = new Uint32Array(count + 1);
  const numbers: number[] = [];
  for (let index = 0; index < count; index += 1) {
    from[index] = numbers.length;
    for (const number of numbersOf(index)) numbers.push(number);
  }
  from[count] = numbers.length;
  return { from, numbers: Uint32Array.from(numbers) };
}

function partOf(from: Uint32Array, numbers: Uint32Array, index: number): Uint32Array {
  return numbers.subarray(from[index], from[index + 1]);
}
