import type { Database } from "better-sqlite3";

/** One step from a version of the engagement file to the next. Never changed once released: files out there were made by it. */
export interface Migration {
  /** The file's `user_version` afterwards. */
  readonly version: number;
  readonly name: string;
  /** Runs in a transaction, with foreign keys checked at its end instead of during it. */
  change(database: Database): void;
}
