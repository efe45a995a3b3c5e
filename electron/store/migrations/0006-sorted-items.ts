import type { Migration } from "./migration.ts";

/*
 * A million items are sorted in the moment in which somebody asks for it only where they stand sorted already. By time and
 * by id they have an index from the start.
 */
export const sortedItems: Migration = {
  version: 6,
  name: "sorted-items",
  change(database) {
    database.exec(`
      CREATE INDEX item_title ON item (freeze, title COLLATE NOCASE);
      CREATE INDEX item_repository ON item (freeze, repository COLLATE NOCASE);
      CREATE INDEX item_about ON item (freeze, about COLLATE NOCASE);
    `);
  },
};
