import { firstTables } from "./0001-first-tables.ts";
import { followingDraws } from "./0002-following-draws.ts";
import { readingOfRecords } from "./0003-reading-of-records.ts";
import { judgementsOfPeople } from "./0004-judgements.ts";
import { resultsByControl } from "./0005-results-by-control.ts";
import { sortedItems } from "./0006-sorted-items.ts";
import { keptOrders } from "./0007-kept-orders.ts";
import { numberLists } from "./0008-number-lists.ts";
import { contentInPieces } from "./0009-content-in-pieces.ts";
import type { Migration } from "./migration.ts";

/** In order, from version 1 without a gap. */
export const allMigrations: readonly Migration[] = [
  firstTables,
  followingDraws,
  readingOfRecords,
  judgementsOfPeople,
  resultsByControl,
  sortedItems,
  keptOrders,
  numberLists,
  contentInPieces,
];
