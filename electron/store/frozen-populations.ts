import { TickmarkError } from "../../shared/errors.ts";
import type { PopulationKind } from "../../shared/model/population-kind.ts";
import { Freeze } from "../../shared/model/sample.ts";
import type { Connection } from "./connection.ts";
import { readJson } from "./json-column.ts";

/** What of a frozen population's items is asked for. Bounds are instants; `to` is excluded. */
export interface ItemFilter {
  /** Part of the id, the title or the repository; letters of ASCII without regard to case. */
  readonly search?: string;
  readonly from?: string;
  readonly to?: string;
}

export interface ItemPage extends ItemFilter {
  readonly offset: number;
  readonly limit: number;
  /** By default in the order in which they were frozen. */
  readonly order?: { readonly by: "position" | "id" | "title" | "at" | "repository"; readonly descending?: boolean };
}

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
  items(freezeId: string, page: ItemPage): StoredItem[];
  /** Items in the order in which they were frozen, from a position on: a whole population is read like this in pages. */
  itemsFrom(freezeId: string, position: number, limit: number): Pick<StoredItem, "id" | "position" | "json">[];
  countItems(freezeId: string, filter?: ItemFilter): number;
  /** The item's JSON, for the caller to parse. @throws request-invalid when the population has no such item */
  itemById(freezeId: string, id: string): unknown;
  /** In byte order (`LC_ALL=C sort`): the order that the population's digest is over. */
  itemIds(freezeId: string): string[];
}

type FilterValues = { freeze: number; search: string | null; from: string; to: string };
type ItemRow = Omit<StoredItem, "json"> & { json: string };

const condition = `i.freeze = @freeze AND i.at >= @from AND i.at < @to AND (@search IS NULL
  OR i.id LIKE @search ESCAPE '\\' OR i.title LIKE @search ESCAPE '\\' OR i.repository LIKE @search ESCAPE '\\')`;

// The only words that become part of a statement.
const orders = {
  position: "i.position",
  id: "i.id",
  title: "i.title",
  at: "i.at",
  repository: "i.repository",
} as const;

export function readPopulations(database: Connection): PopulationReading {
  const find = createFreezeFinder(database);
  const latest = database.prepare<[string], { id: string; json: string }>(
    "SELECT id, json FROM freeze WHERE population = ? ORDER BY number DESC LIMIT 1",
  );
  const all = database.prepare<[], { id: string; json: string }>("SELECT id, json FROM freeze ORDER BY number");
  const count = database.prepare<FilterValues, number>(`SELECT count(*) FROM item i WHERE ${condition}`).pluck();
  const one = database
    .prepare<[number, string], string>(
      "SELECT c.json FROM item i JOIN item_content c ON c.item = i.number WHERE i.freeze = ? AND i.id = ?",
    )
    .pluck();
  const onwards = database.prepare<[number, number, number], Pick<ItemRow, "id" | "position" | "json">>(
    `SELECT i.id, i.position, c.json FROM item i JOIN item_content c ON c.item = i.number
     WHERE i.freeze = ? AND i.position >= ? ORDER BY i.position LIMIT ?`,
  );
  const ids = database.prepare<[number], string>("SELECT id FROM item WHERE freeze = ? ORDER BY id").pluck();
  return {
    latestFreeze(population) {
      const row = latest.get(population);
      return row && toFreeze(row);
    },
    freezeById: (freezeId) => toFreeze(find(freezeId)),
    freezes: () => all.all().map(toFreeze),
    items(freezeId, { offset, limit, order = { by: "position" }, ...filter }) {
      const rows = database
        .prepare<FilterValues & { offset: number; limit: number }, ItemRow>(selectPage(order))
        .all({ ...toValues(find(freezeId).number, filter), offset, limit });
      return rows.map((row) => ({ ...row, json: JSON.parse(row.json) }));
    },
    itemsFrom(freezeId, position, limit) {
      const rows = onwards.all(find(freezeId).number, position, limit);
      return rows.map((row) => ({ ...row, json: JSON.parse(row.json) }));
    },
    countItems: (freezeId, filter = {}) => count.get(toValues(find(freezeId).number, filter)) ?? 0,
    itemById(freezeId, id) {
      const json = one.get(find(freezeId).number, id);
      if (json !== undefined) return JSON.parse(json);
      throw new TickmarkError(
        "request-invalid",
        `The frozen population has no item "${id}".`,
        "List the population's items to see their ids.",
      );
    },
    itemIds: (freezeId) => ids.all(find(freezeId).number),
  };
}

/** The page is chosen among the narrow rows; only its items' content is read. */
function selectPage({ by, descending }: NonNullable<ItemPage["order"]>): string {
  const order = `ORDER BY ${orders[by]} ${descending ? "DESC" : "ASC"}, i.position`;
  return `SELECT i.id, i.position, i.title, i.at, i.repository, c.json
    FROM (SELECT * FROM item i WHERE ${condition} ${order} LIMIT @limit OFFSET @offset) i
    JOIN item_content c ON c.item = i.number ${order}`;
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

// Instants begin with a digit, which stands before it.
const afterEveryInstant = "~";

function toValues(freeze: number, { search = "", from = "", to = afterEveryInstant }: ItemFilter): FilterValues {
  return { freeze, from, to, search: search === "" ? null : `%${search.replace(/[\\%_]/g, "\\$&")}%` };
}
