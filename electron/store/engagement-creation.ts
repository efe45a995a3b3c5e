import { closeSync, openSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Engagement } from "../../shared/model/engagement.ts";
import type { Instant } from "../../shared/model/instant.ts";
import { writeActivityLog } from "./activity-log.ts";
import { beginWriting, type Connection, close, inOneStep, layOut, openLocked } from "./connection.ts";
import { type WritableEngagement, type WritingContext, writableOver } from "./engagement-handle.ts";
import { insertEngagement } from "./engagement-row.ts";
import { fileFault, withFaults } from "./faults.ts";
import { applicationId } from "./file-header.ts";
import { allMigrations } from "./migrations/all-migrations.ts";
import type { Migration } from "./migrations/migration.ts";
import { removeWithJournals } from "./older-file.ts";
import { migrateTo, newestVersion } from "./schema.ts";

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
