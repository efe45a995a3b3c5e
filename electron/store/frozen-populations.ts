import { TickmarkError } from "../../shared/errors.ts";
import type { ItemOrder } from "../../shared/model/item-order.ts";
import type { PopulationKind } from "../../shared/model/population-kind.ts";
import { Freeze } from "../../shared/model/sample.ts";
import type { Connection } from "./connection.ts";
import { createOrderReader } from "./item-orders.ts";
import { type ItemTexts, type LatestTexts, textOfItem } from "./item-texts.ts";
import { readJson } from "./json-column.ts";
import { readInPages } from "./paging.ts";

export interface StoredItem {
  readonly id: string;
  /** From 0, in the order in which they were frozen. */
  readonly position: number;
  readonly title: string;
  readonly at: string;
  readonly repository: string;
  /** The item as it was frozen, for the caller to parse. */
  readonly json: unknown;
}

export interface PopulationReading {
  latestFreeze(population: PopulationKind): Freeze | undefined;
  /** @throws request-invalid */
  freezeById(freezeId: string): Freeze;
  /** All freezes, the oldest first. */
  freezes(): Freeze[];
  /** The items at these positions, one after the other. */
  itemsAt(freezeId: string, positions: Iterable<number>): StoredItem[];
  /** Positions of all items, in an order; equal ones as they were frozen, up and down. */
  sortItems(freezeId: string, by: ItemOrder, descending: boolean): Uint32Array;
  /** Positions of the items whose time is in a stretch, of which the end is excluded. */
  itemsBetween(freezeId: string, from: string, to: string): Uint32Array;
  countBetween(freezeId: string, from: string, to: string): number;
  /** Id, title, repository, people and keys of each item, to find words in. The same texts as long as no others are asked for. */
  itemTexts(freezeId: string): ItemTexts;
  /** Items in the order in which they were frozen, from a position on: a whole population is read like this in pages. */
  itemsFrom(freezeId: string, position: number, limit: number): Pick<StoredItem, "id" | "position" | "json">[];
  /** The item's JSON, for the caller to parse. @throws request-invalid when the population has no such item */
  itemById(freezeId: string, id: string): unknown;
  /** Place of an item in the order in which they were frozen; undefined when the population has no such item. */
  positionOf(freezeId: string, id: string): number | undefined;
  /** In byte order (`LC_ALL=C sort`): the order that the population's digest is over. */
  itemIds(freezeId: string): string[];
  /** The same one after the other, where they may be too many to hold. */
  eachItemId(freezeId: string): IterableIterator<string>;
}

type ItemRow = Omit<StoredItem, "json"> & { json: string };

