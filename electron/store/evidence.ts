import { TickmarkError } from "../../shared/errors.ts";
import type { Sha256 } from "../../shared/model/digest.ts";
import type { Evidence, EvidenceFormat, RawRecord, Reading } from "../../shared/model/evidence.ts";
import { instantOf, millisecondsOf } from "../../shared/model/instant.ts";
import type { Pull } from "../../shared/model/pull.ts";
import type { Connection } from "./connection.ts";
import {
  type ContentNumber,
  createBeginningReader,
  createContentKeeper,
  createContentReader,
  createContentStreamer,
  type PreparedContents,
} from "./content.ts";
import { readInPages } from "./paging.ts";
import { listReadPulls, type ReadPull } from "./read-pulls.ts";

export interface EvidenceFilter {
  readonly sourceId?: string;
  readonly formats?: readonly EvidenceFormat[];
  /** Records of these formats, when they are larger than so many bytes, come with their beginning alone, which is not hashed. */
  readonly beginnings?: { readonly of: ReadonlySet<EvidenceFormat>; readonly largerThan: number };
}

export interface EvidenceReading {
  /** @throws request-invalid when nothing has the hash, engagement-corrupt when the bytes no longer have it */
  readEvidence(sha256: Sha256): Uint8Array;
  /** The same in pieces, for records that are too large to be held. The fault comes, at the latest, after the last piece. */
  streamEvidence(sha256: Sha256): AsyncIterable<Uint8Array>;
  /**
   * Evidence of the newest complete pull of each source: sources in the order in which they were added, and within a
   * source in order of receipt. Earlier pulls stay in the file but are superseded; open ones are not whole.
   * One record at a time is in memory, and the file may be written to meanwhile.
   *
   * @throws engagement-corrupt naming the record whose bytes no longer have their hash
   */
  evidenceOf(filter?: EvidenceFilter): IterableIterator<Evidence & { readonly bytes: Uint8Array }>;
  /** Records of one pull in order of receipt, also of one that is not complete. @throws as `evidenceOf` */
  evidenceOfPull(pull: Pick<Pull, "id" | "sourceId">): IterableIterator<Evidence & { readonly bytes: Uint8Array }>;
  /** The same records, in the same order, without their bytes. */
  receipts(): IterableIterator<Receipt>;
  /** All records in the order of their hashes, also those that no complete pull has. */
  recordsByHash(): IterableIterator<KeptRecord>;
  /** Undefined when the file has no such record. */
  recordNumber(sha256: Sha256): RecordNumber | undefined;
  /** How many records `evidenceOf` gives. */
  countEvidence(filter?: EvidenceFilter): number;
  /** Every receipt of these bytes, in all pulls, superseded and open ones too; empty when there is none. */
  describeEvidence(sha256: Sha256): Evidence[];
}

/** Bytes that are kept under a number of their own, however often they were received. It stays the same for the life of the file. */
export type RecordNumber = ContentNumber;

export interface KeptRecord {
  readonly record: RecordNumber;
  readonly sha256: Sha256;
}

/** What was received once. */
export interface Receipt {
  readonly record: RecordNumber;
  readonly evidence: Evidence;
}

/** A record as it was received, and the hash under which it is kept. */
export interface AddedRecord extends RawRecord {
  readonly sha256: Sha256;
}

/** What became of a record that was handed over. */
export interface Received {
  readonly sha256: Sha256;
  /** False when the pull has it already. */
  readonly isNew: boolean;
}

interface ReceiptRow {
  sequence: number;
  content: ContentNumber;
  sha256: Buffer;
  size: number;
  format: EvidenceFormat;
  locator: string;
  first_line: number;
  columns: string | null;
  reading: string | null;
  received_at: number;
}

const receiptColumns =
  "r.sequence, r.content, c.sha256, c.size, r.format, r.locator, r.first_line, r.columns, r.reading, r.received_at";
const sequenceOf = ({ sequence }: ReceiptRow) => sequence;

