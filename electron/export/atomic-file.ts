import { createHash, randomBytes } from "node:crypto";
import { type FileHandle, open, readdir, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { TickmarkError } from "../../shared/errors.ts";
import type { Sha256 } from "../../shared/model/digest.ts";

/** A program that still writes to its file does so more often, in milliseconds. */
const abandonedAfter = 24 * 60 * 60 * 1000;

/**
 * A file that appears under its name when it is whole, and not before: it is written beside its place under a name with
 * `.partial-`, made durable, and renamed. Whatever stops it, an older file of that name stays as it was. What a program that was
 * killed left of one is removed when the file is written again on a later day.
 */
export class AtomicFile {
  readonly #target: string;
  readonly #partial: string;
  readonly #handle: FileHandle;
  readonly #hash = createHash("sha256");
  #size = 0;

  private constructor(target: string, partial: string, handle: FileHandle) {
    this.#target = target;
    this.#partial = partial;
    this.#handle = handle;
  }

  /** @throws TickmarkError `file-unwritable` or `disk-full` */
  static async create(target: string): Promise<AtomicFile> {
    await removeAbandoned(target);
    const partial = `${target}.partial-${randomBytes(6).toString("hex")}`;
    try {
      return new AtomicFile(target, partial, await open(partial, "wx"));
    } catch (error) {
      throw faultOfWriting(error, target);
    }
  }

  /** @throws TickmarkError `file-unwritable` or `disk-full` */
  async write(bytes: Uint8Array): Promise<void> {
    try {
      for (let done = 0; done < bytes.length; ) {
        const { bytesWritten } = await this.#handle.write(bytes, done);
        done += bytesWritten;
      }
    } catch (error) {
      throw faultOfWriting(error, this.#target);
    }
    this.#hash.update(bytes);
    this.#size += bytes.length;
  }

  /** Puts the file in its place. @throws TickmarkError `file-unwritable` or `disk-full` */
  async commit(): Promise<{ sha256: Sha256; size: number }> {
    try {
      await this.#handle.sync();
      await this.#handle.close();
      await rename(this.#partial, this.#target);
    } catch (error) {
      throw faultOfWriting(error, this.#target);
    }
    await syncFolder(dirname(this.#target));
    return { sha256: this.#hash.digest("hex"), size: this.#size };
  }

  /** Removes what was written. Safe at any point, and after `commit` it changes nothing. */
  async discard(): Promise<void> {
    await this.#handle.close().catch(() => undefined);
    await rm(this.#partial, { force: true }).catch(() => undefined);
  }
}

/**
 * Writes a whole file, or leaves the older one.
 *
 * @throws TickmarkError `file-unwritable` or `disk-full`
 */
export async function writeFileAtomically(path: string, bytes: Uint8Array): Promise<{ sha256: Sha256; size: number }> {
  const file = await AtomicFile.create(path);
  try {
    await file.write(bytes);
    return await file.commit();
  } finally {
    await file.discard();
  }
}

/** What cannot be looked at or removed stays: it is in nobody's way but the disk's. */
async function removeAbandoned(target: string): Promise<void> {
  const folder = dirname(target);
  const begins = `${basename(target)}.partial-`;
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter(
    (each) => each.startsWith(begins) && /^[0-9a-f]{12}$/.test(each.slice(begins.length)),
  )) {
    const path = join(folder, name);
    const written = await stat(path).catch(() => null);
    if (written?.isFile() && Date.now() - written.mtimeMs > abandonedAfter)
      await rm(path, { force: true }).catch(() => undefined);
  }
}

/** The new name survives a loss of power only when the folder is written too. Windows cannot open a folder and need not. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r").catch(() => null);
  await folder?.sync().catch(() => undefined);
  await folder?.close().catch(() => undefined);
}

/** What a fault of the file system means to whoever wanted the target written. */
export function faultOfWriting(error: unknown, target: string): unknown {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOSPC" || code === "EDQUOT") {
    return new TickmarkError(
      "disk-full",
      `There is no room left on the disk to write ${target}.`,
      "Free some space or choose another disk, then export again. Nothing that was there before is lost.",
      { cause: error },
    );
  }
  if (typeof code !== "string") return error;
  return new TickmarkError(
    "file-unwritable",
    `${target} cannot be written (${code}).`,
    "Check that the folder exists, that you may write to it, and that no other program has the file open.",
    { cause: error },
  );
}
