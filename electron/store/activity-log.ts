import type { z } from "zod";
import { Activity, ActivityEntry } from "../../shared/model/activity.ts";
import { chainStart, sealActivity } from "../../shared/model/activity-chain.ts";
import type { Sha256 } from "../../shared/model/digest.ts";
import type { Instant } from "../../shared/model/instant.ts";
import type { Connection } from "./connection.ts";
import { digest } from "./digest.ts";
import { asJson, unreadableRow, writeJson } from "./json-column.ts";

export interface ActivityReading {
  /** Number and hash of the last entry: 0 and 64 zeros for an empty log. */
  activityHead(): { readonly number: number; readonly hash: Sha256 };
  /** All entries. */
  activities(): Activity[];
  /** A part of them, as a list shows them. */
  activityEntries(part: { readonly offset: number; readonly limit: number }): ActivityEntry[];
  /** Entries of some kinds, in the order of the log. */
  activitiesOf(kinds: readonly Activity["kind"][]): Activity[];
  /** Number of the last entry of a kind; 0 where there is none. */
  latestNumber(kind: Activity["kind"]): number;
  /** The last entry of a kind. An entry of a draw of everything names a million items: whoever wants one act reads that one. */
  latestActivity(kind: Activity["kind"]): Activity | undefined;
}

/** An act to be logged. `before` and `after` are anything that JSON can say. */
export type Act = Pick<Activity, "by" | "kind" | "subject"> & { readonly before: unknown; readonly after: unknown };

/** Where the store logs what it does. A copy of a log that is there already logs nothing. */
export interface ActLogging {
  appendActivity(act: Act): unknown;
}

export interface ActivityWriting extends ActLogging {
  /** Logs an act and answers with its entry. Acts that the store does itself are logged by it, in the same transaction. */
  appendActivity(act: Act): Activity;
}

interface ActivityRow extends Omit<Activity, "before" | "after"> {
  before: string;
  after: string;
}

export function readActivityLog(database: Connection): ActivityReading {
  const head = database.prepare<[], { number: number; hash: Sha256 }>(
    "SELECT number, hash FROM activity ORDER BY number DESC LIMIT 1",
  );
  const all = database.prepare<[], ActivityRow>("SELECT * FROM activity ORDER BY number");
  const latest = database.prepare<[string], ActivityRow>(
    "SELECT * FROM activity WHERE kind = ? ORDER BY number DESC LIMIT 1",
  );
  const ofKinds = database.prepare<[string], ActivityRow>(
    "SELECT * FROM activity WHERE kind IN (SELECT value FROM json_each(?)) ORDER BY number",
  );
  const number = database.prepare<[string], number>("SELECT max(number) FROM activity WHERE kind = ?").pluck();
  const listed = database.prepare<[number, number], ActivityEntry>(
    'SELECT number, at, "by", kind, subject, previous, hash FROM activity ORDER BY number LIMIT ? OFFSET ?',
  );
  return {
    activityEntries: ({ offset, limit }) =>
      listed.all(limit, offset).map((row) => {
        const read = ActivityEntry.safeParse(row);
        if (read.success) return read.data;
        throw unreadableRow(`entry ${row.number} of its activity log`, read.error);
      }),
    latestNumber: (kind) => number.get(kind) ?? 0,
    activitiesOf: (kinds) => ofKinds.all(JSON.stringify(kinds)).map(readActivity),
    latestActivity(kind) {
      const row = latest.get(kind);
      return row && readActivity(row);
    },
    activityHead: () => head.get() ?? { number: 0, hash: chainStart },
    activities: () => all.all().map(readActivity),
  };
}

function readActivity(row: ActivityRow): Activity {
  try {
    return Activity.parse({ ...row, before: JSON.parse(row.before), after: JSON.parse(row.after) });
  } catch (cause) {
    throw unreadableRow(`entry ${row.number} of its activity log`, cause);
  }
}

export function writeActivityLog(database: Connection, now: () => Instant): ActivityWriting {
  const { activityHead } = readActivityLog(database);
  const insert = database.prepare(
    `INSERT INTO activity (number, at, "by", kind, subject, before, after, previous, hash)
     VALUES (@number, @at, @by, @kind, @subject, @before, @after, @previous, @hash)`,
  );
  return {
    appendActivity({ by, kind, subject, before, after }) {
      const last = activityHead();
      const entry = sealActivity(
        {
          number: last.number + 1,
          at: now(),
          by,
          kind,
          subject,
          before: asJson(before) as z.core.util.JSONType,
          after: asJson(after) as z.core.util.JSONType,
          previous: last.hash,
        },
        digest,
      );
      insert.run({ ...entry, before: writeJson(entry.before), after: writeJson(entry.after) });
      return entry;
    },
  };
}
