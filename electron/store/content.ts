import { createHash, hash, webcrypto } from "node:crypto";
import { TickmarkError } from "../../shared/errors.ts";
import type { Sha256 } from "../../shared/model/digest.ts";
import type { Connection } from "./connection.ts";
import {
  type Codec,
  largeFrom,
  type PackedContent,
  packContent,
  packContentAside,
  unpackBeginning,
  unpackContent,
  unpackPieces,
} from "./content-codec.ts";

/** Row number of a piece of content. */
export type ContentNumber = number;

interface ContentRow {
  sha256: Buffer;
  size: number;
  codec: Codec;
  bytes: Buffer;
}

/** Where bytes are kept, and under which hash. */
export interface KeptContent {
  readonly number: ContentNumber;
  readonly sha256: Buffer;
}

/** Bytes that were hashed before they are kept, and packed, unless the file has them already. */
export interface PreparedContent {
  readonly sha256: Buffer;
  readonly content: PackedContent | null;
}

/** Contents that were prepared, by the very bytes. */
export type PreparedContents = ReadonlyMap<Uint8Array, PreparedContent>;

/** Bytes of a packed value in one row. What is larger lies in several: SQLite takes a value into memory whole. */
const rowSize = 4 * 1024 * 1024;

const findContent = "SELECT number FROM content WHERE sha256 = ?";

/** Keeps bytes under their hash, each once. Belongs into a transaction. */
export function createContentKeeper(
  database: Connection,
): (bytes: Uint8Array, prepared?: PreparedContent) => KeptContent {
  const find = database.prepare<[Buffer], number>(findContent).pluck();
  const insert = database.prepare("INSERT INTO content (sha256, size, codec, bytes) VALUES (?, ?, ?, ?)");
  const insertPiece = database.prepare("INSERT INTO content_piece (content, place, bytes) VALUES (?, ?, ?)");
  const keep = (sha256: Buffer, size: number, { codec, packed }: PackedContent) => {
    const number = Number(insert.run(sha256, size, codec, packed.subarray(0, rowSize)).lastInsertRowid);
    for (let place = 1; place * rowSize < packed.length; place += 1)
      insertPiece.run(number, place, packed.subarray(place * rowSize, (place + 1) * rowSize));
    return number;
  };
  return (bytes, prepared) => {
    const sha256 = prepared?.sha256 ?? hash("sha256", bytes, "buffer");
    const known = find.get(sha256);
    if (known !== undefined) return { number: known, sha256 };
    return { number: keep(sha256, bytes.length, prepared?.content ?? packContent(bytes)), sha256 };
  };
}

// Hashing on another thread takes a copy of the bytes.
const mostCopied = 64 * 1024 * 1024;

/** Whether bytes are so many that hashing and packing them on another thread costs less than waiting for it here. */
export function isWorthPreparing(bytes: Uint8Array): boolean {
  return bytes.length >= largeFrom && bytes.length <= mostCopied;
}

/**
 * Hashes and packs contents on threads of the pool, one after the other: that is faster than they arrive, and there is one
 * copy in memory at a time. They must not change meanwhile.
 */
export function createContentPreparer(
  database: Connection,
): (contents: readonly Uint8Array[]) => Promise<PreparedContents> {
  const find = database.prepare<[Buffer], number>(findContent).pluck();
  return async (contents) => {
    const prepared = new Map<Uint8Array, PreparedContent>();
    for (const bytes of contents) {
      const sha256 = Buffer.from(await webcrypto.subtle.digest("SHA-256", bytes as Uint8Array<ArrayBuffer>));
      prepared.set(bytes, { sha256, content: find.get(sha256) === undefined ? await packContentAside(bytes) : null });
    }
    return prepared;
  };
}

/**
 * Gives bytes back, hashed again: evidence that is not what was received must not be read as if it were.
 * The reading function throws engagement-corrupt, naming the record.
 */
