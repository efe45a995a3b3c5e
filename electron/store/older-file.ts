import { closeSync, fsyncSync, openSync, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { type Connection, close, openLocked } from "./connection.ts";
import type { Migration } from "./migrations/migration.ts";
import { migrateTo, newestVersion, requireSchema } from "./schema.ts";

/**
 * Makes a copy of an open file of an older version and brings the copy to the newest one. The file itself is only read.
 *
 * @param finish what else belongs into the copy, such as the entry in its activity log
 */
export function makeMigratedCopy(
  original: Connection,
  copyPath: string,
  migrations: readonly Migration[],
  finish: (copy: Connection) => void,
): void {
  removeWithJournals(copyPath);
  try {
    original.prepare("VACUUM INTO ?").run(copyPath);
    const copy = openLocked(copyPath);
    try {
      migrateTo(copy, newestVersion(migrations), migrations);
      requireSchema(copy, copyPath, migrations);
      finish(copy);
    } finally {
      close(copy);
    }
    flush(copyPath);
  } catch (thrown) {
    removeWithJournals(copyPath);
    throw thrown;
  }
}

/** Puts the migrated copy in the place of the original, which is closed on the way. Until then the original is whole. */
export function replaceByCopy(original: Connection, path: string, copyPath: string): void {
  try {
    // Windows does not rename over an open file. Elsewhere the lock is kept until the new file is in place.
    if (process.platform === "win32") close(original);
    renameSync(copyPath, path);
    flushFolder(path);
  } catch (thrown) {
    removeWithJournals(copyPath);
    throw thrown;
  } finally {
    if (original.open) close(original);
  }
}

export function removeWithJournals(path: string): void {
  for (const side of ["", "-journal", "-wal"]) rmSync(`${path}${side}`, { force: true });
}

function flush(path: string): void {
  const handle = openSync(path, "r+");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function flushFolder(path: string): void {
  // A folder cannot be opened on Windows, where a rename is kept without it.
  if (process.platform !== "win32") {
    const handle = openSync(dirname(path), "r");
    try {
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  }
}
