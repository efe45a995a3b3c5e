import { type FileHandle, open } from "node:fs/promises";
import {
  deflated,
  encodeDescriptor,
  encodeDirectoryRecord,
  encodeEnd,
  encodeLocalHeader,
  localHeaderLength,
  stored,
  type ZipRecord,
} from "../../shared/bundle/zip-records.ts";
import { TickmarkError } from "../../shared/errors.ts";

const endLength = 22;
const zip64Length = 76;
const recordLength = 46;
const needsZip64 = 0xffff_ffff;
const needsZip64Count = 0xffff;
const streamedFlag = 0x8;
const largestDirectory = 256 * 2 ** 20;
const pieceSize = 1 << 20;

/** An entry of an archive that this program wrote, with the place of all its bytes. */
export interface WrittenEntry {
  readonly record: ZipRecord;
  readonly name: string;
  /** First byte after its last. */
  readonly end: number;
}

/**
 * Opens a bundle that this program wrote, to add to it. Only the one way in which bundles are written is understood: each record
 * is written again and compared, so that what is copied is what was meant. Of a bundle of a million files the directory alone is held.
 */
export class WrittenArchive {
  readonly path: string;
  readonly #handle: FileHandle;
  readonly #directory: Directory;

  private constructor(path: string, handle: FileHandle, directory: Directory) {
    this.path = path;
    this.#handle = handle;
    this.#directory = directory;
  }

  /** @throws TickmarkError `bundle-missing`, `file-unreadable`, or `bundle-not-an-archive` for what was packed otherwise */
  static async open(path: string): Promise<WrittenArchive> {
    const handle = await openFile(path);
    try {
      return new WrittenArchive(path, handle, await readDirectory(path, handle));
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /** In the order of the file. */
  entries(): Generator<WrittenEntry> {
    return entriesIn(this.#directory, this.path);
  }

  /** The first entries with these names; a name that there is not is left out. */
  find(names: Iterable<string>): ReadonlyMap<string, WrittenEntry> {
    const wanted = new Set(names);
    const found = new Map<string, WrittenEntry>();
    for (const entry of this.entries())
      if (wanted.has(entry.name) && !found.has(entry.name)) found.set(entry.name, entry);
    return found;
  }

  /** The packed bytes of an entry, without its records. */
  async readPacked(entry: WrittenEntry): Promise<Buffer> {
    const start = entry.record.offset + localHeaderLength + entry.record.name.length;
    return readExactly(this.#handle, start, entry.record.compressedSize, this.path);
  }

  /** An entry as it lies in the file, records and all, in pieces. */
  async *copy({ record, end }: WrittenEntry): AsyncGenerator<Buffer> {
    for (let at = record.offset; at < end; at += pieceSize)
      yield await readExactly(this.#handle, at, Math.min(pieceSize, end - at), this.path);
  }

  close(): Promise<void> {
    return this.#handle.close();
  }
}

interface Directory {
  readonly bytes: Buffer;
  /** In the file. */
  readonly offset: number;
}

async function readDirectory(path: string, handle: FileHandle): Promise<Directory> {
  const { size } = await handle.stat();
  const place = await findDirectory(path, handle, size);
  if (place.size > largestDirectory || place.offset + place.size > size) throw notOurs(path);
  const directory = { bytes: await readExactly(handle, place.offset, place.size, path), offset: place.offset };
  let [count, at] = [0, 0];
  for (const { record, end } of entriesIn(directory, path)) {
    const written = encodeDirectoryRecord(record);
    if (!directory.bytes.subarray(at, at + written.length).equals(written)) throw notOurs(path);
    const taken = encodeLocalHeader(record).length + record.compressedSize + encodeDescriptor(record).length;
    if (record.offset + taken !== end) throw notOurs(path);
    at += written.length;
    count += 1;
  }
  const behind = place.offset + place.size;
  const written = encodeEnd(count, place.offset, place.size);
  if (at !== place.size || size - behind !== written.length) throw notOurs(path);
  if (!(await readExactly(handle, behind, written.length, path)).equals(written)) throw notOurs(path);
  return directory;
}

/** Each entry ends where the next one begins, and the last one where the directory does. */
function* entriesIn({ bytes, offset }: Directory, path: string): Generator<WrittenEntry> {
  let previous: ZipRecord | null = null;
  for (const record of recordsIn(bytes, path)) {
    if (previous !== null) yield entryOf(previous, record.offset);
    previous = record;
  }
  if (previous !== null) yield entryOf(previous, offset);
}

function entryOf(record: ZipRecord, end: number): WrittenEntry {
  return { record, name: Buffer.from(record.name).toString("utf8"), end };
}

/** Where the directory is, by the end of the file. */
async function findDirectory(path: string, handle: FileHandle, size: number) {
  if (size < endLength) throw notOurs(path);
  const end = await readExactly(handle, size - endLength, endLength, path);
  const found = { size: end.readUInt32LE(12), offset: end.readUInt32LE(16) };
  const isLarge = end.readUInt16LE(10) === needsZip64Count || found.size === needsZip64 || found.offset === needsZip64;
  if (!isLarge) return found;
  if (size < endLength + zip64Length) throw notOurs(path);
  const large = await readExactly(handle, size - endLength - zip64Length, zip64Length, path);
  return { size: Number(large.readBigUInt64LE(40)), offset: Number(large.readBigUInt64LE(48)) };
}

function* recordsIn(directory: Buffer, path: string): Generator<ZipRecord> {
  for (let at = 0; at < directory.length; ) {
    if (at + recordLength > directory.length) throw notOurs(path);
    const [nameLength, extraLength] = [directory.readUInt16LE(at + 28), directory.readUInt16LE(at + 30)];
    const end = at + recordLength + nameLength + extraLength;
    if (end > directory.length) throw notOurs(path);
    yield readRecord(directory.subarray(at, end), nameLength, extraLength);
    at = end;
  }
}

function readRecord(bytes: Buffer, nameLength: number, extraLength: number): ZipRecord {
  const extra = bytes.subarray(recordLength + nameLength);
  const large = (at: number) => Number(extra.readBigUInt64LE(at));
  const isLarge = extraLength === 28;
  return {
    name: new Uint8Array(bytes.subarray(recordLength, recordLength + nameLength)),
    form: (bytes.readUInt16LE(8) & streamedFlag) === 0 ? "whole" : "streamed",
    method: bytes.readUInt16LE(10) === stored ? stored : deflated,
    crc32: bytes.readUInt32LE(16),
    size: isLarge ? large(4) : bytes.readUInt32LE(24),
    compressedSize: isLarge ? large(12) : bytes.readUInt32LE(20),
    offset: isLarge ? large(20) : bytes.readUInt32LE(42),
  };
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    return await open(path, "r");
  } catch (cause) {
    const missing = cause instanceof Error && "code" in cause && cause.code === "ENOENT";
    const message = `The bundle ${path} ${missing ? "is not there" : "cannot be read"}.`;
    throw new TickmarkError(missing ? "bundle-missing" : "file-unreadable", message, "Check its path.", { cause });
  }
}

async function readExactly(handle: FileHandle, at: number, length: number, path: string): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  for (let done = 0; done < length; ) {
    const { bytesRead } = await handle.read(bytes, done, length - done, at + done);
    if (bytesRead === 0) throw notOurs(path);
    done += bytesRead;
  }
  return bytes;
}

function notOurs(path: string): TickmarkError {
  return new TickmarkError(
    "bundle-not-an-archive",
    `${path} is not a bundle as Tickmark writes them: it was cut, changed, or packed again by another program.`,
    "Take the bundle as it was exported.",
  );
}
