import {
  encodeDescriptor,
  encodeDirectoryRecord,
  encodeEnd,
  encodeLocalHeader,
  localHeaderLength,
  type ZipRecord,
} from "../../shared/bundle/zip-records.ts";
import type { Directory, DirectoryEntry } from "./archive-directory.ts";
import { hostile } from "./archive-faults.ts";
import type { RandomAccessFile } from "./random-access-file.ts";

export interface LaidOutEntry extends DirectoryEntry {
  /** Where its packed bytes start in the file. */
  readonly dataStart: number;
}

/** The first place where the archive is not as a bundle is written. Another program may have packed it again. */
export interface LayoutDeviation {
  readonly subject: string;
  /** Of the file. */
  readonly byte: number;
  readonly expected: string;
  readonly found: string;
}

export interface Layout {
  /** In the order of the file. */
  readonly entries: readonly LaidOutEntry[];
  readonly deviation: LayoutDeviation | null;
}

const largestDescriptor = 24;
const windowSize = 4096;
const localSignature = 0x04034b50;

/**
 * Walks the file from its first byte to its last: entry, entry, …, directory, end. Every record is written again as the format
 * says and compared, so that nothing can hide in it. What no reading could make sense of is a fault; what is only written
 * differently is the deviation.
 *
 * @throws TickmarkError `bundle-hostile` for entries that overlap, bytes that belong to no entry, entries with another name in
 * front of them than in the directory
 */
export async function readLayout(file: RandomAccessFile, directory: Directory): Promise<Layout> {
  const walk = new LayoutWalk(file);
  const inOrder = directory.entries.toSorted((left, right) => left.offset - right.offset);
  if ((inOrder[0]?.offset ?? directory.offset) !== 0) throw hostile("has bytes in front that belong to no entry");
  for (const [index, entry] of inOrder.entries()) {
    await walk.passEntry(entry, inOrder[index + 1]?.offset ?? directory.offset);
  }
  await walk.passDirectory(directory.offset);
  return { entries: walk.entries, deviation: walk.deviation };
}

class LayoutWalk {
  readonly entries: LaidOutEntry[] = [];
  deviation: LayoutDeviation | null = null;
  readonly #file: RandomAccessFile;
  readonly #records: ZipRecord[] = [];
  #window: { start: number; bytes: Buffer } = { start: 0, bytes: Buffer.alloc(0) };

  constructor(file: RandomAccessFile) {
    this.#file = file;
  }

  /** @param next where the next entry, or the directory, starts */
  async passEntry(entry: DirectoryEntry, next: number): Promise<void> {
    const name = `"${entry.name}"`;
    const header = await this.#readLocalHeader(entry);
    const record = recordOf(entry);
    this.#compare(name, entry.offset, encodeLocalHeader(record), header);
    const dataStart = entry.offset + header.length;
    const dataEnd = dataStart + entry.compressedSize;
    await this.#passDescriptor(name, record, dataEnd, next);
    this.entries.push({ ...entry, dataStart });
    this.#records.push(record);
  }

  /** The records of the directory, in the order of the entries, then the end of the file. */
  async passDirectory(start: number): Promise<void> {
    const found = await this.#file.read(start, this.#file.size - start);
    let at = 0;
    for (const record of this.#records) {
      const expected = encodeDirectoryRecord(record);
      const subject = `the directory's record of "${Buffer.from(record.name).toString()}"`;
      this.#compare(subject, start + at, expected, found.subarray(at, at + expected.length));
      at += expected.length;
    }
    this.#compare("the end of the archive", start + at, encodeEnd(this.#records.length, start, at), found.subarray(at));
  }

  async #readLocalHeader(entry: DirectoryEntry): Promise<Buffer> {
    const fixed = await this.#read(entry.offset, localHeaderLength);
    if (fixed.length < localHeaderLength || fixed.readUInt32LE(0) !== localSignature) {
      throw hostile(`has no entry at the place where its directory says that "${entry.name}" is`);
    }
    const nameLength = fixed.readUInt16LE(26);
    const rest = await this.#read(entry.offset + localHeaderLength, nameLength + fixed.readUInt16LE(28));
    if (!rest.subarray(0, nameLength).equals(entry.nameBytes)) {
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
  async #read(start: number, length: number): Promise<Buffer> {
    const { start: windowStart, bytes } = this.#window;
    if (start < windowStart || start + length > windowStart + bytes.length) {
      this.#window = { start, bytes: await this.#file.read(start, Math.max(length, windowSize)) };
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
    name: entry.nameBytes,
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
