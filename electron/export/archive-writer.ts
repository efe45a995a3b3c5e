import {
  deflated,
  encodeDescriptor,
  encodeDirectoryRecord,
  encodeEnd,
  encodeLocalHeader,
  type ZipRecord,
} from "../../shared/bundle/zip-records.ts";
import type { Sha256 } from "../../shared/model/digest.ts";
import { type Packing, packAside, packBytes, packStream } from "./entry-packing.ts";

/** Where the archive goes: takes the bytes in order, and resolves when it is ready for more. */
export interface ArchiveTarget {
  write(bytes: Uint8Array): Promise<void>;
}

/** Where bytes are kept until their turn comes: the records of the directory, of which there may be a million, or a large entry. */
export interface Spool {
  append(bytes: Uint8Array): void;
  /** Everything that was appended, in order. Each piece may be in the same memory as the one before. */
  pieces(): Iterable<Uint8Array>;
}

export interface EntryFacts {
  readonly size: number;
  readonly sha256: Sha256;
}

/** Told when an entry is written. What it throws ends the archive. */
type Written = (facts: EntryFacts) => void;

/** Content that is packed or waits to be written, in bytes: with this much under way every core is busy. */
const mostUnderWay = 12 << 20;
/** And in steps: a small entry weighs more than its bytes. */
const mostSteps = 256;
/** Small writes are gathered up to this. */
const writeSize = 1 << 18;

interface Step {
  readonly size: number;
  readonly done: Promise<void>;
}

/**
 * Writes a ZIP in the order of the calls, to a target that may be slow, and packs several entries at once meanwhile. Every call resolves
 * when there is room for the next one, not when the entry is written. The records are those of `zip-records.ts`. Names must
 * have been checked before.
 */
export class ArchiveWriter {
  readonly #target: ArchiveTarget;
  readonly #directory: Spool;
  #count = 0;
  #steps: Step[] = [];
  #last: Promise<void> = Promise.resolve();
  #underWay = 0;
  #isStopped = false;
  #gathered: Uint8Array[] = [];
  #gatheredSize = 0;
  #at = 0;

  constructor(target: ArchiveTarget, directory: Spool) {
    this.#target = target;
    this.#directory = directory;
  }

  /** An entry as it is. */
  store(name: string, bytes: Uint8Array, written?: Written): Promise<void> {
    return this.pack(name, bytes, "store", written);
  }

  /** An entry, compressed. */
  deflate(name: string, bytes: Uint8Array, written?: Written): Promise<void> {
    return this.pack(name, bytes, "deflate", written);
  }

