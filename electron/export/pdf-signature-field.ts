import { createHash } from "node:crypto";
import { PdfDocument } from "../../shared/bundle/pdf/pdf-document.ts";
import { type PdfDictionary, PdfUnreadable } from "../../shared/bundle/pdf/pdf-value.ts";
import { TickmarkError } from "../../shared/errors.ts";
import { type Located, PdfRevision } from "./pdf-revision.ts";

/** What a signature dictionary says besides its range and its value, as PDF source text. */
export interface SignatureValue {
  readonly head: string;
  readonly members: string;
}

const byteRangeWidth = 44;
// Hidden from print and fixed in place: the signature shows in the viewer's list of signatures, not on the page.
const widgetFlags = 132;

export interface PreparedPdf {
  readonly bytes: Buffer;
  /** The one part that is not signed: the signature with its angle brackets. */
  readonly holeStart: number;
  readonly holeEnd: number;
}

/**
 * The PDF with an incremental update that holds an empty signature or timestamp. The hole's place is known from building it,
 * never searched for: text in the report could look like it.
 *
 * @param room in bytes
 * @throws TickmarkError `bundle-part-invalid` for a PDF that cannot be read
 */
export function prepareSignature(pdf: Uint8Array, room: number, { head, members }: SignatureValue): PreparedPdf {
  try {
    const document = new PdfDocument(pdf);
    const revision = new PdfRevision(document);
    const signature = revision.reserve();
    addField(revision, document, signature);
    const placeholder = signatureDictionary(head, members, room);
    revision.fill(signature, placeholder.text);
    const base = Buffer.concat([pdf, Buffer.from(endsWithLine(pdf) ? "" : "\n")]);
    const { bytes, offsets } = revision.encode(base.length);
    const whole = Buffer.concat([base, bytes]);
    const textStart = (offsets.get(signature) ?? 0) + `${signature} 0 obj\n`.length;
    const holeStart = textStart + placeholder.contentsAt;
    const holeEnd = holeStart + room * 2 + 2;
    const byteRange = `[0 ${holeStart} ${holeEnd} ${whole.length - holeEnd}]`.padEnd(byteRangeWidth);
    whole.write(byteRange, textStart + placeholder.byteRangeAt, "latin1");
    return { bytes: whole, holeStart, holeEnd };
  } catch (error) {
    if (error instanceof PdfUnreadable) throw unsignable(error.message, error);
    throw error;
  }
}

/**
 * Puts the value in the hole, with zeros up to the room that it has.
 *
 * @throws TickmarkError `bundle-part-invalid` when it does not fit
 */
export function fillSignature({ bytes, holeStart, holeEnd }: PreparedPdf, value: Buffer): Buffer {
  const room = (holeEnd - holeStart - 2) / 2;
  if (value.length > room) throw unsignable(`the signature takes ${value.length} bytes and has room for ${room}`);
  const contents = value.toString("hex").padEnd(room * 2, "0");
  return Buffer.concat([bytes.subarray(0, holeStart), Buffer.from(`<${contents}>`, "latin1"), bytes.subarray(holeEnd)]);
}

/** SHA-256 of everything but the hole: what a signature or a timestamp is over. */
export function digestAround({ bytes, holeStart, holeEnd }: PreparedPdf): Buffer {
  return createHash("sha256").update(bytes.subarray(0, holeStart)).update(bytes.subarray(holeEnd)).digest();
}

function addField(revision: PdfRevision, document: PdfDocument, signature: number): void {
  const catalog = dictionaryAt(revision, document.trailer, "Root");
  const page = firstPage(revision, dictionaryAt(revision, catalog.value, "Pages"));
  const form = revision.locate(catalog, "AcroForm");
  const field = revision.reserve();
  const name = `Signature${signature}`;
  const kind = "/Type /Annot /Subtype /Widget /FT /Sig /Rect [0 0 0 0]";
  revision.fill(field, `<< ${kind} /F ${widgetFlags} /T (${name}) /P ${page.object} 0 R /V ${signature} 0 R >>`);
  addToList(revision, page, "Annots", field);
  if (form === null) {
    const added = revision.reserve();
    revision.fill(added, `<< /SigFlags 3 /Fields [${field} 0 R] >>`);
    revision.append(catalog, `/AcroForm ${added} 0 R`);
    return;
  }
  const formDictionary = asLocatedDictionary(form, "the form");
  addToList(revision, formDictionary, "Fields", field);
  // 3: signatures exist, and only appending is allowed.
  const flags = revision.locate(formDictionary, "SigFlags");
  if (flags === null) revision.append(form, "/SigFlags 3");
  else revision.replace(flags, "3");
}

function addToList(revision: PdfRevision, holder: Located<PdfDictionary>, key: string, item: number): void {
  const list = revision.locate(holder, key);
  if (list === null) revision.append(holder, `/${key} [${item} 0 R]`);
  else if (list.value.kind === "array") revision.append(list, `${item} 0 R`);
  else throw new PdfUnreadable(`/${key} is not a list`);
}

function firstPage(revision: PdfRevision, node: Located<PdfDictionary>, depth = 0): Located<PdfDictionary> {
  const kids = revision.locate(node, "Kids");
  if (kids === null) return node;
  const [first] = kids.value.kind === "array" ? kids.value.items : [];
  if (first?.kind !== "reference" || depth > 32) throw new PdfUnreadable("its first page cannot be found");
  return firstPage(revision, asLocatedDictionary(revision.locateObject(first.object), "the page"), depth + 1);
}

function dictionaryAt(revision: PdfRevision, holder: PdfDictionary, key: string): Located<PdfDictionary> {
  const reference = holder.entries.get(key);
  if (reference?.kind !== "reference") throw new PdfUnreadable(`/${key} is missing`);
  return asLocatedDictionary(revision.locateObject(reference.object), `/${key}`);
}

function asLocatedDictionary(located: Located, what: string): Located<PdfDictionary> {
  if (located.value.kind !== "dictionary") throw new PdfUnreadable(`${what} is not a dictionary`);
  return { object: located.object, value: located.value };
}

/** `head` up to the byte range, `members` behind the value: PDF source text. */
function signatureDictionary(head: string, members: string, room: number) {
  const toRange = `<< ${head} /ByteRange `;
  const toContents = `${toRange}${" ".repeat(byteRangeWidth)} /Contents `;
  const text = `${toContents}<${"0".repeat(room * 2)}> ${members}>>`;
  return { text, byteRangeAt: toRange.length, contentsAt: toContents.length };
}

function endsWithLine(pdf: Uint8Array): boolean {
  return pdf.at(-1) === 0x0a || pdf.at(-1) === 0x0d;
}

function unsignable(reason: string, cause?: unknown): TickmarkError {
  return new TickmarkError(
    "bundle-part-invalid",
    `The report cannot be signed: ${reason}.`,
    "Report this; the PDF was not built as signing needs it.",
    cause === undefined ? undefined : { cause },
  );
}
