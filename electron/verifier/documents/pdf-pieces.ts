import { PdfUnreadable, type PdfValue } from "../../../shared/bundle/pdf/pdf-value.ts";
import { PdfValueReader } from "../../../shared/bundle/pdf/pdf-value-reader.ts";
import { unpackWhole } from "./unpacking.ts";

/** An object of a PDF, or what stands before and behind the objects, without what depends on how it was packed. */
export interface PdfPiece {
  /** `object 12`, `the header`, `the trailer`. */
  readonly of: string;
  /** Latin-1: each byte is a character. The length of a stream is left out, since it is that of the packed bytes. */
  readonly text: string;
  /** Unpacked; null where there is none. */
  readonly stream: Buffer | null;
}

export interface PdfEnd {
  /** Where the first revision ends, in bytes from the start of the file. */
  readonly end: number;
}

/**
 * Goes through the first revision of a PDF from its first byte to its last, as the report is written: header, object, object, …, table,
 * trailer. Two programs may pack the same stream in other bytes, so that streams are unpacked and the table is made again; besides
 * that not a byte is passed over.
 *
 * @param most bytes that one stream may unpack to
 * @throws PdfUnreadable when it is written otherwise
 */
export function* pdfPieces(bytes: Buffer, most: number): Generator<PdfPiece, PdfEnd> {
  let at = startOfObjects(bytes);
  yield { of: "the header", text: bytes.toString("latin1", 0, at), stream: null };
  const offsets = new Map<number, number>();
  for (let object = objectAt(bytes, at); object !== null; object = objectAt(bytes, at)) {
    if (offsets.has(object.number)) throw new PdfUnreadable(`has object ${object.number} twice`);
    offsets.set(object.number, at);
    const { piece, end } = readObject(bytes, object, most);
    yield piece;
    at = end;
  }
  const table = Buffer.from(tableOf(offsets), "latin1");
  if (!bytes.subarray(at, at + table.length).equals(table))
    throw new PdfUnreadable("has another cross-reference table than its objects give");
  const trailerEnd = bytes.indexOf("startxref\n", at + table.length);
  if (trailerEnd === -1) throw new PdfUnreadable("has no end");
  yield { of: "the trailer", text: bytes.toString("latin1", at + table.length, trailerEnd), stream: null };
  const last = `startxref\n${at}\n%%EOF\n`;
  if (bytes.toString("latin1", trailerEnd, trailerEnd + last.length) !== last)
    throw new PdfUnreadable("does not end as it is written");
  return { end: trailerEnd + last.length };
}

const objectStart = /^(\d{1,10}) 0 obj\n/;
/** Of two lines, a version and some bytes that are no text. */
const longestHeader = 64;

function startOfObjects(bytes: Buffer): number {
  const header = bytes.toString("latin1", 0, longestHeader);
  const start = header.search(/\d{1,10} 0 obj\n/);
  if (!header.startsWith("%PDF-") || start === -1) throw new PdfUnreadable("does not begin as it is written");
  return start;
}

interface ObjectStart {
  readonly number: number;
  readonly valueAt: number;
}

function objectAt(bytes: Buffer, at: number): ObjectStart | null {
  const match = objectStart.exec(bytes.toString("latin1", at, at + 20));
  return match === null ? null : { number: Number(match[1]), valueAt: at + match[0].length };
}

const streamStart = "\nstream\n";
const streamEnd = "\nendstream";
const objectEnd = "\nendobj\n";

function readObject(
  bytes: Buffer,
  { number, valueAt }: ObjectStart,
  most: number,
): { readonly piece: PdfPiece; readonly end: number } {
  const value = new PdfValueReader(bytes, valueAt).readValue();
  const of = `object ${number}`;
  const expect = (text: string, at: number) => {
    if (bytes.toString("latin1", at, at + text.length) !== text) throw new PdfUnreadable(`has a damaged ${of}`);
    return at + text.length;
  };
  if (bytes.toString("latin1", value.end, value.end + streamStart.length) !== streamStart) {
    const text = bytes.toString("latin1", valueAt, value.end);
    return { piece: { of, text, stream: null }, end: expect(objectEnd, value.end) };
  }
  const length = lengthIn(value);
  if (length === null) throw new PdfUnreadable(`has no length for the stream of ${of}`);
  const from = value.end + streamStart.length;
  const packed = bytes.subarray(from, from + length.value);
  const stream = isPacked(value) ? unpackWhole(packed, "zlib", most) : packed;
  if (stream === null) throw new PdfUnreadable(`has a stream in ${of} that cannot be unpacked`);
  const text = bytes.toString("latin1", valueAt, length.start) + bytes.toString("latin1", length.end, value.end);
  const end = expect(objectEnd, expect(streamEnd, from + length.value));
  return { piece: { of, text, stream }, end };
}

function lengthIn(value: PdfValue) {
  const length = value.kind === "dictionary" ? value.entries.get("Length") : undefined;
  return length?.kind === "number" && Number.isSafeInteger(length.value) && length.value >= 0 ? length : null;
}

function isPacked(value: PdfValue): boolean {
  const filter = value.kind === "dictionary" ? value.entries.get("Filter") : undefined;
  return filter?.kind === "name" && filter.name === "FlateDecode";
}

/** ISO 32000-1, 7.5.4: an entry of 20 bytes for each object. */
function tableOf(offsets: ReadonlyMap<number, number>): string {
  const count = offsets.size + 1;
  const entries = Array.from({ length: count - 1 }, (_, index) => {
    const offset = offsets.get(index + 1);
    if (offset === undefined) throw new PdfUnreadable("has gaps in the numbers of its objects");
    return `${String(offset).padStart(10, "0")} 00000 n \n`;
  });
  return `xref\n0 ${count}\n0000000000 65535 f \n${entries.join("")}`;
}
