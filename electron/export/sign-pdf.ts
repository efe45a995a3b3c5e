import { createHash } from "node:crypto";
import { PdfDocument } from "../../shared/bundle/pdf/pdf-document.ts";
import { type PdfDictionary, PdfUnreadable } from "../../shared/bundle/pdf/pdf-value.ts";
import { TickmarkError } from "../../shared/errors.ts";
import { type Instant, millisecondsOf } from "../../shared/model/instant.ts";
import { signDetached } from "./cms.ts";
import type { SigningIdentity } from "./identity/signing-identity.ts";
import { type Located, PdfRevision } from "./pdf-revision.ts";

export interface PdfSignatureDetails {
  /** Why it is signed, as a viewer shows it: "Prepared", for instance. */
  readonly reason: string;
  /** The signer's name as a viewer shows it. */
  readonly name: string;
  readonly signedAt: Instant;
  readonly location?: string;
}

/** Room for the signature besides the certificates; a timestamp token, which can be added later, takes about 3 KB of it. */
const signatureRoom = 12_288;
const byteRangeWidth = 44;
// Hidden from print and fixed in place: the signature shows in the viewer's list of signatures, not on the page.
const widgetFlags = 132;

/**
 * Signs a PDF as PAdES baseline B-B (ETSI EN 319 142-1) in an incremental update. Equal input gives equal bytes apart from
 * the signature itself. A PDF that is signed already gets another signature, and the first one stays valid.
 *
 * @throws TickmarkError `bundle-part-invalid` for a PDF that cannot be read, `identity-invalid` when a certificate is not
 * valid at that time
 */
export async function signPdf(
  pdf: Uint8Array,
  identity: SigningIdentity,
  details: PdfSignatureDetails,
): Promise<Buffer> {
  const room = signatureRoom + identity.chain.reduce((bytes, certificate) => bytes + certificate.raw.length, 0);
  const prepared = prepare(pdf, room, details);
  const [before, after] = [prepared.bytes.subarray(0, prepared.holeStart), prepared.bytes.subarray(prepared.holeEnd)];
  const digest = createHash("sha256").update(before).update(after).digest();
  const signature = await signDetached(digest, identity, "pades", details.signedAt);
  if (signature.length > room)
    throw unsignable(`the signature takes ${signature.length} bytes and has room for ${room}`);
  const contents = signature.toString("hex").padEnd(room * 2, "0");
  return Buffer.concat([before, Buffer.from(`<${contents}>`, "latin1"), after]);
}

interface Prepared {
  readonly bytes: Buffer;
  /** The one part that is not signed: the signature with its angle brackets. */
  readonly holeStart: number;
  readonly holeEnd: number;
}

/** The PDF with an empty signature. The hole's place is known from building it, never searched for: text in the report could look like it. */
function prepare(pdf: Uint8Array, room: number, details: PdfSignatureDetails): Prepared {
  try {
    const document = new PdfDocument(pdf);
    const revision = new PdfRevision(document);
    const signature = revision.reserve();
    addField(revision, document, signature);
    const placeholder = signatureDictionary(details, room);
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

function signatureDictionary(details: PdfSignatureDetails, room: number) {
  const head = "<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /ByteRange ";
  const toContents = `${head}${" ".repeat(byteRangeWidth)} /Contents `;
  const members = [
    `/M (${dateOf(details.signedAt)})`,
    `/Name ${textString(details.name)}`,
    `/Reason ${textString(details.reason)}`,
    ...(details.location === undefined ? [] : [`/Location ${textString(details.location)}`]),
  ];
  const text = `${toContents}<${"0".repeat(room * 2)}> ${members.join(" ")} >>`;
  return { text, byteRangeAt: head.length, contentsAt: toContents.length };
}

/** ISO 32000-1, 7.9.4: `D:YYYYMMDDHHmmSSZ`. */
function dateOf(instant: Instant): string {
  const digits = new Date(millisecondsOf(instant)).toISOString().replace(/[-T:]/g, "").slice(0, 14);
  return `D:${digits}Z`;
}

/** UTF-16 with its mark, in hexadecimal: no character of a name can end the string. */
function textString(text: string): string {
  return `<FEFF${Buffer.from(text, "utf16le").swap16().toString("hex").toUpperCase()}>`;
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
