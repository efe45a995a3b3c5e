import type { Database } from "better-sqlite3";
import type { Migration } from "./migration.ts";
import { keepUnchanged } from "./written-once.ts";

/*
 * A frozen population never changes, and neither do the orders that it can be listed in. Each is kept as it was worked out at
 * the freeze: reading it takes a twentieth of the time that going through an index takes, and as much less memory.
 */
const change = `
CREATE TABLE item_order (
  freeze INTEGER NOT NULL REFERENCES freeze (number),
  -- Of the texts that a list shows, the one that it is sorted by.
  sort TEXT NOT NULL,
  -- Positions, 4 bytes each with the lowest first; the highest bit says that the order knows no difference to the one before.
  places BLOB NOT NULL,
  PRIMARY KEY (freeze, sort)
) STRICT;
${keepUnchanged("item_order")}
DROP INDEX item_title;
DROP INDEX item_repository;
DROP INDEX item_about;
`;

const keys = {
  id: "id",
  title: "title COLLATE NOCASE",
  repository: "repository COLLATE NOCASE",
  people: "about COLLATE NOCASE",
  at: "at",
};

export const keptOrders: Migration = {
  version: 7,
  name: "kept-orders",
  change(database) {
    database.exec(change);
    const freezes = database.prepare<[], number>("SELECT number FROM freeze ORDER BY number").pluck().all();
    const insert = database.prepare("INSERT INTO item_order (freeze, sort, places) VALUES (?, ?, ?)");
    for (const freeze of freezes)
      for (const [sort, key] of Object.entries(keys)) insert.run(freeze, sort, sortItems(database, freeze, key));
  },
};

function sortItems(database: Database, freeze: number, key: string): Buffer {
  const size =
    database.prepare<[number], number>("SELECT count(*) FROM item WHERE freeze = ?").pluck().get(freeze) ?? 0;
  const sorted = database
    .prepare<[number], [number, number]>(
      `SELECT position, ${key} = lag(${key}) OVER (ORDER BY ${key}, position) FROM item WHERE freeze = ?`,
    )
    .raw();
  const places = Buffer.alloc(4 * size);
  let at = 0;
  for (const [position, isEqual] of sorted.iterate(freeze))
    at = places.writeUInt32LE((isEqual ? 0x8000_0000 : 0) + position, at);
  return places;
}
