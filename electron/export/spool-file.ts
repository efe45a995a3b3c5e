import { randomBytes } from "node:crypto";
import { closeSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { faultOfWriting } from "./atomic-file.ts";

/** Bytes that go to the disk, or come from it, together. */
const pieceSize = 1 << 18;

/**
 * What is known of a million files is too much to hold until it can be written. It lies in a file without a name beside the
 * target, on the disk that has room for it: whatever ends the process, nothing of it is left.
 */
export class SpoolFile {
  readonly #target: string;
  readonly #path: string;
  readonly #file: number;
  #gathered: Uint8Array[] = [];
  #gatheredSize = 0;
  #size = 0;
  #isOpen = true;

  /** @throws TickmarkError `file-unwritable` or `disk-full` */
  constructor(target: string) {
    this.#target = target;
    this.#path = `${target}.partial-${randomBytes(6).toString("hex")}`;
    try {
      this.#file = openSync(this.#path, "wx+", 0o600);
    } catch (error) {
      throw faultOfWriting(error, target);
    }
    this.#removeName();
  }

  /** @throws TickmarkError `file-unwritable` or `disk-full` */
  append(bytes: Uint8Array): void {
    this.#gathered.push(bytes);
    this.#gatheredSize += bytes.length;
    if (this.#gatheredSize >= pieceSize) this.#write();
  }

  /** Everything that was appended, from the beginning; each piece is in the same memory as the one before. */
  *pieces(): Generator<Buffer> {
    this.#write();
    const memory = Buffer.allocUnsafe(Math.min(pieceSize, this.#size));
    for (let at = 0; at < this.#size; ) {
      const length = readSync(this.#file, memory, 0, memory.length, at);
      if (length === 0) throw new Error(`The lists of ${this.#target} became shorter while they were read.`);
      yield memory.subarray(0, length);
      at += length;
    }
  }

  /** Safe at any point. */
  [Symbol.dispose](): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    closeSync(this.#file);
    this.#removeName();
  }

  #write(): void {
    const bytes = Buffer.concat(this.#gathered);
    this.#gathered = [];
    this.#gatheredSize = 0;
    try {
      for (let done = 0; done < bytes.length; ) {
        done += writeSync(this.#file, bytes, done, bytes.length - done, this.#size + done);
      }
    } catch (error) {
      throw faultOfWriting(error, this.#target);
    }
    this.#size += bytes.length;
  }

  /** Where a file that is open keeps its name, it loses it when it is closed. */
  #removeName(): void {
    try {
      rmSync(this.#path, { force: true });
    } catch {
      // It lies there under a name that says what it is.
    }
  }
}
