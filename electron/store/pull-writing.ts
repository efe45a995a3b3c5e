import { TickmarkError } from "../../shared/errors.ts";
import type { Sha256 } from "../../shared/model/digest.ts";
import type { RawRecord } from "../../shared/model/evidence.ts";
import type { Instant } from "../../shared/model/instant.ts";
import type { AskedQuestion, IpeRecord, Pull } from "../../shared/model/pull.ts";
import type { ActivityWriting } from "./activity-log.ts";
import { type Connection, inOneStep } from "./connection.ts";
import { createContentPreparer, isWorthPreparing, type PreparedContents } from "./content.ts";
import { digest } from "./digest.ts";
import { type AddedRecord, createReceiver } from "./evidence.ts";
import { writeJson } from "./json-column.ts";
import { createPullFinder, findOpenPull, type PullReading, type PullRow, readPulls } from "./pulls.ts";
import { readSources } from "./sources.ts";

/** What a driver hands over at once. */
export interface PullStep {
  readonly records: readonly RawRecord[];
  readonly requests: readonly AskedQuestion[];
  /** Where to go on from; any JSON. */
  readonly cursor: unknown;
}

export interface PullWriting {
  /**
   * Begins a pull, or goes on with the source's open one.
   * @returns the pull and the cursor last saved; null at the beginning
   * @throws source-unknown
   */
  beginPull(sourceId: string): { readonly pull: Pull; readonly cursor: unknown };
  /**
   * Hashes and packs the large ones of a step's records on other threads, so that storing the step takes this one no
   * longer than writing its rows. Nothing is stored yet; the bytes must stay as they are.
   * @returns null when none is large
   */
  prepareRecords(records: readonly RawRecord[]): Promise<PreparedContents> | null;
  /**
   * Stores records, requests and cursor in one transaction. A record that the pull has already (same locator, bytes and
   * first line) is not stored again. A request takes the hash of its answer.
   * @param prepared what was made of the records beforehand; the rest is done here
   * @returns the records that were new, and how many the pull has
   * @throws stage-order when the pull is not running
   */
  savePullStep(
    pullId: string,
    step: PullStep,
    prepared?: PreparedContents,
  ): { readonly added: readonly AddedRecord[]; readonly records: number };
  /** Marks a running pull as interrupted; nothing happens to one that is interrupted already. @throws stage-order when it is complete */
  interruptPull(pullId: string): void;
  /**
   * Ends a pull with its IPE record: its evidence is read from now on, in place of the source's earlier pulls.
   * @throws stage-order when the pull is not running, request-invalid when the record tells another pull, count or digest
   */
  completePull(pullId: string, ipe: IpeRecord): void;
}

export function writePulls(database: Connection, log: ActivityWriting, by: string, now: () => Instant): PullWriting {
  const reading = readPulls(database);
  const { sourceById } = readSources(database);
  const find = createPullFinder(database);
  const insert = database.prepare(
    `INSERT INTO pull (number, id, source, state, started_at)
     SELECT ?, ?, number, 'running', ? FROM source WHERE id = ?`,
  );
  const nextNumber = database.prepare<[], number>("SELECT coalesce(max(number), 0) + 1 FROM pull").pluck();
  const setState = database.prepare("UPDATE pull SET state = ? WHERE number = ?");
  const complete = database.prepare("UPDATE pull SET state = 'complete', finished_at = ?, ipe = ? WHERE number = ?");
  const saveStep = createStepSaver(database);
  const prepare = createContentPreparer(database);

  function start(sourceId: string): { pull: Pull; cursor: unknown } {
    const number = nextNumber.get() ?? 1;
    const id = `${number}-${sourceId}`;
    insert.run(number, id, now(), sourceId);
    log.appendActivity({ by, kind: "pull-started", subject: id, before: null, after: { source: sourceId } });
    return { pull: reading.pullById(id), cursor: null };
  }

  function goOn(open: PullRow): { pull: Pull; cursor: unknown } {
    if (open.state === "interrupted") {
      setState.run("running", open.number);
      const before = { state: open.state, records: open.records };
      log.appendActivity({ by, kind: "pull-started", subject: open.id, before, after: { source: open.sourceId } });
    }
    return { pull: reading.pullById(open.id), cursor: JSON.parse(open.cursor) };
  }

  return {
    beginPull(sourceId) {
      sourceById(sourceId);
      return inOneStep(database, () => {
        const open = findOpenPull(database, sourceId);
        return open ? goOn(open) : start(sourceId);
      });
    },
    prepareRecords(records) {
      const large = records.map(({ bytes }) => bytes).filter(isWorthPreparing);
      return large.length === 0 ? null : prepare(large);
    },
    savePullStep: (pullId, step, prepared) =>
      inOneStep(database, () => saveStep(requireRunning(find(pullId)), step, prepared)),
    interruptPull: (pullId) => inOneStep(database, () => interrupt(database, log, by, find(pullId))),
    completePull(pullId, ipe) {
      inOneStep(database, () => {
        const pull = requireRunning(find(pullId));
        requireTrueIpe(reading, pull, ipe);
        complete.run(ipe.finishedAt, writeJson(ipe), pull.number);
        log.appendActivity({ by, kind: "pull-completed", subject: pullId, before: null, after: ipe });
      });
    },
  };
}

