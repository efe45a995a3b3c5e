/**
 * The records of the ZIP file that a bundle is (PKWARE APPNOTE 6.3), in the one way in which they are written: fixed date and
 * mode, no comment, no extra field but ZIP64's. Verification writes them again and compares, so that not a byte of the archive is
 * without meaning.
 */

/**
 * `whole`: sizes and CRC stand before the bytes. `streamed`: they follow the bytes, for what is packed while it is written.
 */
export type ZipEntryForm = "whole" | "streamed";

export interface ZipRecord {
  /** UTF-8. */
  readonly name: Uint8Array;
  readonly form: ZipEntryForm;
  readonly method: typeof stored | typeof deflated;
  readonly crc32: number;
  readonly compressedSize: number;
  readonly size: number;
  /** Of the local header in the file. */
  readonly offset: number;
}

export const stored = 0;
export const deflated = 8;

/** Above this a size or an offset needs ZIP64. */
const largest = 0xffff_ffff;
const largestCount = 0xffff;
const zip64Tag = 1;
/** Versions of the format that a reader must know: for what is only stored; compressed, or with sizes behind the bytes; with ZIP64. */
const versions = { stored: 10, packed: 20, zip64: 45 } as const;
const madeOnUnix = 3 << 8;
const regularFile0644 = 0o100_644;
const dosArchive = 0x20;
// 1 January 1980, midnight: the first moment that the format knows.
const dosTime = 0;
const dosDate = 0x21;
const flagStreamed = 0x8;
const flagUtf8 = 0x800;
const signatures = {
  local: 0x04034b50,
  descriptor: 0x08074b50,
  directory: 0x02014b50,
  end: 0x06054b50,
  zip64End: 0x06064b50,
  zip64Locator: 0x07064b50,
} as const;

export const localHeaderLength = 30;

/** What stands before an entry's bytes. */
export function encodeLocalHeader(record: ZipRecord): Uint8Array {
  const writer = new RecordWriter(localHeaderLength + record.name.length);
  const whole = record.form === "whole";
  writer.u32(signatures.local).u16(versionOf(record)).u16(flagsOf(record)).u16(record.method);
  writer.u16(dosTime).u16(dosDate);
  writer
    .u32(whole ? record.crc32 : 0)
    .u32(whole ? record.compressedSize : 0)
    .u32(whole ? record.size : 0);
  return writer.u16(record.name.length).u16(0).bytes(record.name).done();
}

/** What stands behind the bytes of a streamed entry; nothing for others. */
export function encodeDescriptor(record: ZipRecord): Uint8Array {
  if (record.form === "whole") return new Uint8Array(0);
  const large = isLarge(record);
  const writer = new RecordWriter(large ? 24 : 16).u32(signatures.descriptor).u32(record.crc32);
  return large
    ? writer.u64(record.compressedSize).u64(record.size).done()
    : writer.u32(record.compressedSize).u32(record.size).done();
}

/** An entry's record in the directory at the end of the file. */
export function encodeDirectoryRecord(record: ZipRecord): Uint8Array {
  const { size, compressedSize, offset } = record;
  const zip64 = isLarge(record) || offset > largest;
  const extra = zip64 ? 28 : 0;
  const writer = new RecordWriter(46 + record.name.length + extra);
  writer.u32(signatures.directory).u16(madeOnUnix | versions.zip64);
  writer
    .u16(zip64 ? versions.zip64 : versionOf(record))
    .u16(flagsOf(record))
    .u16(record.method);
  writer.u16(dosTime).u16(dosDate).u32(record.crc32);
  writer.u32(zip64 ? largest : compressedSize).u32(zip64 ? largest : size);
  writer.u16(record.name.length).u16(extra);
  // No comment, first disk, no internal attributes.
  writer.u16(0).u16(0).u16(0).u16(dosArchive).u16(regularFile0644);
  writer.u32(zip64 ? largest : offset).bytes(record.name);
  if (zip64) writer.u16(zip64Tag).u16(24).u64(size).u64(compressedSize).u64(offset);
  return writer.done();
}

/** The end of the file, for a directory of `count` records. */
export function encodeEnd(count: number, directoryOffset: number, directorySize: number): Uint8Array {
  const zip64 = count > largestCount || directoryOffset > largest || directorySize > largest;
  const writer = new RecordWriter(22 + (zip64 ? 76 : 0));
  if (zip64) {
    writer.u32(signatures.zip64End).u64(44).u16(versions.zip64).u16(versions.zip64).u32(0).u32(0);
    writer.u64(count).u64(count).u64(directorySize).u64(directoryOffset);
    writer
      .u32(signatures.zip64Locator)
      .u32(0)
      .u64(directoryOffset + directorySize)
      .u32(1);
  }
  const shownCount = zip64 ? largestCount : count;
  writer.u32(signatures.end).u16(0).u16(0).u16(shownCount).u16(shownCount);
  return writer
    .u32(zip64 ? largest : directorySize)
    .u32(zip64 ? largest : directoryOffset)
    .u16(0)
    .done();
}

function isLarge({ size, compressedSize }: ZipRecord): boolean {
  return size > largest || compressedSize > largest;
}

function versionOf({ form, method }: ZipRecord): number {
  return form === "whole" && method === stored ? versions.stored : versions.packed;
}

function flagsOf(record: ZipRecord): number {
  const ascii = record.name.every((byte) => byte < 0x80);
  return (record.form === "whole" ? 0 : flagStreamed) | (ascii ? 0 : flagUtf8);
}

/** Little endian, as everything in a ZIP. */
class RecordWriter {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(length: number) {
    this.#bytes = new Uint8Array(length);
    this.#view = new DataView(this.#bytes.buffer);
  }

  u16(value: number): this {
    this.#view.setUint16(this.#at, value, true);
    this.#at += 2;
    return this;
  }

  u32(value: number): this {
    this.#view.setUint32(this.#at, value, true);
    this.#at += 4;
    return this;
  }

  u64(value: number): this {
    this.#view.setBigUint64(this.#at, BigInt(value), true);
    this.#at += 8;
    return this;
  }

  bytes(bytes: Uint8Array): this {
    this.#bytes.set(bytes, this.#at);
    this.#at += bytes.length;
    return this;
  }

  done(): Uint8Array {
    return this.#bytes;
  }
}
