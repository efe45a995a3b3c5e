import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { close, endWriting, openShared } from "./connection.ts";
import { type ReadableEngagement, readableOver } from "./engagement-handle.ts";
import { openChecked } from "./engagement-opening.ts";
import { readEngagementRow } from "./engagement-row.ts";
import { withFaults } from "./faults.ts";
import { inspectFile, requireWritable } from "./file-header.ts";
import { allMigrations } from "./migrations/all-migrations.ts";
import type { Migration } from "./migrations/migration.ts";
import { makeMigratedCopy } from "./older-file.ts";
import { newestVersion, requireSchema } from "./schema.ts";

/**
 * Opens an engagement file for reading. Others may read it meanwhile; nobody can write. The file is not changed, but for
 * one case: when whoever wrote it was killed, what lies in the journal beside it is first brought into it.
 * A file of an older version is read from a migrated copy in the system's folder for temporary files.
 *
 * @throws engagement-missing, engagement-busy, engagement-corrupt, engagement-newer, file-unreadable; file-unwritable
 * when a journal lies beside it and its folder cannot be written to
 */
export function openForReading(path: string, migrations: readonly Migration[] = allMigrations): ReadableEngagement {
  return withFaults(path, () => {
    const whole = realpathSync(path);
    const { version, leftOpen } = inspectFile(whole, newestVersion(migrations));
    if (leftOpen) settle(whole, migrations);
    return version < newestVersion(migrations) ? readOlder(whole, migrations) : readCurrent(whole, whole, migrations);
  });
}

function settle(path: string, migrations: readonly Migration[]): void {
  requireWritable(path);
  endWriting(openChecked(path, migrations));
}

/** Opens a copy under the name of what it was made from. @param atClose removes it */
export function openCopy(path: string, namedPath: string, atClose: () => void): ReadableEngagement {
  return withFaults(namedPath, () => readCurrent(path, namedPath, allMigrations, atClose));
}

function readCurrent(
  path: string,
  namedPath: string,
  migrations: readonly Migration[],
  atClose?: () => void,
): ReadableEngagement {
  const database = openShared(path);
  try {
    requireSchema(database, namedPath, migrations);
    readEngagementRow(database).engagement();
    return readableOver(database, namedPath, atClose);
  } catch (thrown) {
    close(database);
    throw thrown;
  }
}

function readOlder(path: string, migrations: readonly Migration[]): ReadableEngagement {
  const folder = mkdtempSync(join(tmpdir(), "tickmark-"));
  const removeCopy = () => rmSync(folder, { recursive: true, force: true });
  try {
    const copyPath = join(folder, "copy.tickmark");
    const original = openShared(path);
    try {
      requireSchema(original, path, migrations);
      makeMigratedCopy(original, copyPath, migrations, () => {});
    } finally {
      close(original);
    }
    return readCurrent(copyPath, path, migrations, removeCopy);
  } catch (thrown) {
    removeCopy();
    throw thrown;
  }
}
