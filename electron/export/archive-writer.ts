import { once } from "node:events";
import { type Readable, Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setImmediate as nextTurn } from "node:timers/promises";
import { ZipArchive } from "archiver";

/** The first moment that a ZIP can say. The same in every bundle, so that equal content gives equal bytes. */
const entryDate = new Date("1980-01-01T00:00:00Z");
const entryMode = 0o644;

/** Where the archive goes: takes the bytes in order, and resolves when it is ready for more. */
export interface ArchiveTarget {
  write(bytes: Uint8Array): Promise<void>;
}

/**
 * Writes a ZIP, one entry after the other in the order of the calls, to a target that may be slow. The records come out as
 * `zip-records.ts` has them. Names must have been checked before: archiver rewrites bad ones silently.
 */
export class ArchiveWriter {
  readonly #archive = new ZipArchive({ zlib: { level: 6 } });
  readonly #sink: Writable;
  readonly #flow: Promise<void>;

  constructor(target: ArchiveTarget) {
    this.#sink = new Writable({
      highWaterMark: 1 << 20,
      write: (bytes: Buffer, _encoding, done) => void target.write(bytes).then(() => done(), done),
      writev: (pieces, done) =>
        void target.write(Buffer.concat(pieces.map(({ chunk }) => chunk))).then(() => done(), done),
    });
    this.#flow = pipeline(this.#archive, this.#sink);
    // Every step waits for the flow too, so that its failure is seen there.
    this.#flow.catch(() => undefined);
  }

  /** An entry as it is, for what is compressed already. Its sizes stand before its bytes, where every reader finds them. */
  async store(name: string, bytes: Uint8Array): Promise<void> {
    const before = this.#archive.pointer();
    await this.#append(name, asBuffer(bytes), true);
    // archiver hands stored bytes on without looking how fast they are taken; what waits must not grow with each entry.
    while (this.#archive.pointer() < before + bytes.length) await this.#whileFlowing(nextTurn());
  }

  /** An entry, compressed. */
  async deflate(name: string, bytes: Uint8Array): Promise<void> {
    await this.#append(name, asBuffer(bytes), false);
  }

  /**
   * An entry that is compressed while it is read.
   * @throws what the source throws
   */
  async deflateStream(name: string, source: Readable): Promise<void> {
    const failed = new Promise<never>((_resolve, reject) => source.once("error", reject));
    await Promise.race([this.#append(name, source, false), failed]);
  }

  /** Writes the directory and waits until the target has taken everything. */
  async finish(): Promise<void> {
    await this.#whileFlowing(this.#archive.finalize());
    await this.#flow;
  }

  /** Stops, whatever is under way, and waits until nothing is written any more. */
  async destroy(): Promise<void> {
    this.#archive.on("error", () => undefined);
    this.#archive.abort();
    this.#archive.destroy();
    this.#sink.destroy();
    await this.#flow.catch(() => undefined);
  }

  async #append(name: string, source: Buffer | Readable, store: boolean): Promise<void> {
    const added = once(this.#archive, "entry");
    this.#archive.append(source, { name, date: entryDate, mode: entryMode, store });
    await this.#whileFlowing(added);
  }

  async #whileFlowing(step: Promise<unknown>): Promise<void> {
    step.catch(() => undefined);
    await Promise.race([step, this.#flow]);
    // The flow has no end before `finish`; without this a broken one could pass for a step that is done.
    if (this.#sink.destroyed) await this.#flow;
  }
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
