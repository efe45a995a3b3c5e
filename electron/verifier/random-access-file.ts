import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { TickmarkError } from "../../shared/errors.ts";
import type { Sha256 } from "../../shared/model/digest.ts";

const pieceSize = 1 << 20;

/** A file that is read here and there and never written. */
export class RandomAccessFile {
  readonly path: string;
  readonly size: number;
  readonly #handle: FileHandle;

  private constructor(path: string, size: number, handle: FileHandle) {
    this.path = path;
    this.size = size;
    this.#handle = handle;
  }

  /** @throws TickmarkError `bundle-missing` or `file-unreadable` */
  static async open(path: string): Promise<RandomAccessFile> {
    let handle: FileHandle | null = null;
    try {
      // Without waiting: a pipe would only open when somebody writes to it.
      handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
      const status = await handle.stat();
      if (!status.isFile()) throw new Error("it is not a file");
      return new RandomAccessFile(path, status.size, handle);
    } catch (error) {
      await handle?.close();
      throw faultOfOpening(path, error);
    }
  }

  /**
   * The bytes at a place, fewer than asked for only at the end of the file.
   *
   * @throws TickmarkError `file-unreadable`
   */
  async read(start: number, length: number): Promise<Buffer> {
    const bytes = Buffer.allocUnsafe(Math.max(0, Math.min(length, this.size - start)));
    await this.#fill(bytes, start);
    return bytes;
  }

  async *pieces(start: number, end: number): AsyncGenerator<Buffer> {
    for (let at = start; at < end; at += pieceSize) yield await this.read(at, Math.min(pieceSize, end - at));
  }

  /** Like `pieces`, for whoever is done with a piece before asking for the next: all of them are in one and the same memory. */
  async *passingPieces(start: number, end: number): AsyncGenerator<Buffer> {
    const memory = Buffer.allocUnsafe(Math.max(0, Math.min(pieceSize, end - start)));
    for (let at = start; at < end; at += pieceSize) {
      const piece = memory.subarray(0, Math.min(pieceSize, end - at));
      await this.#fill(piece, at);
      yield piece;
    }
  }

  async sha256(onPiece: (passed: number) => Promise<void> = async () => undefined): Promise<Sha256> {
    const hash = createHash("sha256");
    let passed = 0;
    for await (const piece of this.passingPieces(0, this.size)) {
      hash.update(piece);
      passed += piece.length;
      await onPiece(passed);
    }
    return hash.digest("hex");
  }

  async #fill(bytes: Buffer, start: number): Promise<void> {
    let done = 0;
    while (done < bytes.length) {
      const { bytesRead } = await this.#handle.read(bytes, done, bytes.length - done, start + done).catch((error) => {
        throw faultOfOpening(this.path, error);
      });
      if (bytesRead === 0) throw faultOfOpening(this.path, new Error("it became shorter while it was read"));
      done += bytesRead;
    }
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }
}

function faultOfOpening(path: string, error: unknown): TickmarkError {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOENT" || code === "ENOTDIR") {
    return new TickmarkError("bundle-missing", `There is no file ${path}.`, "Check the path.", { cause: error });
  }
  const reason = typeof code === "string" ? code : error instanceof Error ? error.message : String(error);
  const action = "Check that it is a file and that you may read it.";
  return new TickmarkError("file-unreadable", `${path} cannot be read (${reason}).`, action, { cause: error });
}
