import { type Entry, Reader, ZipReader } from "@zip.js/zip.js";
import { PartPathGuard, repeatedPath } from "../../shared/bundle/part-path.ts";
import { deflated, stored } from "../../shared/bundle/zip-records.ts";
import { TickmarkError } from "../../shared/errors.ts";
import { hostile, notAnArchive, tooLarge, truncated } from "./archive-faults.ts";
import { EntryTable } from "./entry-table.ts";
import type { RandomAccessFile } from "./random-access-file.ts";

export interface ArchiveLimits {
  readonly maxEntries: number;
  /** Bytes, of the directory at the end. */
  readonly maxDirectorySize: number;
  /** Bytes, of all entries unpacked. */
  readonly maxTotalSize: number;
  /** Unpacked to packed size, for entries of at least `ratioFrom` bytes. */
  readonly maxRatio: number;
  readonly ratioFrom: number;
}

/**
 * A year of a bank (DESIGN.md, section 9) fits several times. Text compresses 5 to 50 times; deflate cannot do more than
 * 1032 times, which only a bomb comes near to.
 */
export const defaultLimits: ArchiveLimits = {
  maxEntries: 1_000_000,
  maxDirectorySize: 256 * 2 ** 20,
  maxTotalSize: 200 * 2 ** 30,
  maxRatio: 500,
  ratioFrom: 64 * 2 ** 20,
};

export interface Directory {
  readonly entries: EntryTable;
  readonly offset: number;
}

/**
 * The archive's directory, read by zip.js at its strictest and checked entry by entry.
 *
 * @throws TickmarkError `bundle-not-an-archive`, `bundle-truncated`, `bundle-hostile` or `bundle-too-large`
 */
export async function readDirectory(file: RandomAccessFile, limits: ArchiveLimits): Promise<Directory> {
  const reader = new ZipReader(new FileReader(file, limits.maxDirectorySize), { strictness: "strict" });
  const checked = new DirectoryCheck(limits);
  try {
    for await (const entry of reader.getEntriesGenerator()) checked.add(entry);
    checked.finish();
  } catch (error) {
    throw error instanceof TickmarkError ? error : await faultOfReading(file, error);
  }
  if (reader.comment.length > 0) throw hostile("has a comment, which a bundle never has");
  return { entries: checked.entries, offset: reader.directoryOffset ?? 0 };
}

/** Gives zip.js what it asks for, up to a limit: it reads the whole directory at once. */
class FileReader extends Reader<RandomAccessFile> {
  readonly #file: RandomAccessFile;
  readonly #maxLength: number;

  constructor(file: RandomAccessFile, maxLength: number) {
    super(file);
    this.#file = file;
    this.#maxLength = maxLength;
    this.size = file.size;
  }

  override async readUint8Array(index: number, length: number): Promise<Uint8Array> {
    if (Math.min(length, this.#file.size - index) > this.#maxLength) {
      throw tooLarge(`has a directory of more than ${this.#maxLength} bytes`);
    }
    return this.#file.read(index, length);
  }
}

class DirectoryCheck {
  readonly entries = new EntryTable();
  readonly #limits: ArchiveLimits;
  readonly #guard = new PartPathGuard();
  #totalSize = 0;

  constructor(limits: ArchiveLimits) {
    this.#limits = limits;
  }

  add(entry: Entry): void {
    if (this.entries.size >= this.#limits.maxEntries) {
      throw tooLarge(`has more than ${this.#limits.maxEntries} entries`);
    }
    this.#checkName(entry);
    checkKind(entry);
    this.#checkSize(entry);
    const { filename: name, compressedSize, uncompressedSize: size, offset } = entry;
    const method = entry.compressionMethod === stored ? stored : deflated;
    const streamed = entry.bitFlag?.dataDescriptor === true;
    const crc32 = entry.crc32 ?? entry.signature ?? 0;
    this.entries.add({ name, method, crc32, compressedSize, size, offset, streamed });
  }

  finish(): void {
    checkPaths(() => {
      for (const name of this.entries.keys()) this.#guard.confirm(name);
    });
  }

