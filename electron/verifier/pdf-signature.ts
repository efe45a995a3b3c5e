import { createHash } from "node:crypto";
import { asDictionary, PdfDocument } from "../../shared/bundle/pdf/pdf-document.ts";
import { type PdfDictionary, PdfUnreadable, type PdfValue } from "../../shared/bundle/pdf/pdf-value.ts";
import { type Instant, parseInstant } from "../../shared/model/instant.ts";
import { type CmsSignature, SignatureInvalid, verifyCms } from "./cms-signature.ts";

const maxFields = 1000;

export interface PdfSignature extends CmsSignature {
  /** When the signer says that it signed. */
  readonly signedAt: Instant;
  /** Length of the revision that is signed, in bytes from the start of the file. */
  readonly signedLength: number;
}

/**
 * The signatures of a PDF (PAdES, ETSI EN 319 142-1), from the first revision to the last. Each is checked over all bytes of
 * its revision but its own value, and the last one covers the whole file, so that nothing was added after it.
 *
 * The signature dictionaries are found by the file's own cross-reference table, as a viewer finds them, and never searched for.
 *
 * @throws SignatureInvalid; the message continues "The signature …"
 */
export function verifyPdfSignatures(pdf: Buffer): readonly PdfSignature[] {
  try {
    const document = new PdfDocument(pdf);
    const signatures = signatureDictionaries(document).map((dictionary) => verifyOne(document, pdf, dictionary));
    signatures.sort((left, right) => left.signedLength - right.signedLength);
    const last = signatures.at(-1);
    if (last === undefined) throw new SignatureInvalid("is missing from the PDF");
    if (last.signedLength === pdf.length) return signatures;
    const values = { expected: `${pdf.length} bytes signed`, found: `${last.signedLength} bytes signed` };
    throw new SignatureInvalid("does not cover the whole PDF: something was added after it was signed", values);
  } catch (error) {
    if (error instanceof PdfUnreadable)
      throw new SignatureInvalid(`cannot be found, because of the PDF ${error.message}`);
    throw error;
  }
}

function signatureDictionaries(document: PdfDocument): PdfDictionary[] {
  const catalog = asDictionary(document.get(document.trailer, "Root"), "/Root");
  const form = document.get(catalog, "AcroForm");
  if (form === null) return [];
  const fields = document.get(asDictionary(form, "/AcroForm"), "Fields");
  if (fields?.kind !== "array") return [];
  if (fields.items.length > maxFields) throw new PdfUnreadable("has too many form fields");
  return fields.items.flatMap((item) => {
    const field = asDictionary(item.kind === "reference" ? document.object(item.object) : item, "a form field");
    const type = document.get(field, "FT");
    const value = document.get(field, "V");
    return type?.kind === "name" && type.name === "Sig" && value !== null ? [asDictionary(value, "a signature")] : [];
  });
}

function verifyOne(document: PdfDocument, pdf: Buffer, signature: PdfDictionary): PdfSignature {
  const format = document.get(signature, "SubFilter");
  if (format?.kind !== "name" || format.name !== "ETSI.CAdES.detached") {
    const found = format?.kind === "name" ? format.name : "nothing";
    throw new SignatureInvalid("of the PDF is not a PAdES signature", { expected: "ETSI.CAdES.detached", found });
  }
  const contents = signature.entries.get("Contents");
  if (contents?.kind !== "string" || !contents.hex) throw new SignatureInvalid("of the PDF has no value");
  const signedLength = checkByteRange(signature.entries.get("ByteRange"), contents, pdf.length);
  const hash = createHash("sha256")
    .update(pdf.subarray(0, contents.start))
    .update(pdf.subarray(contents.end, signedLength));
  const cms = verifyCms(readContents(pdf.subarray(contents.start + 1, contents.end - 1)), hash.digest());
  const date = signature.entries.get("M");
  const signedAt = date?.kind === "string" ? readDate(pdf.subarray(date.start, date.end).toString("latin1")) : null;
  if (signedAt === null) throw new SignatureInvalid("of the PDF does not say when it was made");
  return { ...cms, signedAt, signedLength };
}

/** The one gap in what is signed must be the signature's own value, to the byte: anything else in it could be changed freely. */
function checkByteRange(range: PdfValue | undefined, contents: PdfValue, size: number): number {
  const numbers =
    range?.kind === "array" ? range.items.map((item) => (item.kind === "number" ? item.value : Number.NaN)) : [];
  const [start, gapStart, gapEnd, restLength = Number.NaN] = numbers;
  const expected = `[0 ${contents.start} ${contents.end} …]`;
  const end = contents.end + restLength;
  const fits = numbers.length === 4 && start === 0 && gapStart === contents.start && gapEnd === contents.end;
  if (!fits || !Number.isInteger(end) || restLength < 0 || end > size) {
    throw new SignatureInvalid("of the PDF leaves out more than itself", { expected, found: `[${numbers.join(" ")}]` });
  }
  return end;
}

/** The value in hexadecimal, with zeros behind it up to the room that was kept for it. */
function readContents(hex: Buffer): Buffer {
  const text = hex.toString("latin1");
  if (!/^([0-9a-fA-F]{2})*$/.test(text)) throw new SignatureInvalid("of the PDF is not written in hexadecimal");
  const bytes = Buffer.from(text, "hex");
  const length = derLength(bytes);
  if (bytes.subarray(length).some((byte) => byte !== 0))
    throw new SignatureInvalid("of the PDF has something behind it");
  return bytes.subarray(0, length);
}

/** Length of the DER value at the start, header and all. */
function derLength(bytes: Buffer): number {
  const first = bytes[1] ?? 0;
  if (first < 0x80) return 2 + first;
  const size = first - 0x80;
  if (size < 1 || size > 4 || bytes.length < 2 + size) throw new SignatureInvalid("of the PDF cannot be read");
  return 2 + size + bytes.readUIntBE(2, size);
}

/** `(D:YYYYMMDDHHmmSSZ)` or with an offset such as `+02'00'` (ISO 32000-1, 7.9.4). */
function readDate(text: string): Instant | null {
  const parts = /^\(D:(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(?:Z(?:00'00'?)?|([+-]\d{2})'(\d{2})'?)\)$/.exec(text);
  if (parts === null) return null;
  const [, year, month, day, hour, minute, second, offset = "+00", offsetMinutes = "00"] = parts;
  return parseInstant(`${year}-${month}-${day}T${hour}:${minute}:${second}${offset}:${offsetMinutes}`);
}
