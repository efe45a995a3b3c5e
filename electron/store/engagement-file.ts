import { closeSync, mkdtempSync, openSync, realpathSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import type { Engagement } from "../../shared/model/engagement.ts";
import type { Instant } from "../../shared/model/instant.ts";
import { writeActivityLog } from "./activity-log.ts";
import {
  beginWriting,
  type Connection,
  close,
  endWriting,
  inOneStep,
  layOut,
  openLocked,
  openShared,
} from "./connection.ts";
import { type ReadableEngagement, readableOver, type WritableEngagement, writableOver } from "./engagement-handle.ts";
import { insertEngagement, readEngagementRow } from "./engagement-row.ts";
import { fileFault, withFaults } from "./faults.ts";
import { applicationId, inspectFile, requireWritable } from "./file-header.ts";
import { allMigrations } from "./migrations/all-migrations.ts";
import type { Migration } from "./migrations/migration.ts";
import { makeMigratedCopy, removeWithJournals, replaceByCopy } from "./older-file.ts";
import { interruptAbandonedPulls } from "./pull-writing.ts";
import { migrateTo, newestVersion, requireSchema, versionOf } from "./schema.ts";

export type { ReadableEngagement, WritableEngagement } from "./engagement-handle.ts";

export interface WritingContext {
  /** Own clock, for the activity log. */
  readonly now: () => Instant;
}

/** Name that the program's own acts are logged under. */
const program = "Tickmark";

/**
 * Creates an engagement file and opens it.
 *
 * @param path `NAME.tickmark`; its folder exists
 * @throws engagement-exists, file-unwritable, disk-full
 */
export function createEngagement(
  path: string,
  engagement: Engagement,
  { now }: WritingContext,
  migrations: readonly Migration[] = allMigrations,
): WritableEngagement {
  const whole = resolve(path);
  return withFaults(path, () => {
    reserve(whole);
    try {
      return writableOver(fill(whole, engagement, now, migrations), whole, now);
    } catch (thrown) {
      removeWithJournals(whole);
      throw thrown;
    }
  });
}

/** Makes the file empty, unless there is one: nobody's file is overwritten, whoever else creates one at the same moment. */
function reserve(path: string): void {
  if (!statSync(dirname(path), { throwIfNoEntry: false })?.isDirectory()) {
    throw fileFault("file-unwritable", path, `There is no folder ${dirname(path)}.`);
  }
  closeSync(openSync(path, "wx"));
}

function fill(path: string, engagement: Engagement, now: () => Instant, migrations: readonly Migration[]): Connection {
  const database = openLocked(path);
  try {
    layOut(database, applicationId);
    migrateTo(database, newestVersion(migrations), migrations);
    inOneStep(database, () => {
      insertEngagement(database, engagement);
      const { auditor: by, id: subject } = engagement;
      const log = writeActivityLog(database, now);
      log.appendActivity({ by, kind: "engagement-created", subject, before: null, after: engagement });
    });
    beginWriting(database);
    return database;
  } catch (thrown) {
    close(database);
    throw thrown;
  }
}

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

/** @throws engagement-busy, engagement-corrupt */
function openChecked(path: string, migrations: readonly Migration[]): Connection {
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
