import { crc32, deflateRawSync } from "node:zlib";

/** An entry of an archive that nobody's program would write. What is left out is as it should be. */
export interface CraftedEntry {
  readonly name: string | Buffer;
  readonly data?: Buffer;
  readonly method?: number;
  /** The packed bytes, when they are not what `data` packs to. */
  readonly packed?: Buffer;
  readonly flags?: number;
  readonly size?: number;
  readonly compressedSize?: number;
  readonly crc32?: number;
  readonly externalAttributes?: number;
  /** In the directory. */
  readonly extra?: Buffer;
  /** Where the directory says that the entry is. */
  readonly offset?: number;
  readonly comment?: string;
  /** What the header in front of the bytes says, where it differs from the directory. */
  readonly local?: { name?: string; method?: number; size?: number; flags?: number };
  /** Put in front of the header, belonging to nothing. */
  readonly before?: Buffer;
  /** Written in front, and not in the directory. */
  readonly hidden?: boolean;
  /** Only in the directory, pointing to the entry with this index. */
  readonly sharesBytesOf?: number;
}

export interface CraftedEnd {
  readonly before?: Buffer;
  readonly after?: Buffer;
  readonly comment?: string;
  /** What the end says, where it differs. */
  readonly count?: number;
  readonly directoryOffset?: number;
  readonly directorySize?: number;
  /** Puts the records of ZIP64 in front of the end; what they say, where it differs. */
  readonly zip64?: { readonly count?: bigint; readonly directoryOffset?: bigint; readonly place?: bigint };
}

/** Writes an archive by hand, independently of the code under test. */
export function craftArchive(entries: readonly CraftedEntry[], end: CraftedEnd = {}): Buffer {
  const pieces: Buffer[] = [end.before ?? Buffer.alloc(0)];
  const offsets: number[] = [];
  const length = () => pieces.reduce((sum, piece) => sum + piece.length, 0);
  for (const entry of entries) {
    if (entry.sharesBytesOf !== undefined) {
      offsets.push(offsets[entry.sharesBytesOf] ?? 0);
      continue;
    }
    pieces.push(entry.before ?? Buffer.alloc(0));
    offsets.push(length());
    const fields = fieldsOf(entry);
    const name = entry.local?.name === undefined ? fields.name : Buffer.from(entry.local.name);
    const header = Buffer.alloc(30);
    header.writeUInt32LE(0x04034b50, 0);
    header.writeUInt16LE(20, 4);
    header.writeUInt16LE(entry.local?.flags ?? fields.flags, 6);
    header.writeUInt16LE(entry.local?.method ?? fields.method, 8);
    header.writeUInt16LE(0x21, 12);
    header.writeUInt32LE(fields.crc32, 14);
    header.writeUInt32LE(fields.compressedSize, 18);
    header.writeUInt32LE(entry.local?.size ?? fields.size, 22);
    header.writeUInt16LE(name.length, 26);
    pieces.push(header, name, fields.packed);
  }
  const start = length();
  let count = 0;
  for (const [index, entry] of entries.entries()) {
    if (entry.hidden) continue;
    count++;
    const fields = fieldsOf(entry);
    const extra = entry.extra ?? Buffer.alloc(0);
    const comment = Buffer.from(entry.comment ?? "");
    const record = Buffer.alloc(46);
    record.writeUInt32LE(0x02014b50, 0);
    record.writeUInt16LE((3 << 8) | 45, 4);
    record.writeUInt16LE(20, 6);
    record.writeUInt16LE(fields.flags, 8);
    record.writeUInt16LE(fields.method, 10);
    record.writeUInt16LE(0x21, 14);
    record.writeUInt32LE(fields.crc32, 16);
    record.writeUInt32LE(fields.compressedSize, 20);
    record.writeUInt32LE(fields.size, 24);
    record.writeUInt16LE(fields.name.length, 28);
    record.writeUInt16LE(extra.length, 30);
    record.writeUInt16LE(comment.length, 32);
    record.writeUInt32LE(entry.externalAttributes ?? 0o100644 * 0x10000, 38);
    record.writeUInt32LE(entry.offset ?? offsets[index] ?? 0, 42);
    pieces.push(record, fields.name, extra, comment);
  }
  const size = length() - start;
  if (end.zip64 !== undefined) pieces.push(zip64EndOf(end.zip64, { count, start, size }));
  const endRecord = Buffer.alloc(22);
  const comment = Buffer.from(end.comment ?? "");
  endRecord.writeUInt32LE(0x06054b50, 0);
  endRecord.writeUInt16LE(end.count ?? count, 8);
  endRecord.writeUInt16LE(end.count ?? count, 10);
  endRecord.writeUInt32LE(end.directorySize ?? size, 12);
  endRecord.writeUInt32LE(end.directoryOffset ?? start, 16);
  endRecord.writeUInt16LE(comment.length, 20);
  return Buffer.concat([...pieces, endRecord, comment, end.after ?? Buffer.alloc(0)]);
}

/** The end of ZIP64 and the record that says where it is. */
function zip64EndOf(
  said: NonNullable<CraftedEnd["zip64"]>,
  { count, start, size }: { count: number; start: number; size: number },
): Buffer {
  const record = Buffer.alloc(76);
  record.writeUInt32LE(0x06064b50, 0);
  record.writeBigUInt64LE(44n, 4);
  record.writeUInt16LE(45, 12);
  record.writeUInt16LE(45, 14);
  record.writeBigUInt64LE(said.count ?? BigInt(count), 24);
  record.writeBigUInt64LE(said.count ?? BigInt(count), 32);
  record.writeBigUInt64LE(BigInt(size), 40);
  record.writeBigUInt64LE(said.directoryOffset ?? BigInt(start), 48);
  record.writeUInt32LE(0x07064b50, 56);
  record.writeBigUInt64LE(said.place ?? BigInt(start + size), 64);
  record.writeUInt32LE(1, 72);
  return record;
}

/** The extra field of ZIP64 with these numbers, in their order. */
export function zip64Extra(...numbers: readonly bigint[]): Buffer {
  const extra = Buffer.alloc(4 + 8 * numbers.length);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(extra.length - 4, 2);
  for (const [index, number] of numbers.entries()) extra.writeBigUInt64LE(number, 4 + 8 * index);
  return extra;
}

function fieldsOf(entry: CraftedEntry) {
  const name = Buffer.isBuffer(entry.name) ? entry.name : Buffer.from(entry.name);
  const data = entry.data ?? Buffer.from("content");
  const method = entry.method ?? 0;
  const packed = entry.packed ?? (method === 8 ? deflateRawSync(data) : data);
  return {
    name,
    method,
    packed,
    flags: entry.flags ?? (name.every((byte) => byte < 0x80) ? 0 : 0x800),
    crc32: entry.crc32 ?? crc32(data),
    size: entry.size ?? data.length,
    compressedSize: entry.compressedSize ?? packed.length,
  };
}
