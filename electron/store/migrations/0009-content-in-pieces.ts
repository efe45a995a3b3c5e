import type { Migration } from "./migration.ts";
import { keepUnchanged } from "./written-once.ts";

/*
 * SQLite takes all of a value into memory for any part of it that is read. A large one is kept in pieces since: the first where it
 * always was, the others here. Those that were kept before stay whole.
 */
export const contentInPieces: Migration = {
  version: 9,
  name: "content-in-pieces",
  change(database) {
    database.exec(`
CREATE TABLE content_piece (
  content INTEGER NOT NULL REFERENCES content (number),
  -- From 1, in their order.
  place INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (content, place)
) STRICT;
${keepUnchanged("content_piece")}
`);
  },
};
