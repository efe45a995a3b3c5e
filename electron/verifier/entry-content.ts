import { Readable } from "node:stream";
import { crc32, createInflateRaw, inflateRawSync } from "node:zlib";
import { deflated } from "../../shared/bundle/zip-records.ts";
import { damagedEntry } from "./archive-faults.ts";
import type { LaidOutEntry } from "./entry-table.ts";
import type { RandomAccessFile } from "./random-access-file.ts";

/** Up to these sizes an entry is unpacked at once, which is several times faster than a stream for each. */
const wholeUpTo = { packed: 1 << 20, unpacked: 4 << 20 };

/**
 * An entry's bytes, unpacked, in pieces. Never more of them than the directory says, whatever is packed.
 *
 * @throws TickmarkError `bundle-part-invalid`, at the latest after the last piece, when they do not have the size and CRC that
 * the directory names, or more is packed than they take
 */
export async function* unpackEntry(file: RandomAccessFile, entry: LaidOutEntry): AsyncGenerator<Uint8Array> {
  const check = new ContentCheck(entry);
  const end = entry.dataStart + entry.compressedSize;
  if (entry.method !== deflated) {
    for await (const piece of file.pieces(entry.dataStart, end)) yield check.pass(piece);
  } else if (entry.compressedSize <= wholeUpTo.packed && entry.size <= wholeUpTo.unpacked) {
    yield check.pass(inflateWhole(await file.read(entry.dataStart, entry.compressedSize), entry));
  } else {
    yield* inflatePieces(file.pieces(entry.dataStart, end), entry, check);
  }
  check.finish();
}

class ContentCheck {
  readonly #entry: LaidOutEntry;
  #crc32 = 0;
  #size = 0;

  constructor(entry: LaidOutEntry) {
    this.#entry = entry;
  }

  pass(piece: Uint8Array): Uint8Array {
    this.#size += piece.length;
    if (this.#size > this.#entry.size)
      throw damagedEntry(this.#entry.name, `it has more than ${this.#entry.size} bytes`);
    this.#crc32 = crc32(piece, this.#crc32);
    return piece;
  }

  finish(): void {
    const { name, size, crc32: expected } = this.#entry;
    if (this.#size !== size) throw damagedEntry(name, `it has ${this.#size} bytes, not ${size}`);
    if (this.#crc32 !== expected) throw damagedEntry(name, `its CRC is ${hex(this.#crc32)}, not ${hex(expected)}`);
  }
}

function inflateWhole(packed: Buffer, entry: LaidOutEntry): Uint8Array {
  try {
    // One byte more than it may have, so that too many are noticed; the types do not know what `info` gives back.
    const inflated = inflateRawSync(packed, {
      maxOutputLength: entry.size + 1,
      chunkSize: Math.max(64, entry.size + 1),
      info: true,
    }) as unknown as {
      buffer: Buffer;
      engine: { bytesWritten: number };
    };
    if (inflated.engine.bytesWritten !== packed.length) throw new Error("more is packed than its bytes take");
    return inflated.buffer;
  } catch (error) {
    throw damagedEntry(entry.name, error instanceof Error ? error.message : String(error), error);
  }
}

async function* inflatePieces(
  packed: AsyncIterable<Buffer>,
  entry: LaidOutEntry,
  check: ContentCheck,
): AsyncGenerator<Uint8Array> {
  const inflate = createInflateRaw({ chunkSize: 1 << 18 });
  const source = Readable.from(packed, { objectMode: false });
  source.once("error", (error) => inflate.destroy(error));
  source.pipe(inflate);
  try {
    for await (const piece of inflate) yield check.pass(piece as Buffer);
  } catch (error) {
    if (error instanceof Error && "errno" in error && "code" in error && String(error.code).startsWith("Z_")) {
      throw damagedEntry(entry.name, error.message, error);
    }
    throw error;
  } finally {
    source.destroy();
  }
  if (inflate.bytesWritten !== entry.compressedSize)
    throw damagedEntry(entry.name, "more is packed than its bytes take");
}

function hex(value: number): string {
  return value.toString(16).padStart(8, "0");
}
