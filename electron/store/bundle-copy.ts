import { TickmarkError } from "../../shared/errors.ts";
import type { Activity } from "../../shared/model/activity.ts";
import type { AuditException } from "../../shared/model/audit-exception.ts";
import type { Engagement } from "../../shared/model/engagement.ts";
import type { Evidence } from "../../shared/model/evidence.ts";
import type { Judgement } from "../../shared/model/judgement.ts";
import type { People } from "../../shared/model/person.ts";
import type { IpeRecord } from "../../shared/model/pull.ts";
import type { ReviewNote } from "../../shared/model/review-note.ts";
import type { Draw, Freeze } from "../../shared/model/sample.ts";
import type { SignOff } from "../../shared/model/sign-off.ts";
import type { Source } from "../../shared/model/source.ts";
import type { TestedControl } from "../../shared/model/tested-control.ts";
import type { ActLogging } from "./activity-log.ts";
import { type Connection, close, layOut, openLocked } from "./connection.ts";
import { createContentKeeper } from "./content.ts";
import { writeDocuments } from "./documents.ts";
import { writeDraws } from "./draws.ts";
import { insertEngagement } from "./engagement-row.ts";
import { createReceiver } from "./evidence.ts";
import { withFaults } from "./faults.ts";
import { applicationId } from "./file-header.ts";
import { type FrozenItem, writePopulations } from "./freeze-writing.ts";
import { createOrderKeeper } from "./item-orders.ts";
import { writeJson } from "./json-column.ts";
import { allMigrations } from "./migrations/all-migrations.ts";
import { writePeople } from "./people.ts";
import { type ItemVerdicts, writeResults } from "./result-writing.ts";
import { migrateTo, newestVersion } from "./schema.ts";
import { writeSources } from "./sources.ts";

/** What a verified bundle states, as an engagement file keeps it. */
export interface CopiedBundle {
  readonly engagement: Engagement;
  readonly sources: readonly Source[];
  readonly people: People;
  /** Of the pulls that were read, each once. */
  readonly ipe: readonly IpeRecord[];
  /** In order of receipt. Where the bundle has the record in another form than it was received, `isDerived`: its hash is not theirs then. */
  readonly evidence: AsyncIterable<{
    readonly record: Evidence;
    readonly bytes: Uint8Array;
    readonly isDerived: boolean;
  }>;
  /** In order. Of one that a later freeze took the place of, a bundle has no more items than its draws name. */
  readonly freezes: readonly {
    readonly freeze: Freeze;
    readonly isWhole: boolean;
    readonly items: Iterable<FrozenItem>;
  }[];
  readonly documents: readonly { readonly freeze: string; readonly name: string; readonly json: unknown }[];
  readonly draws: readonly Draw[];
  /** Results of the draws that were tested, the items in the order of the draw. */
  readonly tested: readonly {
    readonly drawId: string;
    readonly controls: readonly TestedControl[];
    readonly items: Iterable<ItemVerdicts>;
  }[];
  readonly judgements: readonly Judgement[];
  readonly exceptions: readonly AuditException[];
  readonly signOffs: readonly SignOff[];
  readonly reviewNotes: readonly ReviewNote[];
  /** The log as it is: nothing is added to it. */
  readonly activities: readonly Activity[];
}

/** A copy takes over a log, and what it says was done is done already. */
const unlogged: ActLogging = { appendActivity: () => undefined };

/**
 * Writes what a bundle states into a new engagement file, to be opened for reading alone. The file is for the time of a look: it
 * is not guarded against a power cut.
 *
 * @param path of an empty file
 * @throws bundle-part-invalid, request-invalid where the statements contradict each other; disk-full, file-unwritable
 */
export async function copyBundle(path: string, content: CopiedBundle): Promise<void> {
  const database = withFaults(path, () => openLocked(path));
  try {
    withFaults(path, () => {
      layOut(database, applicationId);
      database.pragma("journal_mode = MEMORY");
      database.pragma("synchronous = OFF");
      migrateTo(database, newestVersion(allMigrations), allMigrations);
      database.exec("BEGIN IMMEDIATE");
      copyStatements(database, content);
    });
    const receive = withFaults(path, () => createEvidenceCopier(database));
    for await (const each of content.evidence) withFaults(path, () => receive(each));
    for (const step of copyResults(database, content)) {
      withFaults(path, step);
      await new Promise((resolve) => setImmediate(resolve));
    }
    withFaults(path, () => database.exec("COMMIT"));
  } finally {
    close(database);
  }
}

function copyStatements(database: Connection, content: CopiedBundle): void {
  insertEngagement(database, content.engagement);
  const { addSource } = writeSources(database, unlogged, content.engagement.auditor);
  for (const source of content.sources) addSource(source);
  copyPulls(database, content.ipe);
  writePeople(database).savePeople(content.people);
  copyFreezes(database, content);
  const { saveDocument } = writeDocuments(database);
  for (const { freeze, name, json } of content.documents) saveDocument(freeze, name, json);
  const { appendDraw } = writeDraws(database, unlogged);
  for (const draw of content.draws) appendDraw(draw);
  copyWords(database, content);
  const logged = database.prepare(
    `INSERT INTO activity (number, at, "by", kind, subject, before, after, previous, hash)
     VALUES (@number, @at, @by, @kind, @subject, @before, @after, @previous, @hash)`,
  );
  for (const entry of content.activities)
    logged.run({ ...entry, before: writeJson(entry.before), after: writeJson(entry.after) });
}

