import {
  encodeDescriptor,
  encodeDirectoryRecord,
  encodeEnd,
  encodeLocalHeader,
  localHeaderLength,
  type ZipRecord,
} from "../../shared/bundle/zip-records.ts";
import type { TickmarkError } from "../../shared/errors.ts";
import type { Directory } from "./archive-directory.ts";
import { hostile } from "./archive-faults.ts";
import type { DirectoryEntry, EntryTable } from "./entry-table.ts";
import type { RandomAccessFile } from "./random-access-file.ts";

/** The first place where the archive is not as a bundle is written. Another program may have packed it again. */
export interface LayoutDeviation {
  readonly subject: string;
  /** Of the file. */
  readonly byte: number;
  readonly expected: string;
  readonly found: string;
}

const largestDescriptor = 24;
const windowSize = 1 << 12;
const directoryWindow = 1 << 18;
const localSignature = 0x04034b50;

/**
 * Walks the file from its first byte to its last: entry, entry, …, directory, end. Every record is written again as the format
 * says and compared, so that nothing can hide in it. What no reading could make sense of is a fault; what is only written
 * differently is the deviation.
 *
 * @throws TickmarkError `bundle-hostile` for entries that overlap, bytes that belong to no entry, entries with another name in
 * front of them than in the directory
 */
export async function findDeviation(file: RandomAccessFile, directory: Directory): Promise<LayoutDeviation | null> {
  const walk = new LayoutWalk(file, directory.entries);
  let previous: DirectoryEntry | null = null;
  for (const entry of directory.entries.values()) {
    if (previous !== null) await walk.passEntry(previous, entry.offset);
    else if (entry.offset !== 0) throw bytesInFront();
    previous = entry;
  }
  if (previous !== null) await walk.passEntry(previous, directory.offset);
  else if (directory.offset !== 0) throw bytesInFront();
  await walk.passDirectory(directory.offset);
  return walk.deviation;
}

function bytesInFront(): TickmarkError {
  return hostile("has bytes in front that belong to no entry");
}

class LayoutWalk {
  deviation: LayoutDeviation | null = null;
  readonly #file: RandomAccessFile;
  readonly #entries: EntryTable;
  #window: { start: number; bytes: Buffer } = { start: 0, bytes: Buffer.alloc(0) };

  constructor(file: RandomAccessFile, entries: EntryTable) {
    this.#file = file;
    this.#entries = entries;
  }

  /** @param next where the next entry, or the directory, starts */
  async passEntry(entry: DirectoryEntry, next: number): Promise<void> {
    const name = `"${entry.name}"`;
    const header = await this.#readLocalHeader(entry);
    const record = recordOf(entry);
    this.#compare(name, entry.offset, encodeLocalHeader(record), header);
    const dataStart = entry.offset + header.length;
    await this.#passDescriptor(name, record, dataStart + entry.compressedSize, next);
    this.#entries.locate(entry.name, dataStart);
  }

  /** The records of the directory, in the order of the entries, then the end of the file. */
  async passDirectory(offset: number): Promise<void> {
    let at = offset;
    for (const entry of this.#entries.values()) {
      const expected = encodeDirectoryRecord(recordOf(entry));
      const found = await this.#read(at, expected.length, directoryWindow);
      this.#compare(`the directory's record of "${entry.name}"`, at, expected, found);
      at += expected.length;
    }
    const expected = encodeEnd(this.#entries.size, offset, at - offset);
    // A byte more than it should have, so that one too many is noticed.
    this.#compare("the end of the archive", at, expected, await this.#read(at, expected.length + 1));
  }

  async #readLocalHeader(entry: DirectoryEntry): Promise<Buffer> {
    const fixed = await this.#read(entry.offset, localHeaderLength);
    if (fixed.length < localHeaderLength || fixed.readUInt32LE(0) !== localSignature) {
      throw hostile(`has no entry at the place where its directory says that "${entry.name}" is`);
    }
    const nameLength = fixed.readUInt16LE(26);
    const rest = await this.#read(entry.offset + localHeaderLength, nameLength + fixed.readUInt16LE(28));
    if (!rest.subarray(0, nameLength).equals(Buffer.from(entry.name))) {
      throw hostile(`gives the entry "${entry.name}" another name in front of its bytes`);
    }
    return Buffer.concat([fixed, rest]);
  }

  async #passDescriptor(name: string, record: ZipRecord, dataEnd: number, next: number): Promise<void> {
    if (dataEnd > next) throw hostile(`has an entry ${name} that overlaps what follows it`);
    if (next - dataEnd > (record.form === "whole" ? 0 : largestDescriptor)) {
      throw hostile(`has bytes behind the entry ${name} that belong to none`);
    }
    const found = await this.#read(dataEnd, next - dataEnd);
    this.#compare(`the sizes behind ${name}`, dataEnd, encodeDescriptor(record), found);
  }

  /** Through a window of a page: in a bundle of many small files a read for each record would take longer than all the rest. */
  async #read(start: number, length: number, window = windowSize): Promise<Buffer> {
    const { start: windowStart, bytes } = this.#window;
    if (start < windowStart || start + length > windowStart + bytes.length) {
      this.#window = { start, bytes: await this.#file.read(start, Math.max(length, window)) };
    }
    const from = start - this.#window.start;
    return this.#window.bytes.subarray(from, from + length);
  }

  #compare(subject: string, start: number, expected: Uint8Array, found: Uint8Array): void {
    if (this.deviation !== null || Buffer.compare(expected, found) === 0) return;
    const length = Math.max(expected.length, found.length);
    let at = 0;
    while (at < length && expected[at] === found[at]) at++;
    this.deviation = { subject, byte: start + at, expected: shown(expected[at]), found: shown(found[at]) };
  }
}

function recordOf(entry: DirectoryEntry): ZipRecord {
  const { method, crc32, compressedSize, size, offset } = entry;
  return {
    name: new Uint8Array(Buffer.from(entry.name)),
    form: entry.streamed ? "streamed" : "whole",
    method,
    crc32,
    compressedSize,
    size,
    offset,
  };
}

function shown(byte: number | undefined): string {
  return byte === undefined ? "nothing" : `0x${byte.toString(16).padStart(2, "0")}`;
}
