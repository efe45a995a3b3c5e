import type { PartDescription, RecordCutter } from "./record-cutter.ts";

/** A part of a file on its way to becoming a record. */
export interface FilePart extends PartDescription {
  readonly bytes: Buffer;
}

const usualSize = 1024 * 1024;
/** No record is that long; a file without record ends must not fill the memory. */
export const longestRecord = 64 * 1024 * 1024;

/**
 * Cuts content into parts of whole records: each is the longest that fits into a mebibyte, or a single record that does
 * not. Where they are cut depends on the bytes alone, so that a pull that goes on cuts as the first one did.
 *
 * @param tooLong makes the fault of a record longer than 64 MiB
 * @param partSize in bytes; even, so that no code unit of UTF-16 is cut
 */
export async function* cutContent(
  chunks: AsyncIterable<Buffer>,
  cutter: RecordCutter,
  tooLong: () => Error,
  partSize = usualSize,
): AsyncGenerator<FilePart> {
  const cutting = new Cutting(cutter, tooLong, partSize);
  for await (const chunk of chunks) {
    cutting.add(chunk);
    for (let part = cutting.next(); part !== null; part = cutting.next())
      yield { bytes: part, ...cutter.describe(part) };
  }
  cutting.end();
  for (let part = cutting.next(); part !== null; part = cutting.next()) yield { bytes: part, ...cutter.describe(part) };
  const rest = cutting.rest();
  if (rest.length > 0) yield { bytes: rest, ...cutter.describe(rest) };
}

class Cutting {
  readonly #cutter: RecordCutter;
  readonly #tooLong: () => Error;
  #block: Buffer = Buffer.alloc(0);
  #waiting: Buffer[] = [];
  #size = 0;
  /** How much of the block the cutter has seen. */
  #seen = 0;
  /** Whether the record at the block's start alone is longer than a part. */
  #isLong = false;
  #enough: number;
  readonly #partSize: number;

  constructor(cutter: RecordCutter, tooLong: () => Error, partSize: number) {
    this.#partSize = partSize;
    this.#enough = partSize;
    this.#cutter = cutter;
    this.#tooLong = tooLong;
  }

  add(chunk: Buffer): void {
    this.#waiting.push(chunk);
    this.#size += chunk.length;
  }

  /** The next part; null when more content is needed to tell it. */
  next(): Buffer | null {
    if (this.#size < this.#enough) return null;
    this.#gather();
    if (!this.#isLong) {
      const end = this.#cutter.lastEnd(this.#block, this.#seen, this.#partSize);
      if (end > 0) return this.#cut(end, this.#partSize);
      this.#isLong = true;
      this.#seen = this.#partSize;
    }
    // An odd byte may be half a code unit.
    const to = this.#block.length - (this.#block.length % 2);
    const end = this.#cutter.firstEnd(this.#block, this.#seen, to);
    if (end > 0) return this.#cut(end, end);
    this.#seen = to;
    if (this.#size > longestRecord) throw this.#tooLong();
    // Gathering copies: for a long record it is done seldom.
    this.#enough = this.#size + this.#size / 2;
    return null;
  }

  /** No more content comes: what is there is enough. */
  end(): void {
    if (this.#isLong) this.#enough = 0;
  }

  rest(): Buffer {
    this.#gather();
    return this.#block;
  }

  #gather(): void {
    if (this.#waiting.length === 0) return;
    this.#block = Buffer.concat([this.#block, ...this.#waiting.splice(0)]);
  }

  #cut(end: number, seen: number): Buffer {
    const part = this.#block.subarray(0, end);
    this.#block = this.#block.subarray(end);
    this.#size -= end;
    this.#seen = seen - end;
    this.#isLong = false;
    this.#enough = this.#partSize;
    return part;
  }
}