function createStepSaver(database: Connection) {
  const receive = createReceiver(database);
  const insertRequest = database.prepare("INSERT INTO request (pull, sequence, json) VALUES (?, ?, ?)");
  const advance = database.prepare("UPDATE pull SET records = ?, requests = ?, cursor = ? WHERE number = ?");
  return (pull: PullRow, step: PullStep, prepared?: PreparedContents) => {
    let { requests } = pull;
    const added: AddedRecord[] = [];
    const hashes = new Map<Uint8Array, Sha256>();
    for (const record of step.records) {
      const { sha256, isNew } = receive(pull.number, pull.records + added.length + 1, record, prepared);
      hashes.set(record.bytes, sha256);
      if (isNew) added.push({ ...record, sha256 });
    }
    const records = pull.records + added.length;
    for (const { answer, ...request } of step.requests) {
      requests += 1;
      const sha256 = answer === undefined ? request.sha256 : (hashes.get(answer) ?? digest(answer));
      insertRequest.run(pull.number, requests, writeJson({ ...request, sha256 }));
    }
    advance.run(records, requests, writeJson(step.cursor), pull.number);
    return { added, records };
  };
}

function interrupt(database: Connection, log: ActivityWriting, by: string, pull: PullRow): void {
  if (pull.state === "interrupted") return;
  requireRunning(pull);
  database.prepare("UPDATE pull SET state = 'interrupted' WHERE number = ?").run(pull.number);
  const after = { source: pull.sourceId, records: pull.records };
  log.appendActivity({ by, kind: "pull-interrupted", subject: pull.id, before: null, after });
}

/** Pulls that a crash left running: whoever ran them is gone, since this process has the file alone. */
export function interruptAbandonedPulls(database: Connection, log: ActivityWriting, by: string): void {
  const find = createPullFinder(database);
  const ids = database.prepare<[], string>("SELECT id FROM pull WHERE state = 'running' ORDER BY number").pluck().all();
  inOneStep(database, () => {
    for (const id of ids) interrupt(database, log, by, find(id));
  });
}

function requireRunning(pull: PullRow): PullRow {
  if (pull.state === "running") return pull;
  throw new TickmarkError(
    "stage-order",
    `The pull "${pull.id}" is ${pull.state} and takes no more records.`,
    `Pull ${pull.sourceId} again${pull.state === "interrupted" ? " to go on with it" : ""}.`,
  );
}

function requireTrueIpe(reading: PullReading, pull: PullRow, ipe: IpeRecord): void {
  const stored = {
    pullId: pull.id,
    sourceId: pull.sourceId,
    records: pull.records,
    requests: pull.requests,
    recordsDigest: reading.recordsDigestOf(pull.id),
  };
  for (const [name, value] of Object.entries(stored)) {
    const said = ipe[name as keyof typeof stored];
    if (said === value) continue;
    throw new TickmarkError(
      "request-invalid",
      `The IPE record of pull "${pull.id}" says ${name} ${said}, but the engagement file has ${value}.`,
      "Nothing was recorded. Pull again; if it happens again, report it with this message.",
    );
  }
}
