import type { Migration } from "./migration.ts";
import { keepUnchanged } from "./written-once.ts";

/*
 * Long lists of numbers beside a freeze. What its items rest on is kept like this, so that an export reads it instead of all the
 * evidence. A population that was frozen before has none.
 */
export const numberLists: Migration = {
  version: 8,
  name: "number-lists",
  change(database) {
    database.exec(`
CREATE TABLE number_list (
  freeze INTEGER NOT NULL REFERENCES freeze (number),
  name TEXT NOT NULL,
  -- 4 bytes each, the lowest first.
  numbers BLOB NOT NULL,
  PRIMARY KEY (freeze, name)
) STRICT;
${keepUnchanged("number_list")}
`);
  },
};