export function createContentReader(database: Connection): (number: ContentNumber) => Uint8Array {
  const select = database.prepare<[number], ContentRow>(
    "SELECT sha256, size, codec, bytes FROM content WHERE number = ?",
  );
  const readPieces = createPieceReader(database);
  return (number) => {
    const row = select.get(number);
    if (!row) throw changedContent(`number ${number}`);
    const packed = row.bytes.length === rowSize ? Buffer.concat([row.bytes, ...readPieces(number)]) : row.bytes;
    const bytes = unpackContent(row.codec, packed, row.size);
    if (!bytes || !hash("sha256", bytes, "buffer").equals(row.sha256)) throw changedContent(row.sha256.toString("hex"));
    return bytes;
  };
}

/** Packed. However it is packed, more comes out of it than the first block of 128 KiB. */
const beginningSize = 256 * 1024;

/** Gives the beginning of large bytes, which does not tell whether they are what was received. */
export function createBeginningReader(database: Connection): (number: ContentNumber) => Uint8Array {
  const select = database.prepare<[number], ContentRow>(
    `SELECT sha256, size, codec, substr(bytes, 1, ${beginningSize}) AS bytes FROM content WHERE number = ?`,
  );
  return (number) => {
    const row = select.get(number);
    const bytes = row && unpackBeginning(row.codec, row.bytes, row.size);
    if (!bytes) throw changedContent(row?.sha256.toString("hex") ?? `number ${number}`);
    return bytes;
  };
}

/** Gives what follows the first row of packed bytes, a row at a time. */
function createPieceReader(database: Connection): (number: ContentNumber) => Generator<Buffer> {
  const select = database
    .prepare<[number, number], Buffer>("SELECT bytes FROM content_piece WHERE content = ? AND place = ?")
    .pluck();
  return function* readPieces(number) {
    for (let place = 1, piece = select.get(number, 1); piece; place += 1, piece = select.get(number, place))
      yield piece;
  };
}

// What earlier versions kept is one value, however large. SQLite goes through all of it for each part that is read, and lets go of it
// again: larger reads take more memory, more of them more time.
const readSize = 8 * 1024 * 1024;
const pieceSize = 1024 * 1024;

/** The same in pieces of a mebibyte at most. That the bytes are not what was received is known after the last one at the latest. */
export function createContentStreamer(database: Connection): (number: ContentNumber) => AsyncIterable<Uint8Array> {
  const select = database.prepare<[number], Omit<ContentRow, "bytes"> & { packedSize: number }>(
    "SELECT sha256, size, codec, length(bytes) AS packedSize FROM content WHERE number = ?",
  );
  const selectRead = database
    .prepare<[number, number, number], Buffer>("SELECT substr(bytes, ?, ?) FROM content WHERE number = ?")
    .pluck();
  const readPieces = createPieceReader(database);
  function* rowsOf(number: ContentNumber, packedSize: number): Generator<Buffer> {
    for (let at = 0; at < packedSize; at += readSize) {
      const read = selectRead.get(at + 1, readSize, number);
      if (!read) throw changedContent(`number ${number}`);
      yield read;
    }
    if (packedSize === rowSize) yield* readPieces(number);
  }
  function* packedPieces(number: ContentNumber, packedSize: number): Generator<Buffer> {
    for (const row of rowsOf(number, packedSize))
      for (let from = 0; from < row.length; from += pieceSize) yield row.subarray(from, from + pieceSize);
  }
  return async function* stream(number) {
    const row = select.get(number);
    if (!row) throw changedContent(`number ${number}`);
    const { codec, size, sha256 } = row;
    const changed = () => changedContent(sha256.toString("hex"));
    const digest = createHash("sha256");
    let passed = 0;
    try {
      for await (const piece of unpackPieces(codec, packedPieces(number, row.packedSize))) {
        passed += piece.length;
        // A crafted file cannot unpack to more.
        if (passed > size) throw changed();
        digest.update(piece);
        yield piece;
      }
    } catch (error) {
      throw isOfUnpacking(error) ? changed() : error;
    }
    if (passed !== size || !digest.digest().equals(sha256)) throw changed();
  };
}

function isOfUnpacking(error: unknown): boolean {
  return error instanceof Error && "code" in error && /^(ZSTD|Z)_|^ERR_ZLIB/.test(String(error.code));
}

function changedContent(record: Sha256 | string): TickmarkError {
  return new TickmarkError(
    "engagement-corrupt",
    `The evidence ${record} in the engagement file is not what was received: its hash does not match.`,
    "Restore the file from a copy, or pull the source into a new engagement.",
  );
}