  /** An entry with its sizes in front of its bytes, where every reader finds them. `bytes` must not change any more. */
  async pack(name: string, bytes: Uint8Array, packing: Packing, written: Written = () => undefined): Promise<void> {
    await this.#inTurn(bytes.length, packBytes(bytes, packing), async ({ pieces, sha256, ...packed }) => {
      const compressedSize = pieces.reduce((sum, piece) => sum + piece.length, 0);
      const record = { name: nameBytes(name), form: "whole", compressedSize, offset: this.#at, ...packed } as const;
      this.#addToDirectory(record);
      for (const piece of [encodeLocalHeader(record), ...pieces]) await this.#put(piece);
      written({ size: record.size, sha256 });
    });
  }

  /**
   * The same entry from content that is too large to be held, so that it is packed before anything of it is written. Resolves when
   * it is written.
   *
   * @param packed takes it meanwhile
   * @throws what the source throws
   */
  async packLarge(
    name: string,
    source: AsyncIterable<Uint8Array>,
    packing: Packing,
    packed: Spool,
    written: Written = () => undefined,
  ): Promise<void> {
    let compressedSize = 0;
    const { sha256, ...facts } = await packAside(source, packing, (bytes) => {
      compressedSize += bytes.length;
      packed.append(bytes);
    });
    await this.#inTurn(0, Promise.resolve(), async () => {
      const record = { name: nameBytes(name), form: "whole", compressedSize, offset: this.#at, ...facts } as const;
      this.#addToDirectory(record);
      await this.#put(encodeLocalHeader(record));
      await this.#putPieces(packed);
      written({ size: record.size, sha256 });
    });
    await this.settle();
  }

  /**
   * An entry that is compressed while it is read, with its sizes behind its bytes.
   *
   * @throws what the source throws
   */
  async packStream(name: string, source: AsyncIterable<Uint8Array>, written: Written = () => undefined): Promise<void> {
    const head = { name: nameBytes(name), form: "streamed", method: deflated } as const;
    let [offset, compressedSize] = [0, 0];
    await this.#inTurn(0, Promise.resolve(), async () => {
      offset = this.#at;
      await this.#put(encodeLocalHeader({ ...head, crc32: 0, compressedSize: 0, size: 0, offset }));
    });
    const blocks = packStream(source);
    for (let next = await blocks.next(); ; next = await blocks.next()) {
      if (next.done) {
        const { sha256, ...facts } = next.value;
        await this.#inTurn(0, Promise.resolve(), async () => {
          const record = { ...head, ...facts, compressedSize, offset };
          this.#addToDirectory(record);
          await this.#put(encodeDescriptor(record));
          written({ size: facts.size, sha256 });
        });
        return;
      }
      await this.#inTurn(next.value.size, next.value.packed, async (packed) => {
        compressedSize += packed.length;
        await this.#put(packed);
      });
    }
  }

  /** Waits until every entry is written. */
  async settle(): Promise<void> {
    await this.#last;
  }

  /** Writes the directory and waits until the target has taken everything. */
  async finish(): Promise<void> {
    await this.settle();
    const directoryOffset = this.#at;
    await this.#putPieces(this.#directory);
    await this.#put(encodeEnd(this.#count, directoryOffset, this.#at - directoryOffset));
    await this.#flush();
  }

  /** Stops, whatever is under way, and waits until nothing is written any more. */
  async destroy(): Promise<void> {
    this.#isStopped = true;
    await this.#last.catch(() => undefined);
  }

  #addToDirectory(record: ZipRecord): void {
    this.#count += 1;
    this.#directory.append(encodeDirectoryRecord(record));
  }

  /**
   * Puts a step behind those that wait: it is done when they are, with what was made for it meanwhile.
   *
   * @throws what an earlier step, or what this one waits for, threw
   */
  async #inTurn<Made>(size: number, made: Promise<Made>, write: (made: Made) => Promise<void>): Promise<void> {
    const done = Promise.all([made, this.#last]).then(async ([value]) => {
      if (!this.#isStopped) await write(value);
    });
    // It is looked at when its turn has come.
    done.catch(() => undefined);
    this.#last = done;
    this.#steps.push({ size, done });
    this.#underWay += size;
    while (this.#underWay > mostUnderWay || this.#steps.length > mostSteps) await this.#passOldest();
  }

  async #passOldest(): Promise<void> {
    const oldest = this.#steps.shift();
    if (oldest === undefined) return;
    await oldest.done;
    this.#underWay -= oldest.size;
  }

  async #put(bytes: Uint8Array): Promise<void> {
    this.#at += bytes.length;
    this.#gathered.push(bytes);
    this.#gatheredSize += bytes.length;
    if (this.#gatheredSize >= writeSize) await this.#flush();
  }

  /** Each is out before the next one comes into its place. */
  async #putPieces(spool: Spool): Promise<void> {
    for (const piece of spool.pieces()) {
      await this.#put(piece);
      await this.#flush();
    }
  }

  async #flush(): Promise<void> {
    const [only] = this.#gathered;
    const bytes = this.#gathered.length === 1 && only !== undefined ? only : Buffer.concat(this.#gathered);
    this.#gathered = [];
    this.#gatheredSize = 0;
    await this.#target.write(bytes);
  }
}

function nameBytes(name: string): Uint8Array {
  return new Uint8Array(Buffer.from(name));
}
