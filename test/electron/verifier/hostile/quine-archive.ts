import { crc32 } from "node:zlib";

/**
 * An archive that unpacks to itself: whoever unpacks archives within archives never comes to an end.
 *
 * It is a program of two instructions, each five bytes long: "write these bytes" (a stored block) and "write the last bytes once
 * more" (a block of references). The program writes itself, with the records of the ZIP around it.
 */
export function quineArchive(): { readonly name: string; readonly bytes: Buffer } {
  // The records name their own checksum, which has to be found: it changes in step with what it is of.
  const checksum = fixedPoint((value) => crc32(assemble(value)));
  if (checksum === null) throw new Error("No archive of this name unpacks to itself.");
  return { name, bytes: assemble(checksum) };
}

// With a name as long as this each of the instructions below takes just five bytes.
const name = `this-archive-unpacks-to-itself-forever-${"o".repeat(2)}.zip`;

function assemble(checksum: number): Buffer {
  const [head, tail] = recordsOf(checksum, 0).map(({ length }) => length + 5) as [number, number];
  const write = (...pieces: readonly Buffer[]) => {
    const bytes = Buffer.concat(pieces);
    return Buffer.concat([storedHeader(bytes.length), bytes]);
  };
  const [writeNone, writeOne, writeFour] = [0, 5, 20].map(storedHeader) as [Buffer, Buffer, Buffer];
  const [writeHead, writeTail] = [storedHeader(head), storedHeader(tail)];
  const repeatFour = repeat(20, [10, 10]);
  // What they end with is known: the complement of a small length, and the length of no comment.
  const repeatHead = repeat(head, [head - 1], 0xff);
  const repeatTail = repeat(tail, [tail - 1], 0, true);
  const around = (before: Buffer, behind: Buffer) =>
    Buffer.concat([
      before,
      write(before, writeHead),
      repeatHead,
      write(repeatHead),
      write(writeOne),
      write(repeatHead, writeOne, writeOne, writeFour),
      repeatFour,
      write(repeatFour, writeFour, repeatFour, writeFour),
      repeatFour,
      write(repeatFour, writeNone, writeNone, writeTail),
      repeatFour,
      writeNone,
      writeNone,
      write(repeatTail, behind),
      repeatTail,
      behind,
    ]);
  const { length } = around(...recordsOf(checksum, 0));
  return around(...recordsOf(checksum, length));
}

function storedHeader(length: number): Buffer {
  const header = Buffer.alloc(5);
  header.writeUInt16LE(length, 1);
  header.writeUInt16LE(length ^ 0xffff, 3);
  return header;
}

/** A block with fixed Huffman codes (RFC 1951, 3.2.6): copies from `distance` bytes back, then perhaps a byte. Five bytes long. */
function repeat(distance: number, lengths: readonly number[], byte?: number, last = false): Buffer {
  const copies = lengths.map((length) => lengthCode(length) + distanceCode(distance)).join("");
  const literal = byte === undefined ? "" : byte < 144 ? binary(0x30 + byte, 8) : binary(0x190 + byte - 144, 9);
  const bits = `${last ? "1" : "0"}10${copies}${literal}0000000`;
  if (bits.length !== 40) throw new Error(`The block takes ${bits.length} bits.`);
  return bytesOf(bits);
}

function lengthCode(length: number): string {
  const bases = [
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227,
  ];
  const at = bases.findLastIndex((base) => base <= length);
  const extra = at < 8 ? 0 : (at >> 2) - 1;
  const code = at < 23 ? binary(at + 1, 7) : binary(0b1100_0000 + at - 23, 8);
  return code + reversed(binary(length - (bases[at] ?? 0), extra));
}

function distanceCode(distance: number): string {
  const bases = [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193];
  const at = bases.findLastIndex((base) => base <= distance);
  return binary(at, 5) + reversed(binary(distance - (bases[at] ?? 0), at < 4 ? 0 : (at >> 1) - 1));
}

const binary = (value: number, width: number) => (width === 0 ? "" : value.toString(2).padStart(width, "0"));
const reversed = (bits: string) => Array.from(bits).reverse().join("");

function bytesOf(bits: string): Buffer {
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(reversed(byte), 2)));
}

/** What stands in front of the packed bytes, and what stands behind them. */
function recordsOf(checksum: number, size: number): readonly [Buffer, Buffer] {
  const packed = Math.max(0, size - (30 + name.length) - (46 + name.length + 22));
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(20, 0);
  fields.writeUInt16LE(8, 4);
  fields.writeUInt16LE(0x21, 8);
  fields.writeUInt32LE(checksum, 10);
  fields.writeUInt32LE(packed, 14);
  fields.writeUInt32LE(size, 18);
  fields.writeUInt16LE(name.length, 22);
  const local = Buffer.concat([Buffer.from("PK\u0003\u0004"), fields, Buffer.from(name)]);
  const rest = Buffer.alloc(14);
  rest.writeUInt32LE(0o100644 * 0x10000, 6);
  const directory = Buffer.concat([
    Buffer.from("PK\u0001\u0002"),
    Buffer.from([45, 3]),
    fields,
    rest,
    Buffer.from(name),
  ]);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(local.length + packed, 16);
  return [local, Buffer.concat([directory, end])];
}

/** Where an affine function of 32 bits has the value that it was given: 32 equations over bits; null when there is none. */
function fixedPoint(of: (value: number) => number): number | null {
  const constant = of(0);
  // Row by row: which bits of the value flip this bit of the difference, and what the difference has to be.
  const rows = Array.from({ length: 32 }, (_, bit) => ({ bits: 1 << bit, sum: (constant >>> bit) & 1 }));
  for (let column = 0; column < 32; column += 1) {
    const effect = of((1 << column) >>> 0) ^ constant;
    for (const [bit, row] of rows.entries()) if ((effect >>> bit) & 1) row.bits ^= 1 << column;
  }
  for (let column = 0; column < 32; column += 1) {
    const pivot = rows.findIndex((row, index) => index >= column && (row.bits >>> column) & 1);
    const [found, top] = [rows[pivot], rows[column]];
    if (found === undefined || top === undefined) return null;
    rows[pivot] = top;
    rows[column] = found;
    for (const row of rows) {
      if (row === found || !((row.bits >>> column) & 1)) continue;
      row.bits ^= found.bits;
      row.sum ^= found.sum;
    }
  }
  return rows.reduce((value, { sum }, bit) => (value | (sum << bit)) >>> 0, 0);
}
