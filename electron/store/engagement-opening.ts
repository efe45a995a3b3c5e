import { realpathSync } from "node:fs";
import type { Instant } from "../../shared/model/instant.ts";
import { writeActivityLog } from "./activity-log.ts";
import { beginWriting, type Connection, close, openLocked } from "./connection.ts";
import { type WritableEngagement, type WritingContext, writableOver } from "./engagement-handle.ts";
import { readEngagementRow } from "./engagement-row.ts";
import { withFaults } from "./faults.ts";
import { inspectFile, requireWritable } from "./file-header.ts";
import { allMigrations } from "./migrations/all-migrations.ts";
import type { Migration } from "./migrations/migration.ts";
import { makeMigratedCopy, replaceByCopy } from "./older-file.ts";
import { interruptAbandonedPulls } from "./pull-writing.ts";
import { newestVersion, requireSchema, versionOf } from "./schema.ts";

/** Name that the program's own acts are logged under. */
const program = "Tickmark";

/**
 * Opens an engagement file for work. No other process can open it meanwhile. A file of an older version is migrated as a
 * copy, which then takes its place; pulls that a crash left running become interrupted and can be gone on with.
 * On any fault the file stays as it was, byte for byte.
 *
 * @throws engagement-missing, engagement-busy, engagement-corrupt, engagement-newer, file-unreadable, file-unwritable, disk-full
 */
export function openEngagement(
  path: string,
  { now }: WritingContext,
  migrations: readonly Migration[] = allMigrations,
): WritableEngagement {
  return withFaults(path, () => {
    const whole = realpathSync(path);
    inspectFile(whole, newestVersion(migrations));
    requireWritable(whole);
    const database = openCurrent(whole, now, migrations);
    try {
      const writable = writableOver(database, whole, now);
      beginWriting(database);
      interruptAbandonedPulls(database, writable, program);
      return writable;
    } catch (thrown) {
      close(database);
      throw thrown;
    }
  });
}

function openCurrent(path: string, now: () => Instant, migrations: readonly Migration[]): Connection {
  const database = openChecked(path, migrations);
  if (versionOf(database) === newestVersion(migrations)) return database;
  migrateFile(database, path, now, migrations);
  return openChecked(path, migrations);
}

/** Locks a file and checks that it is what Tickmark makes. @throws engagement-busy, engagement-corrupt */
export function openChecked(path: string, migrations: readonly Migration[]): Connection {
  const database = openLocked(path);
  try {
    requireSchema(database, path, migrations);
    readEngagementRow(database).engagement();
    return database;
  } catch (thrown) {
    close(database);
    throw thrown;
  }
}

function migrateFile(original: Connection, path: string, now: () => Instant, migrations: readonly Migration[]): void {
  const copyPath = `${path}-migrating`;
  const before = { version: versionOf(original) };
  try {
    makeMigratedCopy(original, copyPath, migrations, (copy) => {
      const subject = readEngagementRow(copy).engagement().id;
      const after = { version: newestVersion(migrations) };
      writeActivityLog(copy, now).appendActivity({ by: program, kind: "engagement-migrated", subject, before, after });
    });
  } catch (thrown) {
    close(original);
    throw thrown;
  }
  replaceByCopy(original, path, copyPath);
}
