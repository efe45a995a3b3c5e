import { hash } from "node:crypto";
import { TickmarkError } from "../../shared/errors.ts";
import type { Sha256 } from "../../shared/model/digest.ts";
import type { Connection } from "./connection.ts";
import { type Codec, packContent, unpackContent } from "./content-codec.ts";

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

/** Keeps bytes under their hash, each once. Belongs into a transaction. */
export function createContentKeeper(database: Connection): (bytes: Uint8Array) => KeptContent {
  const find = database.prepare<[Buffer], number>("SELECT number FROM content WHERE sha256 = ?").pluck();
  const insert = database.prepare("INSERT INTO content (sha256, size, codec, bytes) VALUES (?, ?, ?, ?)");
  return (bytes) => {
    const sha256 = hash("sha256", bytes, "buffer");
    const known = find.get(sha256);
    if (known !== undefined) return { number: known, sha256 };
    const { codec, packed } = packContent(bytes);
    return { number: Number(insert.run(sha256, bytes.length, codec, packed).lastInsertRowid), sha256 };
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
  return (number) => {
    const row = select.get(number);
    if (!row) throw changedContent(`number ${number}`);
    const bytes = unpackContent(row.codec, row.bytes, row.size);
    if (!bytes || !hash("sha256", bytes, "buffer").equals(row.sha256)) throw changedContent(row.sha256.toString("hex"));
    return bytes;
  };
}

function changedContent(record: Sha256 | string): TickmarkError {
  return new TickmarkError(
    "engagement-corrupt",
    `The evidence ${record} in the engagement file is not what was received: its hash does not match.`,
    "Restore the file from a copy, or pull the source into a new engagement.",
  );
}
