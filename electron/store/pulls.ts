import { TickmarkError } from "../../shared/errors.ts";
import type { Sha256 } from "../../shared/model/digest.ts";
import type { Instant } from "../../shared/model/instant.ts";
import { IpeRecord, Pull, RequestRecord } from "../../shared/model/pull.ts";
import type { Connection } from "./connection.ts";
import { digestLines } from "./digest.ts";
import { readJson, unreadableRow } from "./json-column.ts";
import { readInPages } from "./paging.ts";
import { listReadPulls } from "./read-pulls.ts";

export interface PullReading {
  /** All pulls in the order in which they began. */
  listPulls(): Pull[];
  /** @throws request-invalid */
  pullById(pullId: string): Pull;
  /** Of the newest complete pull of each source, sources in the order in which they were added; or of all complete pulls. */
  ipeRecords(which?: "latest" | "all"): IpeRecord[];
  /** In the order in which they were asked. */
  requestsOf(pullId: string): IterableIterator<RequestRecord>;
  countRequests(pullId: string): number;
  countRecords(pullId: string): number;
  /** SHA-256 over the records' hashes in order of receipt, each followed by LF: an IPE record's `recordsDigest`. */
  recordsDigestOf(pullId: string): Sha256;
}

export interface PullRow {
  number: number;
  id: string;
  sourceId: string;
  state: Pull["state"];
  startedAt: Instant;
  finishedAt: Instant | null;
  records: number;
  requests: number;
  cursor: string;
}

const selectPulls = `SELECT p.number, p.id, s.id AS sourceId, p.state, p.started_at AS startedAt,
  p.finished_at AS finishedAt, p.records, p.requests, p.cursor FROM pull p JOIN source s ON s.number = p.source`;
const sequenceOf = ({ sequence }: { sequence: number }) => sequence;

/** @returns a function that finds a pull's row and throws request-invalid when there is none */
export function createPullFinder(database: Connection): (pullId: string) => PullRow {
  const one = database.prepare<[string], PullRow>(`${selectPulls} WHERE p.id = ?`);
  return (pullId) => {
    const row = one.get(pullId);
    if (row) return row;
    throw new TickmarkError(
      "request-invalid",
      `There is no pull "${pullId}" in this engagement.`,
      "List the pulls to see their ids.",
    );
  };
}

export function findOpenPull(database: Connection, sourceId: string): PullRow | undefined {
  return database.prepare<[string], PullRow>(`${selectPulls} WHERE s.id = ? AND p.state <> 'complete'`).get(sourceId);
}

export function readPulls(database: Connection): PullReading {
  const find = createPullFinder(database);
  const all = database.prepare<[], PullRow>(`${selectPulls} ORDER BY p.number`);
  const ipeOf = database.prepare<[string], string>("SELECT ipe FROM pull WHERE id = ?").pluck();
  const requests = database.prepare<[number, number, number], { sequence: number; json: string }>(
    "SELECT sequence, json FROM request WHERE pull = ? AND sequence > ? ORDER BY sequence LIMIT ?",
  );
  const toPull = (row: PullRow) => checkPull(row, database.readonly);
  const readIpe = (id: string) => readJson(ipeOf.get(id) ?? "null", IpeRecord, `the IPE record of pull ${id}`);
  return {
    listPulls: () => all.all().map(toPull),
    pullById: (pullId) => toPull(find(pullId)),
    ipeRecords(which = "latest") {
      const pulls =
        which === "latest" ? listReadPulls(database) : all.all().filter(({ state }) => state === "complete");
      return pulls.map(({ id }) => readIpe(id));
    },
    *requestsOf(pullId) {
      const { number } = find(pullId);
      const rows = readInPages((after, limit) => requests.all(number, after, limit), sequenceOf, 0);
      for (const { sequence, json } of rows) {
        yield readJson(json, RequestRecord, `request ${sequence} of pull ${pullId}`);
      }
    },
    countRequests: (pullId) => find(pullId).requests,
    countRecords: (pullId) => find(pullId).records,
    recordsDigestOf: (pullId) => digestLines(recordHashes(database, find(pullId).number)),
  };
}

/** Hashes of a pull's records in order of receipt. Nothing else can be asked of the file until it is through. */
function recordHashes(database: Connection, pull: number): Iterable<Sha256> {
  return database
    .prepare<[number], Sha256>(
      `SELECT lower(hex(c.sha256)) FROM receipt r JOIN content c ON c.number = r.content
       WHERE r.pull = ? ORDER BY r.sequence`,
    )
    .pluck()
    .iterate(pull);
}

function checkPull({ id, sourceId, state, startedAt, finishedAt, records }: PullRow, readonly: boolean): Pull {
  // A pull runs only as long as the process that pulls; a file that is open for reading has none.
  const seen = readonly && state === "running" ? "interrupted" : state;
  const pull = Pull.safeParse({ id, sourceId, state: seen, startedAt, finishedAt, records });
  if (pull.success) return pull.data;
  throw unreadableRow(`pull "${id}"`, pull.error);
}
