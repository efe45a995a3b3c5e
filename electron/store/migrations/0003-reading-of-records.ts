import type { Migration } from "./migration.ts";

/**
 * What must be known to read a record besides its bytes: encoding, separator, zone, span. The first line stays a column
 * of its own, since it tells equal parts of a file apart; in files from before, the column names stand in `columns`.
 */
export const readingOfRecords: Migration = {
  version: 3,
  name: "reading-of-records",
  change(database) {
    database.exec("ALTER TABLE receipt ADD COLUMN reading TEXT");
  },
};