export function readPopulations(database: Connection, latestTexts: LatestTexts): PopulationReading {
  const find = createFreezeFinder(database);
  const readOrder = createOrderReader(database);
  const latest = database.prepare<[string], { id: string; json: string }>(
    "SELECT id, json FROM freeze WHERE population = ? ORDER BY number DESC LIMIT 1",
  );
  const all = database.prepare<[], { id: string; json: string }>("SELECT id, json FROM freeze ORDER BY number");
  const one = database
    .prepare<[number, string], string>(
      "SELECT c.json FROM item i JOIN item_content c ON c.item = i.number WHERE i.freeze = ? AND i.id = ?",
    )
    .pluck();
  const onwards = database.prepare<[number, number, number], Pick<ItemRow, "id" | "position" | "json">>(
    `SELECT i.id, i.position, c.json FROM item i JOIN item_content c ON c.item = i.number
     WHERE i.freeze = ? AND i.position >= ? ORDER BY i.position LIMIT ?`,
  );
  const at = database.prepare<[number, number], ItemRow>(
    `SELECT i.id, i.position, i.title, i.at, i.repository, c.json FROM item i JOIN item_content c ON c.item = i.number
     WHERE i.freeze = ? AND i.position = ?`,
  );
  const between = database
    .prepare<[number, string, string], number>("SELECT number FROM item WHERE freeze = ? AND at >= ? AND at < ?")
    .pluck();
  const count = database
    .prepare<[number, string, string], number>("SELECT count(*) FROM item WHERE freeze = ? AND at >= ? AND at < ?")
    .pluck();
  const first = database.prepare<[number], number>("SELECT number FROM item WHERE freeze = ? AND position = 0").pluck();
  const texts = database
    .prepare<[number, number, number], string>(
      `SELECT ${textOfItem} FROM item i WHERE i.freeze = ? AND i.position >= ? ORDER BY i.position LIMIT ?`,
    )
    .pluck();
  const ids = database.prepare<[number], string>("SELECT id FROM item WHERE freeze = ? ORDER BY id").pluck();
  const idsAfter = database
    .prepare<[number, string, number], string>("SELECT id FROM item WHERE freeze = ? AND id > ? ORDER BY id LIMIT ?")
    .pluck();
  const position = database
    .prepare<[number, string], number>("SELECT position FROM item WHERE freeze = ? AND id = ?")
    .pluck();
  return {
    latestFreeze(population) {
      const row = latest.get(population);
      return row && toFreeze(row);
    },
    freezeById: (freezeId) => toFreeze(find(freezeId)),
    freezes: () => all.all().map(toFreeze),
    itemsAt(freezeId, positions) {
      const { number } = find(freezeId);
      return Array.from(positions, (position) => {
        const row = at.get(number, position);
        if (!row) throw new RangeError(`The frozen population has no item at ${position}.`);
        return { ...row, json: JSON.parse(row.json) };
      });
    },
    sortItems(freezeId, by, descending) {
      const row = find(freezeId);
      return readOrder(row.number, toFreeze(row).size, by, descending);
    },
    itemsBetween(freezeId, from, to) {
      const { number } = find(freezeId);
      return toPositions(between.all(number, from, to), first.get(number));
    },
    countBetween: (freezeId, from, to) => count.get(find(freezeId).number, from, to) ?? 0,
    itemTexts(freezeId) {
      const row = find(freezeId);
      return latestTexts.of(`freeze ${freezeId}`, toFreeze(row).size, (from, limit) =>
        texts.all(row.number, from, limit),
      );
    },
    itemsFrom(freezeId, position, limit) {
      const rows = onwards.all(find(freezeId).number, position, limit);
      return rows.map((row) => ({ ...row, json: JSON.parse(row.json) }));
    },
    itemById(freezeId, id) {
      const json = one.get(find(freezeId).number, id);
      if (json !== undefined) return JSON.parse(json);
      throw new TickmarkError(
        "request-invalid",
        `The frozen population has no item "${id}".`,
        "List the population's items to see their ids.",
      );
    },
    positionOf: (freezeId, id) => position.get(find(freezeId).number, id),
    itemIds: (freezeId) => ids.all(find(freezeId).number),
    *eachItemId(freezeId) {
      const { number } = find(freezeId);
      yield* readInPages(
        (after: string, limit) => idsAfter.all(number, after, limit),
        (id) => id,
        "",
      );
    },
  };
}

/** Items are numbered as they are frozen, in one step and in order: what an index knows of them is their number. */
export function toPositions(numbers: readonly number[], first = 0): Uint32Array {
  const positions = new Uint32Array(numbers.length);
  for (let index = 0; index < numbers.length; index += 1) positions[index] = (numbers[index] ?? 0) - first;
  return positions;
}

export interface FreezeRow {
  number: number;
  id: string;
  json: string;
}

/** @returns a function that finds a freeze's row and throws request-invalid when there is none */
export function createFreezeFinder(database: Connection): (freezeId: string) => FreezeRow {
  const one = database.prepare<[string], FreezeRow>("SELECT number, id, json FROM freeze WHERE id = ?");
  return (freezeId) => {
    const row = one.get(freezeId);
    if (row) return row;
    throw new TickmarkError(
      "request-invalid",
      `There is no frozen population "${freezeId}" in this engagement.`,
      "Freeze the population first.",
    );
  };
}

export function toFreeze(row: { id: string; json: string }): Freeze {
  return readJson(row.json, Freeze, `the frozen population "${row.id}"`);
}
