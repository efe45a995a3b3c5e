import { Readable } from "node:stream";
import { crc32, createInflateRaw } from "node:zlib";
import type { WorkbookFile } from "../../../shared/bundle/workpapers/workbook.ts";
import { deflated } from "../../../shared/bundle/zip-records.ts";
import type { DocumentDifference } from "./document-difference.ts";
import { compareText } from "./text-comparison.ts";

/**
 * Holds a workbook (`.xlsx`, a ZIP) against the files that the data gives. Two programs may pack the same file in other bytes, so that
 * each is unpacked. There is nothing in front of, between and behind the files, and no comment, so that nothing is passed over.
 *
 * @returns null when it holds just these files
 */
export async function compareWorkbook(
  stated: Buffer,
  derived: readonly WorkbookFile[],
): Promise<DocumentDifference | null> {
  try {
    const records = readDirectory(stated);
    if (records.length !== derived.length) throw new OtherStructure(`${records.length} files`, `${derived.length}`);
    for (const [index, { path, text }] of derived.entries()) {
      const record = records[index];
      if (record?.name !== path) throw new OtherStructure(record?.name ?? "nothing", path);
      const difference = await compareFile(record, text);
      if (difference !== null) return { ...difference, place: `${path}, ${difference.place}` };
    }
    return null;
  } catch (error) {
    if (error instanceof OtherStructure) return { place: "its files", expected: error.expected, found: error.found };
    throw error;
  }
}

/** The workbook is not packed as one is. */
class OtherStructure extends Error {
  readonly expected: string;
  readonly found: string;

  constructor(expected: string, found: string) {
    super(`${expected}, not ${found}`);
    this.expected = expected;
    this.found = found;
  }
}

interface FileRecord {
  readonly name: string;
  readonly packed: Buffer;
  readonly crc32: number;
}

// APPNOTE 6.3, 4.3: what each record begins with, and its length without names.
const end = { signature: 0x06054b50, length: 22 } as const;
const directory = { signature: 0x02014b50, length: 46 } as const;
const local = { signature: 0x04034b50, length: 30 } as const;
const descriptor = { signature: 0x08074b50, length: 16 } as const;
const sizesFollow = 0x8;

/** Goes through the directory and the files before it together; each begins where the one before it ends. */
function readDirectory(bytes: Buffer): FileRecord[] {
  const endAt = bytes.length - end.length;
  if (endAt < 0 || bytes.readUInt32LE(endAt) !== end.signature) throw new OtherStructure("no end", "the end of a ZIP");
  const [count, start] = [bytes.readUInt16LE(endAt + 10), bytes.readUInt32LE(endAt + 16)];
  const records: FileRecord[] = [];
  let [at, fileAt] = [start, 0];
  for (let index = 0; index < count; index += 1) {
    if (at + directory.length > endAt || bytes.readUInt32LE(at) !== directory.signature) throw damaged(index);
    const nameLength = bytes.readUInt16LE(at + 28);
    const isPlain = bytes.readUInt32LE(at + 30) === 0 && bytes.readUInt16LE(at + 10) === deflated;
    const name = bytes.toString("utf8", at + directory.length, at + directory.length + nameLength);
    const packedLength = bytes.readUInt32LE(at + 20);
    if (!isPlain || bytes.readUInt32LE(at + 42) !== fileAt) throw damaged(index);
    const dataAt = passLocalHeader(bytes, fileAt, name);
    fileAt = dataAt + packedLength;
    if (fileAt + descriptor.length > start || bytes.readUInt32LE(fileAt) !== descriptor.signature) throw damaged(index);
    const crc32 = bytes.readUInt32LE(at + 16);
    if (bytes.readUInt32LE(fileAt + 4) !== crc32 || bytes.readUInt32LE(fileAt + 8) !== packedLength)
      throw damaged(index);
    records.push({ name, crc32, packed: bytes.subarray(dataAt, fileAt) });
    fileAt += descriptor.length;
    at += directory.length + nameLength;
  }
  if (at !== endAt || fileAt !== start)
    throw new OtherStructure("bytes that belong to no file", "files and nothing else");
  return records;
}

function passLocalHeader(bytes: Buffer, at: number, name: string): number {
  const nameAt = at + local.length;
  const isWhole = nameAt <= bytes.length && bytes.readUInt32LE(at) === local.signature;
  if (!isWhole || (bytes.readUInt16LE(at + 6) & sizesFollow) === 0) throw new OtherStructure("no file", name);
  const [nameLength, extraLength] = [bytes.readUInt16LE(at + 26), bytes.readUInt16LE(at + 28)];
  const found = bytes.toString("utf8", nameAt, nameAt + nameLength);
  if (found !== name || extraLength !== 0) throw new OtherStructure(found, name);
  return nameAt + nameLength;
}

function damaged(index: number): OtherStructure {
  return new OtherStructure(`a damaged record of file ${index + 1}`, "a record as Tickmark writes it");
}

async function compareFile(record: FileRecord, text: Iterable<string>): Promise<DocumentDifference | null> {
  const inflate = createInflateRaw();
  Readable.from([record.packed], { objectMode: false }).pipe(inflate);
  let sum = 0;
  async function* unpacked(): AsyncGenerator<Buffer> {
    for await (const piece of inflate) {
      sum = crc32(piece as Buffer, sum);
      yield piece as Buffer;
    }
  }
  try {
    const difference = await compareText(unpacked(), text);
    if (difference !== null) return difference;
  } catch (error) {
    if (!(error instanceof Error && "code" in error && String(error.code).startsWith("Z_"))) throw error;
    throw new OtherStructure(`${record.name}, which cannot be unpacked`, record.name);
  } finally {
    inflate.destroy();
  }
  if (inflate.bytesWritten === record.packed.length && sum === record.crc32) return null;
  throw new OtherStructure(`${record.name} with something behind it`, record.name);
}