function copyPulls(database: Connection, records: readonly IpeRecord[]): void {
  const insert = database.prepare(
    `INSERT INTO pull (id, source, state, started_at, finished_at, records, requests, ipe)
     SELECT ?, number, 'complete', ?, ?, ?, ?, ? FROM source WHERE id = ?`,
  );
  for (const ipe of records) {
    const { pullId, sourceId, startedAt, finishedAt } = ipe;
    const { changes } = insert.run(pullId, startedAt, finishedAt, ipe.records, ipe.requests, writeJson(ipe), sourceId);
    if (changes === 0) throw contradictory(`its pull ${pullId} is of no source that it has`);
  }
}

function copyFreezes(database: Connection, { freezes }: CopiedBundle): void {
  const { saveFreeze } = writePopulations(database, unlogged);
  const keepOrders = createOrderKeeper(database);
  const insertFreeze = database.prepare("INSERT INTO freeze (id, population, json) VALUES (?, ?, ?)");
  const insertItem = database.prepare(
    "INSERT INTO item (freeze, id, position, title, at, repository) VALUES (?, ?, ?, '', '', '')",
  );
  for (const { freeze, isWhole, items } of freezes) {
    if (isWhole) saveFreeze(freeze, items);
    else {
      const { lastInsertRowid } = insertFreeze.run(freeze.id, freeze.population, writeJson(freeze));
      let position = 0;
      for (const { id } of items) insertItem.run(lastInsertRowid, id, position++);
      keepOrders(Number(lastInsertRowid), position);
    }
  }
}

/** What people said of the results. Of exceptions and review notes a bundle has the newest revision. */
function copyWords(database: Connection, content: CopiedBundle): void {
  const insertOnce = (table: "judgement" | "sign_off", values: readonly { readonly number: number }[]) => {
    const insert = database.prepare(`INSERT INTO ${table} (number, json) VALUES (?, ?)`);
    for (const value of values) insert.run(value.number, writeJson(value));
  };
  const insertRevision = (
    table: "exception" | "review_note",
    values: readonly { readonly number: number; readonly revision: number }[],
  ) => {
    const insert = database.prepare(`INSERT INTO ${table} (number, revision, json) VALUES (?, ?, ?)`);
    for (const value of values) insert.run(value.number, value.revision, writeJson(value));
  };
  insertOnce("judgement", content.judgements);
  insertOnce("sign_off", content.signOffs);
  insertRevision("exception", content.exceptions);
  insertRevision("review_note", content.reviewNotes);
}

const none = Buffer.alloc(0);

type CopiedRecord = CopiedBundle["evidence"] extends AsyncIterable<infer Each> ? Each : never;

function createEvidenceCopier(database: Connection): (record: CopiedRecord) => void {
  const receive = createReceiver(database);
  const keep = createContentKeeper(database);
  const numberOf = database.prepare<[string], number>("SELECT number FROM pull WHERE id = ?").pluck();
  const hasContent = database.prepare<[Buffer], number>("SELECT 1 FROM content WHERE sha256 = ?").pluck();
  // Its hash is that of the bytes that were received, so that nobody reads an empty record as if it were the evidence.
  const nameContent = database.prepare("INSERT INTO content (sha256, size, codec, bytes) VALUES (?, ?, 'raw', ?)");
  const received = new Map<number, number>();
  return ({ record, bytes, isDerived }) => {
    const pull = numberOf.get(record.pullId);
    if (pull === undefined) throw contradictory(`its record ${record.sha256} is of no pull that it has`);
    const sha256 = Buffer.from(record.sha256, "hex");
    if (isDerived) {
      if (hasContent.get(sha256) === undefined) nameContent.run(sha256, record.size, none);
      // Under its own hash.
      keep(bytes);
    }
    const sequence = (received.get(pull) ?? 0) + 1;
    received.set(pull, sequence);
    const known = { sha256, content: null };
    const { format, locator, receivedAt, reading } = record;
    const raw = { format, locator, receivedAt, ...(reading ? { reading } : {}), bytes: isDerived ? none : bytes };
    receive(pull, sequence, raw, isDerived ? new Map([[none, known]]) : undefined);
  };
}

const itemsAtOnce = 500;

/** Steps that each take a moment: there may be millions of results. */
function* copyResults(database: Connection, { tested }: CopiedBundle): Generator<() => void> {
  const { beginTesting } = writeResults(database);
  for (const { drawId, controls, items } of tested) {
    const testing = beginTesting(
      drawId,
      controls.map((control) => ({ tested: control, basis: "" })),
    );
    let page: ItemVerdicts[] = [];
    for (const verdicts of items) {
      page.push(verdicts);
      if (page.length < itemsAtOnce) continue;
      const full = page;
      page = [];
      yield () => testing.save(full);
    }
    const last = page;
    yield () => {
      testing.save(last);
      testing.finish(controls.map(({ control }) => control));
    };
  }
}

function contradictory(why: string): TickmarkError {
  return new TickmarkError(
    "bundle-part-invalid",
    `The bundle contradicts itself: ${why}.`,
    "Ask the sender for a new bundle.",
  );
}
