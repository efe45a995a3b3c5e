import { accessSync, closeSync, constants, fstatSync, openSync, readSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { fileFault } from "./faults.ts";
import { requireNotHeld } from "./held-files.ts";

/** `application_id` of an engagement file: the bytes "TkMk". */
export const applicationId = 0x546b4d6b;

export interface FileHeader {
  readonly version: number;
  /** Whoever had it open did not close it: a journal lies beside it, or it is still set to use one. */
  readonly leftOpen: boolean;
}

const magic = "SQLite format 3\0";
const headerSize = 100;

/**
 * Reads the first 100 bytes of an engagement file (https://www.sqlite.org/fileformat2.html, section 1.3) without SQLite,
 * which would set to work on files that are none: an empty file becomes a database, a stray journal is played back.
 *
 * @throws engagement-missing, engagement-busy, engagement-corrupt, engagement-newer, file-unreadable
 */
export function inspectFile(path: string, newestVersion: number): FileHeader {
  requireNotHeld(path);
  const header = readHeader(path);
  const size = statSync(path).size;
  if (header.length < headerSize || header.toString("latin1", 0, 16) !== magic) {
    throw fileFault("engagement-corrupt", path, size === 0 ? "It is empty." : undefined);
  }
  if (header.readUInt32BE(68) !== applicationId) {
    throw fileFault("engagement-corrupt", path, "It is a database of another program.");
  }
  const version = header.readUInt32BE(60);
  if (version > newestVersion) throw fileFault("engagement-newer", path);
  if (version === 0) throw fileFault("engagement-corrupt", path, "It says no version.");
  const leftOpen = header[18] === 2 || hasJournal(path);
  // Pages that are still in a journal may be missing from the file itself; without one it must be whole.
  if (!hasJournal(path)) checkWhole(path, header, size);
  return { version, leftOpen };
}

/** @throws file-unwritable when the file or its folder cannot be written to: a journal must lie beside it */
export function requireWritable(path: string): void {
  for (const place of [path, dirname(path)]) accessSync(place, constants.W_OK);
}

function readHeader(path: string): Buffer {
  let handle: number;
  try {
    // Without waiting: a pipe would only open when somebody writes to it.
    handle = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException;
    throw code === "EACCES" || code === "EPERM" ? fileFault("file-unreadable", path, undefined, thrown) : thrown;
  }
  try {
    if (!fstatSync(handle).isFile()) throw fileFault("engagement-corrupt", path, "It is no file.");
    const header = Buffer.alloc(headerSize);
    return header.subarray(0, readSync(handle, header, 0, headerSize, 0));
  } finally {
    closeSync(handle);
  }
}

function hasJournal(path: string): boolean {
  return [`${path}-wal`, `${path}-journal`].some((side) => (statSync(side, { throwIfNoEntry: false })?.size ?? 0) > 0);
}

function checkWhole(path: string, header: Buffer, size: number): void {
  const stored = header.readUInt16BE(16);
  const pageSize = stored === 1 ? 65_536 : stored;
  const expected = pageSize * header.readUInt32BE(28);
  if (size < expected) {
    throw fileFault("engagement-corrupt", path, `It is cut off: ${size} of ${expected} bytes are there.`);
  }
}
