import Database from "better-sqlite3";
import { holdFile } from "./held-files.ts";

export type Connection = Database.Database;

// 8 KB pages and a journal of 32 MB: measured on 1.5 million records of 600 bytes, 30 µs a record instead of 36 to 50.
const pageSize = 8192;
const cacheKilobytes = 65_536;
const checkpointPages = 4000;

/** Enough for what is read once, from the beginning to the end. */
const smallCacheKilobytes = 8192;

/**
 * Opens a file and locks out every other process, without writing a byte. The lock is the operating system's: it is gone
 * when the process is gone, however it ended.
 *
 * @throws SqliteError SQLITE_BUSY when another process has it open, SQLITE_NOTADB, SQLITE_CORRUPT
 */
export function openLocked(path: string): Connection {
  return openWith(path, {}, (database) => database.exec("BEGIN EXCLUSIVE; COMMIT"));
}

/** Opens a file that was closed properly for reading. Others may read it meanwhile; nobody can write. */
export function openShared(path: string): Connection {
  return openWith(path, { readonly: true }, (database) => database.prepare("SELECT count(*) FROM sqlite_schema").get());
}

function openWith(path: string, options: Database.Options, lock: (database: Connection) => unknown): Connection {
  const database = new Database(path, { ...options, fileMustExist: true, timeout: 0 });
  const release = holdFile(path);
  try {
    // Locks are kept from the first use to the end; in write-ahead mode this also does without shared memory.
    database.pragma("locking_mode = EXCLUSIVE");
    // The file may come from anybody: its schema runs no functions with effects, its pages are checked when read,
    // and it is never mapped into memory, where a cut-off file would end the process.
    database.pragma("trusted_schema = OFF");
    database.pragma("cell_size_check = ON");
    database.pragma("mmap_size = 0");
    database.pragma("foreign_keys = ON");
    // Else INSERT OR REPLACE would pass the triggers that keep evidence.
    database.pragma("recursive_triggers = ON");
    database.pragma(`cache_size = -${cacheKilobytes}`);
    lock(database);
  } catch (thrown) {
    database.close();
    release();
    throw thrown;
  }
  releases.set(database, release);
  return database;
}

const releases = new WeakMap<Connection, () => void>();

/** Sets up an empty file before its first table. */
export function layOut(database: Connection, applicationId: number): void {
  database.pragma(`page_size = ${pageSize}`);
  database.pragma(`application_id = ${applicationId}`);
}

/** Goes over to write-ahead mode. From here on the file itself and the journal beside it belong together. */
export function beginWriting(database: Connection): void {
  database.pragma("journal_mode = WAL");
  // In write-ahead mode a power cut can take the last steps with it, but never tears one; a crash of the process takes nothing.
  database.pragma("synchronous = NORMAL");
  database.pragma(`wal_autocheckpoint = ${checkpointPages}`);
}

/** Closes so that a single file remains. When that fails (a full disk), the journal stays beside it and nothing is lost. */
export function endWriting(database: Connection): void {
  if (!database.open) return;
  try {
    database.pragma("wal_checkpoint(TRUNCATE)");
    database.pragma("journal_mode = DELETE");
  } finally {
    close(database);
  }
}

export function close(database: Connection): void {
  // Closed once only: the file may have been opened again meanwhile, and that hold is not this one's to give away.
  if (!database.open) return;
  database.close();
  releases.get(database)?.();
}

/** Runs `act` as one step: all of it is kept, or nothing. Steps inside steps are part of the outer one. */
export function inOneStep<T>(database: Connection, act: () => T): T {
  return database.transaction(act).immediate() as T;
}

/** What goes through all of a file finds nothing in a large cache again: without it, it needs 60 MB less. */
export function keepSmallCache(database: Connection, isSmall: boolean): void {
  if (!database.open) return;
  database.pragma(`cache_size = -${isSmall ? smallCacheKilobytes : cacheKilobytes}`);
  database.pragma("shrink_memory");
}
