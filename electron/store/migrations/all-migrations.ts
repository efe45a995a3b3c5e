import { firstTables } from "./0001-first-tables.ts";
import type { Migration } from "./migration.ts";

/** In order, from version 1 without a gap. */
export const allMigrations: readonly Migration[] = [firstTables];
