import { type PdfDictionary, PdfUnreadable, type PdfValue } from "./pdf-value.ts";
import { PdfValueReader } from "./pdf-value-reader.ts";

const maxRevisions = 64;
// The end of a file: `startxref`, a number, `%%EOF`, at most a line end.
const tailLength = 64;

/**
 * The objects of a PDF file by their cross-reference table (ISO 32000-1, 7.5.4), as far as signatures need them. Only the
 * classic table that the report is written with is read; a cross-reference stream is refused rather than guessed at.
 */
export class PdfDocument {
  readonly bytes: Uint8Array;
  /** Of the last revision. */
  readonly trailer: PdfDictionary;
  /** Where the last revision's table starts. */
  readonly tableStart: number;
  /** Where each object lies, as the last revision says; null for one that was removed. */
  readonly offsets: ReadonlyMap<number, number | null>;

  /** @throws PdfUnreadable */
  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.tableStart = readStartOfTable(bytes);
    const offsets = new Map<number, number | null>();
    let trailer: PdfDictionary | null = null;
    const seen = new Set<number>();
    for (let start: number | null = this.tableStart; start !== null; ) {
      if (seen.has(start) || seen.size >= maxRevisions) throw new PdfUnreadable("its revisions refer to each other");
      seen.add(start);
      const revision: PdfDictionary = readTable(bytes, start, offsets);
      trailer ??= revision;
      start = previousTable(revision);
    }
    if (trailer === null) throw new PdfUnreadable("it has no trailer");
    this.trailer = trailer;
    this.offsets = offsets;
  }

  /** The value of an object. @throws PdfUnreadable when there is none. */
  object(number: number): PdfValue {
    const offset = this.offsets.get(number);
    if (offset === undefined || offset === null) throw new PdfUnreadable(`object ${number} is missing`);
    const reader = new PdfValueReader(this.bytes, offset);
    const found = reader.readCount();
    reader.readCount();
    if (found !== number || reader.readWord() !== "obj")
      throw new PdfUnreadable(`object ${number} is not at byte ${offset}`);
    return reader.readValue();
  }

  /** A member of a dictionary, its reference followed once; null when it is missing. */
  get(dictionary: PdfDictionary, key: string): PdfValue | null {
    const value = dictionary.entries.get(key);
    if (value === undefined) return null;
    return value.kind === "reference" ? this.object(value.object) : value;
  }
}

/** @throws PdfUnreadable when the value is something else */
export function asDictionary(value: PdfValue | null, what: string): PdfDictionary {
  if (value?.kind !== "dictionary") throw new PdfUnreadable(`${what} is not a dictionary`);
  return value;
}

function readStartOfTable(bytes: Uint8Array): number {
  const tail = String.fromCharCode(...bytes.subarray(-tailLength));
  const end = /startxref\s+(\d{1,12})\s+%%EOF\s{0,2}$/.exec(tail);
  if (end?.[1] === undefined) throw new PdfUnreadable("it does not end as a PDF file ends");
  return Number(end[1]);
}

function readTable(bytes: Uint8Array, start: number, offsets: Map<number, number | null>): PdfDictionary {
  if (start >= bytes.length) throw new PdfUnreadable("its cross-reference table lies outside of the file");
  const reader = new PdfValueReader(bytes, start);
  if (reader.readWord() !== "xref") throw new PdfUnreadable("it has no cross-reference table of the classic kind");
  for (let word = reader.readWord(); word !== "trailer"; word = reader.readWord()) {
    if (!/^\d{1,10}$/.test(word)) throw new PdfUnreadable("its cross-reference table is damaged");
    readSection(reader, Number(word), offsets);
  }
  return asDictionary(reader.readValue(), "the trailer");
}

/** Tables are read from the newest to the oldest, so that what is there already counts. */
function readSection(reader: PdfValueReader, first: number, offsets: Map<number, number | null>): void {
  const count = reader.readCount();
  for (let index = 0; index < count; index++) {
    const offset = reader.readCount();
    reader.readCount();
    const kind = reader.readWord();
    if (kind !== "n" && kind !== "f") throw new PdfUnreadable("its cross-reference table is damaged");
    if (!offsets.has(first + index)) offsets.set(first + index, kind === "n" ? offset : null);
  }
}

function previousTable(trailer: PdfDictionary): number | null {
  if (trailer.entries.has("XRefStm")) throw new PdfUnreadable("it has a cross-reference stream, which is not read");
  const previous = trailer.entries.get("Prev");
  if (previous === undefined) return null;
  if (previous.kind !== "number" || !Number.isInteger(previous.value)) throw new PdfUnreadable("/Prev is not a number");
  return previous.value;
}