export function readEvidenceTables(database: Connection): EvidenceReading {
  const readContent = createContentReader(database);
  const streamContent = createContentStreamer(database);
  const readBeginning = createBeginningReader(database);
  const numberOf = database.prepare<[Buffer], number>("SELECT number FROM content WHERE sha256 = ?").pluck();
  const receipts = database.prepare<[number, number, string | null, string | null, number], ReceiptRow>(
    `SELECT ${receiptColumns} FROM receipt r JOIN content c ON c.number = r.content
     WHERE r.pull = ? AND r.sequence > ? AND (? IS NULL OR r.format IN (SELECT value FROM json_each(?)))
     ORDER BY r.sequence LIMIT ?`,
  );
  const count = database
    .prepare<[number, string | null, string | null], number>(
      `SELECT count(*) FROM receipt
       WHERE pull = ? AND (? IS NULL OR format IN (SELECT value FROM json_each(?)))`,
    )
    .pluck();
  const pullNumber = database.prepare<[string], number>("SELECT number FROM pull WHERE id = ?").pluck();
  const described = database.prepare<[number], ReceiptRow & { pullId: string; sourceId: string }>(
    `SELECT ${receiptColumns}, p.id AS pullId, s.id AS sourceId
     FROM receipt r JOIN content c ON c.number = r.content JOIN pull p ON p.number = r.pull
     JOIN source s ON s.number = p.source
     WHERE r.content = ? ORDER BY r.pull, r.sequence`,
  );

  const byHash = database.prepare<[Buffer, number], { sha256: Buffer; number: ContentNumber }>(
    "SELECT sha256, number FROM content WHERE sha256 > ? ORDER BY sha256 LIMIT ?",
  );

  function requireNumber(sha256: Sha256): ContentNumber {
    const number = numberOf.get(Buffer.from(sha256, "hex"));
    if (number !== undefined) return number;
    throw new TickmarkError(
      "request-invalid",
      `There is no evidence ${sha256} in this engagement.`,
      "Check the hash; evidence is named by the SHA-256 of its bytes.",
    );
  }

  function* readPull(pull: ReadPull, filter: EvidenceFilter): Generator<Evidence & { bytes: Uint8Array }> {
    const formats = listFormats(filter);
    const read = ({ content, format, size }: ReceiptRow) => {
      const isBeginning = filter.beginnings?.of.has(format) === true && size > filter.beginnings.largerThan;
      return isBeginning ? readBeginning(content) : readContent(content);
    };
    const rows = readInPages(
      (after, limit) => receipts.all(pull.number, after, formats, formats, limit),
      sequenceOf,
      0,
    );
    for (const row of rows) yield { ...toEvidence(row, pull), bytes: read(row) };
  }

  return {
    readEvidence: (sha256) => readContent(requireNumber(sha256)),
    streamEvidence: (sha256) => streamContent(requireNumber(sha256)),
    *evidenceOf(filter = {}) {
      for (const pull of listReadPulls(database, filter.sourceId)) yield* readPull(pull, filter);
    },
    *evidenceOfPull({ id, sourceId }) {
      const number = pullNumber.get(id);
      if (number !== undefined) yield* readPull({ number, id, sourceId }, {});
    },
    *receipts() {
      for (const pull of listReadPulls(database)) {
        const page = (after: number, limit: number) => receipts.all(pull.number, after, null, null, limit);
        for (const row of readInPages(page, sequenceOf, 0)) yield toReceipt(row, pull);
      }
    },
    *recordsByHash() {
      const page = (after: Buffer, limit: number) => byHash.all(after, limit);
      for (const { number, sha256 } of readInPages(page, (row) => row.sha256, Buffer.alloc(0)))
        yield { record: number, sha256: sha256.toString("hex") };
    },
    recordNumber: (sha256) => numberOf.get(Buffer.from(sha256, "hex")),
    countEvidence(filter = {}) {
      const formats = listFormats(filter);
      const pulls = listReadPulls(database, filter.sourceId);
      return pulls.reduce((sum, { number }) => sum + (count.get(number, formats, formats) ?? 0), 0);
    },
    describeEvidence(sha256) {
      const number = numberOf.get(Buffer.from(sha256, "hex"));
      if (number === undefined) return [];
      return described.all(number).map((row) => toEvidence(row, { id: row.pullId, sourceId: row.sourceId }));
    },
  };
}

function listFormats({ formats }: EvidenceFilter): string | null {
  return formats ? JSON.stringify(formats) : null;
}

function toReceipt(row: ReceiptRow, pull: ReadPull): Receipt {
  return { record: row.content, evidence: toEvidence(row, pull) };
}

function toEvidence(row: ReceiptRow, pull: Pick<ReadPull, "id" | "sourceId">): Evidence {
  const reading = toReading(row);
  return {
    sha256: row.sha256.toString("hex"),
    size: row.size,
    format: row.format,
    locator: row.locator,
    sourceId: pull.sourceId,
    pullId: pull.id,
    receivedAt: instantOf(row.received_at),
    ...(reading ? { reading } : {}),
  };
}

function toReading(row: ReceiptRow): Reading | undefined {
  if (row.first_line === 0 && row.columns === null && row.reading === null) return undefined;
  return {
    ...(row.first_line === 0 ? {} : { firstLine: row.first_line }),
    ...(row.columns === null ? {} : { columns: JSON.parse(row.columns) as string[] }),
    ...(row.reading === null ? {} : (JSON.parse(row.reading) as Reading)),
  };
}

/** What the columns of their own do not say; null when that is all. */
function restOf(reading: Reading | undefined): string | null {
  const { firstLine, columns, ...rest } = reading ?? {};
  return Object.values(rest).some((value) => value !== undefined) ? JSON.stringify(rest) : null;
}

/** Stores one raw record at the end of a pull, unless this pull has it already. Belongs into a transaction. */
export function createReceiver(
  database: Connection,
): (pull: number, sequence: number, record: RawRecord, prepared?: PreparedContents) => Received {
  const keep = createContentKeeper(database);
  const insert = database.prepare(
    `INSERT INTO receipt (pull, sequence, content, format, locator, first_line, columns, reading, received_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (content, pull, locator, first_line) DO NOTHING`,
  );
  return (pull, sequence, { bytes, format, locator, reading, receivedAt }, prepared) => {
    const { number: content, sha256 } = keep(bytes, prepared?.get(bytes));
    // A file can hold the same lines twice: the line where a part begins tells them apart.
    const firstLine = reading?.firstLine ?? 0;
    const columns = reading?.columns ? JSON.stringify(reading.columns) : null;
    const { changes } = insert.run(
      pull,
      sequence,
      content,
      format,
      locator,
      firstLine,
      columns,
      restOf(reading),
      millisecondsOf(receivedAt),
    );
    return { sha256: sha256.toString("hex"), isNew: changes === 1 };
  };
}
