import { TickmarkError } from "../../shared/errors.ts";
import type { Activity, ActivityKind } from "../../shared/model/activity.ts";
import { verifyActivityChain } from "../../shared/model/activity-chain.ts";
import { encodeCanonical } from "../../shared/model/canonical-json.ts";
import { readActivityLog } from "./activity-log.ts";
import type { Connection } from "./connection.ts";
import { createContentReader } from "./content.ts";
import { digest, digestLines } from "./digest.ts";
import { readPopulations } from "./frozen-populations.ts";
import { LatestTexts } from "./item-texts.ts";
import { readPulls } from "./pulls.ts";

/** What a whole look at an engagement file found. `problems` are sentences; it is empty when `ok`. */
export interface IntegrityReport {
  readonly ok: boolean;
  readonly problems: readonly string[];
}

export interface IntegrityReading {
  /**
   * Reads the whole file: every page, every hash, the chain of the activity log, and whether the log and the tables tell
   * the same. It takes as long as reading the file does. What is wrong is an answer, not a fault.
   */
  checkIntegrity(): IntegrityReport;
}

const listedProblems = 100;

export function readIntegrity(database: Connection): IntegrityReading {
  const checks = [checkPages, checkContent, checkPulls, checkFreezes, checkLog];
  return {
    checkIntegrity() {
      const problems = checks.flatMap((check) => runCheck(database, check)).slice(0, listedProblems);
      return { ok: problems.length === 0, problems };
    },
  };
}

function runCheck(database: Connection, check: (database: Connection) => Iterable<string>): string[] {
  const problems: string[] = [];
  try {
    for (const problem of check(database)) problems.push(problem);
  } catch (thrown) {
    // A damaged page stops a check in the middle; the others go on.
    if (!(thrown instanceof Error)) throw thrown;
    problems.push(thrown.message);
  }
  return problems;
}

function* checkPages(database: Connection): Generator<string> {
  const rows = database.pragma(`integrity_check(${listedProblems})`) as { integrity_check: string }[];
  for (const { integrity_check: said } of rows) if (said !== "ok") yield `SQLite: ${said}`;
  const broken = database.pragma("foreign_key_check") as { table: string; rowid: number | null; parent: string }[];
  for (const { table, rowid, parent } of broken)
    yield `Row ${rowid ?? "?"} of ${table} points to nothing in ${parent}.`;
}

function* checkContent(database: Connection): Generator<string> {
  const readContent = createContentReader(database);
  const next = database.prepare<[number], number>("SELECT min(number) FROM content WHERE number > ?").pluck();
  for (let number = next.get(0); number; number = next.get(number)) {
    try {
      readContent(number);
    } catch (thrown) {
      if (!(thrown instanceof TickmarkError)) throw thrown;
      yield thrown.message;
    }
  }
}

function* checkPulls(database: Connection): Generator<string> {
  const pulls = readPulls(database);
  const counted = database.prepare<[string], { rows: number; last: number }>(
    `SELECT count(*) AS rows, coalesce(max(r.sequence), 0) AS last
     FROM receipt r JOIN pull p ON p.number = r.pull WHERE p.id = ?`,
  );
  for (const { id, records } of pulls.listPulls()) {
    const found = counted.get(id);
    if (found?.rows !== records || found.last !== records) {
      yield `Pull ${id} counts ${records} records, and ${found?.rows} are there.`;
    }
  }
  for (const { pullId, recordsDigest } of pulls.ipeRecords("all")) {
    if (pulls.recordsDigestOf(pullId) !== recordsDigest)
      yield `The records of pull ${pullId} are not those of its IPE record.`;
  }
}

function* checkFreezes(database: Connection): Generator<string> {
  const populations = readPopulations(database, new LatestTexts());
  for (const freeze of populations.freezes()) {
    const ids = populations.itemIds(freeze.id);
    if (ids.length !== freeze.size || digestLines(ids) !== freeze.digest) {
      yield `The items of the frozen population ${freeze.id} are not those of its digest.`;
    }
  }
}

function* checkLog(database: Connection): Generator<string> {
  const activities = readActivityLog(database).activities();
  const chain = verifyActivityChain(activities, digest);
  if (!chain.ok) {
    yield `The activity log breaks at entry ${chain.number}: expected ${chain.expected}, found ${chain.found}.`;
  }
  for (const rows of logged) yield* checkLogged(database, activities, rows);
}

interface LoggedRows {
  readonly kinds: readonly ActivityKind[];
  /** Gives `subject` and `json`; and `revision` where a subject has several. */
  readonly select: string;
}

// Acts whose outcome is a row of its own: row and log entry are written together and must say the same.
const logged: readonly LoggedRows[] = [
  { kinds: ["engagement-created"], select: "SELECT json_extract(json, '$.id') AS subject, json FROM engagement" },
  { kinds: ["source-added"], select: "SELECT id AS subject, json FROM source" },
  { kinds: ["pull-completed"], select: "SELECT id AS subject, ipe AS json FROM pull WHERE state = 'complete'" },
  { kinds: ["population-frozen"], select: "SELECT id AS subject, json FROM freeze" },
  { kinds: ["sample-drawn"], select: "SELECT id AS subject, json FROM draw" },
  { kinds: ["judged"], select: "SELECT 'J.' || number AS subject, json FROM judgement" },
  {
    kinds: ["signed-off", "sign-off-withdrawn"],
    select: "SELECT 'S.' || number AS subject, json FROM sign_off",
  },
  {
    kinds: ["exception-raised", "exception-changed"],
    select: "SELECT 'G.' || number AS subject, revision, json FROM exception",
  },
  {
    kinds: ["note-raised", "note-changed"],
    select: "SELECT 'N.' || number AS subject, revision, json FROM review_note",
  },
];

type LoggedRow = { readonly subject: string; readonly revision?: number; readonly json: string };

function* checkLogged(
  database: Connection,
  activities: readonly Activity[],
  { kinds, select }: LoggedRows,
): Generator<string> {
  const what = kinds.map((kind) => `"${kind}"`).join(" or ");
  const entries = activities.filter(({ kind }) => kinds.includes(kind));
  const isRevised = select.includes("revision");
  const inLog = new Map(
    entries.map(({ subject, after }) => [
      isRevised ? `${subject} ${revisionOf(after)}` : subject,
      encodeCanonical(after),
    ]),
  );
  for (const { subject, revision, json } of database.prepare<[], LoggedRow>(select).all()) {
    const key = revision === undefined ? subject : `${subject} ${revision}`;
    const told = inLog.get(key);
    inLog.delete(key);
    if (told === undefined) yield `The activity log does not tell of ${what} for ${key}.`;
    else if (told !== encodeCanonical(JSON.parse(json))) yield `The activity log tells ${what} for ${key} otherwise.`;
  }
  for (const key of inLog.keys()) yield `The activity log tells of ${what} for ${key}, which is not there.`;
}

function revisionOf(after: Activity["after"]): unknown {
  return typeof after === "object" && after !== null && "revision" in after ? after.revision : "";
}
