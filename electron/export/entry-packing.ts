import { createHash, hash, webcrypto } from "node:crypto";
import { constants, crc32, deflateRaw, deflateRawSync, type ZlibOptions } from "node:zlib";
import { deflated, stored, type ZipRecord } from "../../shared/bundle/zip-records.ts";
import type { Sha256 } from "../../shared/model/digest.ts";
import { fileFormatOf } from "../../shared/model/file-format.ts";

/**
 * `deflate` and `store` say how; `by-content` stores what is compressed already: compressing it again takes time and gains nothing.
 */
export type Packing = "deflate" | "store" | "by-content";

export interface PackedBytes extends Pick<ZipRecord, "method" | "crc32" | "size"> {
  readonly sha256: Sha256;
  readonly pieces: readonly Uint8Array[];
}

/**
 * Content is compressed in blocks of this size, each on a thread of the pool: so that a large file keeps all cores busy, too. Where
 * the blocks lie depends on the content alone, and with it every byte that comes out.
 */
export const blockSize = 1 << 20;
/** How far back a compressed byte can point (RFC 1951). */
const windowSize = 1 << 15;
const level = 6;
/** Smaller content is compressed sooner than handed to a thread. */
const worthAThread = 4096;

/** Hashes and packs content whole, off this thread where that pays. */
export async function packBytes(bytes: Uint8Array, packing: Packing): Promise<PackedBytes> {
  const isStored =
    packing === "store" ||
    bytes.length === 0 ||
    (packing === "by-content" && fileFormatOf(bytes)?.isCompressed === true);
  const [sha256, pieces] = await Promise.all([hashBytes(bytes), isStored ? [bytes] : deflateInBlocks(bytes)]);
  return { method: isStored ? stored : deflated, crc32: crc32(bytes), size: bytes.length, sha256, pieces };
}

async function hashBytes(bytes: Uint8Array): Promise<Sha256> {
  if (bytes.length < 16 * worthAThread) return hash("sha256", bytes);
  return Buffer.from(await webcrypto.subtle.digest("SHA-256", bytes as Uint8Array<ArrayBuffer>)).toString("hex");
}

async function deflateInBlocks(bytes: Uint8Array): Promise<Buffer[]> {
  const count = Math.ceil(bytes.length / blockSize);
  const blocks = Array.from({ length: count }, (_, index) => {
    const block = bytes.subarray(index * blockSize, (index + 1) * blockSize);
    return deflateBlock(block, bytes.subarray(0, index * blockSize), index === count - 1);
  });
  return Promise.all(blocks);
}

/** @param before what stands in front of the block, of which it may point to the end */
async function deflateBlock(block: Uint8Array, before: Uint8Array, isLast: boolean): Promise<Buffer> {
  const options = {
    level,
    finishFlush: isLast ? constants.Z_FINISH : constants.Z_SYNC_FLUSH,
    ...(before.length === 0 ? {} : { dictionary: before.subarray(-windowSize) }),
  };
  return block.length < worthAThread ? deflateRawSync(block, options) : deflateOnThread(block, options);
}

function deflateOnThread(block: Uint8Array, options: ZlibOptions): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    deflateRaw(block, options, (error, packed) => (error === null ? resolve(packed) : reject(error)));
  });
}

/** A block of a stream that is being packed. */
export interface StreamedBlock {
  readonly size: number;
  /** Under way; resolves to what comes out of it. */
  readonly packed: Promise<Buffer>;
}

/** What is known of a stream when its last block was read. */
export interface StreamFacts {
  readonly size: number;
  readonly crc32: number;
  readonly sha256: Sha256;
}

/** Cuts a stream into blocks that are compressed while the next ones are read. Ends with what the whole came to. */
export async function* packStream(source: AsyncIterable<Uint8Array>): AsyncGenerator<StreamedBlock, StreamFacts> {
  const digest = createHash("sha256");
  let [size, checksum] = [0, 0];
  let before: Uint8Array = new Uint8Array(0);
  const start = (block: Buffer, isLast: boolean): StreamedBlock => {
    const packed = deflateBlock(block, before, isLast);
    before = block;
    return { size: block.length, packed };
  };
  let held: Buffer | null = null;
  for await (const block of inBlocks(source)) {
    digest.update(block);
    checksum = crc32(block, checksum);
    size += block.length;
    if (held !== null) yield start(held, false);
    held = block;
  }
  yield start(held ?? Buffer.alloc(0), true);
  return { size, crc32: checksum, sha256: digest.digest("hex") };
}

async function* inBlocks(source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let waiting: Uint8Array[] = [];
  let length = 0;
  for await (const piece of source) {
    waiting.push(piece);
    length += piece.length;
    while (length >= blockSize) {
      const all = Buffer.concat(waiting);
      yield all.subarray(0, blockSize);
      waiting = [all.subarray(blockSize)];
      length -= blockSize;
    }
  }
  if (length > 0) yield Buffer.concat(waiting);
}
