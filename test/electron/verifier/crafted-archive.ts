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
  readonly extra?: Buffer;
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
  readonly count?: number;
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
    record.writeUInt32LE(offsets[index] ?? 0, 42);
    pieces.push(record, fields.name, extra, comment);
  }
  const endRecord = Buffer.alloc(22);
  const comment = Buffer.from(end.comment ?? "");
  endRecord.writeUInt32LE(0x06054b50, 0);
  endRecord.writeUInt16LE(end.count ?? count, 8);
  endRecord.writeUInt16LE(end.count ?? count, 10);
  endRecord.writeUInt32LE(length() - start, 12);
  endRecord.writeUInt32LE(start, 16);
  endRecord.writeUInt16LE(comment.length, 20);
  return Buffer.concat([...pieces, endRecord, comment, end.after ?? Buffer.alloc(0)]);
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
