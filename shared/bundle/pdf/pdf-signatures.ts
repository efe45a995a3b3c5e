import { asDictionary, type PdfDocument } from "./pdf-document.ts";
import { type PdfDictionary, type PdfString, PdfUnreadable } from "./pdf-value.ts";

const maxFields = 1000;

/** The kinds of signature that a report has: of a person (PAdES), and of a timestamp authority over the document. */
export const pdfSignatureFormat = "ETSI.CAdES.detached";
export const pdfTimestampFormat = "ETSI.RFC3161";

export interface PdfSignatureValue {
  readonly dictionary: PdfDictionary;
  /** `ETSI.CAdES.detached` for a signature, `ETSI.RFC3161` for a timestamp; empty when it does not say. */
  readonly format: string;
  readonly contents: PdfString;
  /** How far it reaches, in bytes from the start of the file; all of that but `contents` is signed. */
  readonly signedLength: number;
}

/** Why a signature's own place cannot be relied on, with both values. */
export class PdfSignatureMisplaced extends Error {
  readonly expected: string;
  readonly found: string;

  constructor(message: string, expected: string, found: string) {
    super(message);
    this.expected = expected;
    this.found = found;
  }
}

/**
 * The signatures of a PDF, from the first revision to the last. They are found by the file's own cross-reference table, as a
 * viewer finds them, and never searched for.
 *
 * @throws PdfUnreadable, PdfSignatureMisplaced
 */
export function findSignatures(document: PdfDocument): PdfSignatureValue[] {
  const found = signatureDictionaries(document).map((dictionary) => locate(document, dictionary));
  return found.sort((left, right) => left.signedLength - right.signedLength);
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

function locate(document: PdfDocument, dictionary: PdfDictionary): PdfSignatureValue {
  const format = document.get(dictionary, "SubFilter");
  const contents = dictionary.entries.get("Contents");
  if (contents?.kind !== "string" || !contents.hex) throw new PdfSignatureMisplaced("has no value", "a value", "none");
  return {
    dictionary,
    format: format?.kind === "name" ? format.name : "",
    contents,
    signedLength: readSignedLength(dictionary, contents, document.bytes.length),
  };
}

/** The one gap in what is signed must be the signature's own value, to the byte: anything else in it could be changed freely. */
function readSignedLength(dictionary: PdfDictionary, contents: PdfString, size: number): number {
  const range = dictionary.entries.get("ByteRange");
  const numbers =
    range?.kind === "array" ? range.items.map((item) => (item.kind === "number" ? item.value : Number.NaN)) : [];
  const [start, gapStart, gapEnd, restLength = Number.NaN] = numbers;
  const end = contents.end + restLength;
  const fits = numbers.length === 4 && start === 0 && gapStart === contents.start && gapEnd === contents.end;
  if (fits && Number.isInteger(end) && restLength >= 0 && end <= size) return end;
  const expected = `[0 ${contents.start} ${contents.end} …]`;
  throw new PdfSignatureMisplaced("leaves out more than itself", expected, `[${numbers.join(" ")}]`);
}

/**
 * The bytes of a signature's value, without the zeros up to the room that was kept for it.
 *
 * @throws PdfSignatureMisplaced
 */
export function readSignatureValue(pdf: Uint8Array, contents: PdfString): Uint8Array {
  const bytes = fromHex(pdf.subarray(contents.start + 1, contents.end - 1));
  const length = derLength(bytes);
  if (bytes.subarray(length).some((byte) => byte !== 0))
    throw new PdfSignatureMisplaced("has something behind it", "zeros", "other bytes");
  return bytes.subarray(0, length);
}

function fromHex(hex: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(hex.length >> 1);
  for (let at = 0; at < bytes.length; at++) bytes[at] = digit(hex[2 * at]) * 16 + digit(hex[2 * at + 1]);
  if (hex.length % 2 === 1) digit(undefined);
  return bytes;
}

function digit(code: number | undefined): number {
  const value = code === undefined ? Number.NaN : Number.parseInt(String.fromCharCode(code), 16);
  if (Number.isNaN(value)) throw new PdfSignatureMisplaced("is not written in hexadecimal", "digits", "something else");
  return value;
}

/** Length of the DER value at the start, header and all. */
function derLength(bytes: Uint8Array): number {
  const first = bytes[1] ?? 0;
  if (first < 0x80) return 2 + first;
  const size = first - 0x80;
  if (size < 1 || size > 4 || bytes.length < 2 + size)
    throw new PdfSignatureMisplaced("cannot be read", "a value in DER", "something else");
  return 2 + size + bytes.subarray(2, 2 + size).reduce((length, byte) => length * 256 + byte, 0);
}