  #checkName(entry: Entry): void {
    // A second name in an extra field, or one that is not UTF-8, is read in one way by some and in another by others.
    if (!Buffer.from(entry.filename).equals(Buffer.from(entry.rawFilename))) {
      throw hostile(`has an entry with two names, one of them ${JSON.stringify(entry.filename)}`);
    }
    checkPaths(() => {
      if (this.entries.has(entry.filename)) throw repeatedPath(entry.filename);
      this.#guard.add(entry.filename);
    });
  }

  #checkSize(entry: Entry): void {
    const { compressedSize, uncompressedSize: size } = entry;
    this.#totalSize += size;
    if (this.#totalSize > this.#limits.maxTotalSize) {
      throw tooLarge(`unpacks to more than ${this.#limits.maxTotalSize} bytes`);
    }
    if (size >= this.#limits.ratioFrom && size > compressedSize * this.#limits.maxRatio) {
      throw hostile(`has an entry "${entry.filename}" that grows from ${compressedSize} to ${size} bytes, as bombs do`);
    }
  }
}

function checkPaths(check: () => void): void {
  try {
    check();
  } catch (error) {
    if (!(error instanceof TickmarkError)) throw error;
    throw hostile(`has an entry that must not be unpacked. ${error.message.replace(/\.$/, "")}`, error);
  }
}

/** A regular file, not encrypted, stored or deflated. */
function checkKind(entry: Entry): void {
  const name = `"${entry.filename}"`;
  if (entry.encrypted) throw hostile(`has an encrypted entry ${name}`);
  const fileType = (entry.externalFileAttributes >>> 16) & 0o170_000;
  if (fileType === 0o120_000) throw hostile(`has a symbolic link ${name}`);
  if (fileType !== 0 && fileType !== 0o100_000) throw hostile(`has an entry ${name} that is not a regular file`);
  if (entry.compressionMethod !== stored && entry.compressionMethod !== deflated) {
    throw hostile(`has an entry ${name} packed by method ${entry.compressionMethod}, which is not read`);
  }
}

/** What zip.js calls an ambiguity, in plain words. */
const ambiguities: Record<string, string> = {
  "appended data": "has something behind its end",
  "prepended data": "has something in front of its beginning",
  "duplicate filename": "has an entry twice",
  "multiple end of central directory records": "has more than one end",
  "trailing central directory data": "has more in its directory than it counts",
  "mismatched central directory offset": "has its directory at another place than it says",
  "Unsafe filename": "has an entry whose name leads out of its folder",
  "64-bit value exceeds Number.MAX_SAFE_INTEGER": "names a size or a place that no file can have",
  "End of Zip64 central directory locator not found": "promises numbers of 64 bits and has none",
  "Zip64 extra field not found": "promises numbers of 64 bits and has none",
  "Central directory header not found": "has less in its directory than it counts, or a damaged one",
};

async function faultOfReading(file: RandomAccessFile, error: unknown): Promise<TickmarkError> {
  const start = await file.read(0, 4);
  const beginsAsArchive = start.equals(Buffer.from("PK\u0003\u0004")) || start.equals(Buffer.from("PK\u0005\u0006"));
  const message = error instanceof Error ? error.message : String(error);
  if (message === "End of central directory not found" || message === "File format is not recognized") {
    if (await hasEnd(file)) return hostile("has something behind its end", error);
    return beginsAsArchive ? truncated() : notAnArchive();
  }
  const reason = error instanceof Error && "reason" in error ? String(error.reason) : message;
  const subject = error instanceof Error && "filename" in error ? `: ${JSON.stringify(error.filename)}` : "";
  return hostile(`${ambiguities[reason] ?? `cannot be read in one way only (${reason})`}${subject}`, error);
}

/** Whether an end of a directory stands somewhere in the last megabyte, with more behind it. */
async function hasEnd(file: RandomAccessFile): Promise<boolean> {
  const length = Math.min(file.size, 1 << 20);
  const tail = await file.read(file.size - length, length);
  const at = tail.lastIndexOf("PK\u0005\u0006", undefined, "latin1");
  return at >= 0 && at + 22 < tail.length && tail.readUInt16LE(at + 4) === 0;
}
