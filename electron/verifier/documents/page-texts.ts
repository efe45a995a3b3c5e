import { asDictionary, PdfDocument } from "../../../shared/bundle/pdf/pdf-document.ts";
import { type PdfDictionary, PdfUnreadable, type PdfValue } from "../../../shared/bundle/pdf/pdf-value.ts";
import { unpackWhole } from "./unpacking.ts";

/** A line of a page, as whoever reads the report sees it. */
export interface PageLine {
  /** From 1. */
  readonly page: number;
  readonly text: string;
}

const largestStream = 64 * 2 ** 20;

/**
 * The lines of a report, page by page: its letters by the tables that its fonts bring along. For showing where two reports differ, and for
 * nothing that a verdict rests on.
 *
 * @throws PdfUnreadable
 */
export function* pageLines(pdf: Buffer): Generator<PageLine> {
  const document = new PdfDocument(pdf);
  const catalog = asDictionary(document.get(document.trailer, "Root"), "/Root");
  const pages = asDictionary(document.get(catalog, "Pages"), "/Pages");
  const kids = document.get(pages, "Kids");
  if (kids?.kind !== "array") throw new PdfUnreadable("has no list of pages");
  const fonts = new Map<number, LetterTable>();
  for (const [index, kid] of kids.items.entries()) {
    if (kid.kind !== "reference") continue;
    const page = asDictionary(document.object(kid.object), "a page");
    const content = streamOf(document, page.entries.get("Contents"))?.toString("latin1") ?? "";
    for (const text of linesOf(content, tablesOf(document, page, fonts))) yield { page: index + 1, text };
  }
}

/** Code of a letter in a font → what it stands for. */
type LetterTable = ReadonlyMap<number, string>;

function tablesOf(
  document: PdfDocument,
  page: PdfDictionary,
  known: Map<number, LetterTable>,
): ReadonlyMap<string, LetterTable> {
  const resources = document.get(page, "Resources");
  const fonts = resources?.kind === "dictionary" ? document.get(resources, "Font") : null;
  if (fonts?.kind !== "dictionary") return new Map();
  const tables = new Map<string, LetterTable>();
  for (const [name, reference] of fonts.entries) {
    if (reference.kind !== "reference") continue;
    const table = known.get(reference.object) ?? readTable(document, reference.object);
    known.set(reference.object, table);
    tables.set(name, table);
  }
  return tables;
}

/** ISO 32000-1, 9.10.3: `<0000> <0001> [<0041> <0042>]`, in UTF-16. */
function readTable(document: PdfDocument, font: number): LetterTable {
  const table = new Map<number, string>();
  const map = streamOf(document, asDictionary(document.object(font), "a font").entries.get("ToUnicode"));
  const ranges = (map?.toString("latin1") ?? "").matchAll(/<([0-9a-f]{4})> <[0-9a-f]{4}> \[([^\]]*)\]/gi);
  for (const [, first = "", list = ""] of ranges) {
    const letters = [...list.matchAll(/<([0-9a-f ]*)>/gi)];
    for (const [index, [, hex = ""]] of letters.entries()) {
      const utf16 = Buffer.from(hex.replaceAll(" ", ""), "hex");
      const text = utf16.length % 2 === 0 ? utf16.swap16().toString("utf16le") : "";
      table.set(Number.parseInt(first, 16) + index, text);
    }
  }
  return table;
}

/** Texts at one height are a line: a font is changed within it for other letters. */
function* linesOf(content: string, fonts: ReadonlyMap<string, LetterTable>): Generator<string> {
  let [line, height] = ["", ""];
  let font: LetterTable = new Map();
  const operators = /\/(F\d+) [\d.]+ Tf|(-?[\d.]+) (-?[\d.]+) Tm|\[((?:<[0-9a-f]*>|[^\]<])*)\] TJ/gi;
  for (const [, name, , y, shown] of content.matchAll(operators)) {
    if (name !== undefined) font = fonts.get(name) ?? new Map();
    if (y !== undefined && y !== height) {
      if (line !== "") yield line;
      [line, height] = ["", y];
    }
    if (shown !== undefined) line += lettersOf(shown, font);
  }
  if (line !== "") yield line;
}

function lettersOf(shown: string, font: LetterTable): string {
  const codes = [...shown.matchAll(/<([0-9a-f]*)>/gi)].flatMap(([, hex = ""]) => hex.match(/.{4}/g) ?? []);
  return codes.map((code) => font.get(Number.parseInt(code, 16)) ?? "\uFFFD").join("");
}

function streamOf(document: PdfDocument, reference: PdfValue | undefined): Buffer | null {
  if (reference?.kind !== "reference") return null;
  const value = asDictionary(document.object(reference.object), "a stream");
  const length = document.get(value, "Length");
  const bytes = Buffer.from(document.bytes.buffer, document.bytes.byteOffset, document.bytes.byteLength);
  const start = bytes.indexOf("stream\n", value.end) + "stream\n".length;
  if (length?.kind !== "number" || start > value.end + 16) return null;
  const packed = bytes.subarray(start, start + length.value);
  return value.entries.has("Filter") ? unpackWhole(packed, "zlib", largestStream) : packed;
}
