import { createHash, hash, webcrypto } from "node:crypto";
import { constants, crc32, deflateRaw, deflateRawSync, type ZlibOptions } from "node:zlib";
import { deflated, stored, type ZipRecord } from "../../shared/bundle/zip-records.ts";
import type { Sha256 } from "../../shared/model/digest.ts";
import { fileFormatOf } from "../../shared/model/file-format.ts";

/**
 * `deflate` and `store` say how; `by-content` stores what is compressed already: compressing it again takes time and gains nothing.
 */
export type Packing = "deflate" | "store" | "by-content";

/** What is known of packed content. */
export interface PackedFacts extends Pick<ZipRecord, "method" | "crc32" | "size"> {
  readonly sha256: Sha256;
}

export interface PackedBytes extends PackedFacts {
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
  const isStored = isStoredAsItIs(bytes, packing);
  const [sha256, pieces] = await Promise.all([hashBytes(bytes), isStored ? [bytes] : deflateInBlocks(bytes)]);
  return { method: isStored ? stored : deflated, crc32: crc32(bytes), size: bytes.length, sha256, pieces };
}

/** @param beginning all of the content, or more of it than tells its format */
function isStoredAsItIs(beginning: Uint8Array, packing: Packing): boolean {
  if (packing === "store" || beginning.length === 0) return true;
  return packing === "by-content" && fileFormatOf(beginning)?.isCompressed === true;
}

/** Blocks that are compressed at once, when no more of them can be held. */
const mostBlocks = 8;

/** Packs content that is too large to be held, to the same bytes as `packBytes`, and hands them on in order. */
export async function packAside(
  source: AsyncIterable<Uint8Array>,
  packing: Packing,
  take: (packed: Uint8Array) => void,
): Promise<PackedFacts> {
  const blocks = inBlocks(source);
  const first = await blocks.next();
  const beginning = first.done === true ? Buffer.alloc(0) : first.value;
  async function* all() {
    yield beginning;
    yield* blocks;
  }
  if (isStoredAsItIs(beginning, packing)) return storeStream(all(), take);
  const packed = packStream(all());
  const underWay: Promise<Buffer>[] = [];
  for (let next = await packed.next(); ; next = await packed.next()) {
    if (next.done === true) {
      for (const block of underWay) take(await block);
      return { method: deflated, ...next.value };
    }
    underWay.push(next.value.packed);
    if (underWay.length < mostBlocks) continue;
    const oldest = await underWay.shift();
    if (oldest !== undefined) take(oldest);
  }
}

async function storeStream(source: AsyncIterable<Buffer>, take: (bytes: Uint8Array) => void): Promise<PackedFacts> {
  const digest = createHash("sha256");
  let [size, checksum] = [0, 0];
  for await (const block of source) {
    digest.update(block);
    checksum = crc32(block, checksum);
    size += block.length;
    take(block);
  }
  return { method: stored, size, crc32: checksum, sha256: digest.digest("hex") };
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
    // All that can come of a small block, at once: else 16 KiB are taken for each, which takes a tenth longer.
    ...(block.length < worthAThread ? { chunkSize: block.length + 64 } : {}),
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
  let begun: Uint8Array[] = [];
  let length = 0;
  for await (const piece of source) {
    let from = 0;
    while (length + piece.length - from >= blockSize) {
      const to = from + blockSize - length;
      const rest = piece.subarray(from, to);
      yield begun.length === 0
        ? Buffer.from(rest.buffer, rest.byteOffset, rest.length)
        : Buffer.concat([...begun, rest]);
      [begun, length, from] = [[], 0, to];
    }
    if (from === piece.length) continue;
    begun.push(piece.subarray(from));
    length += piece.length - from;
  }
  if (length > 0) yield Buffer.concat(begun);
}
