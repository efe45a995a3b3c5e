import { createHash } from "node:crypto";
import { PdfDocument } from "../../shared/bundle/pdf/pdf-document.ts";
import {
  findSignatures,
  PdfSignatureMisplaced,
  type PdfSignatureValue,
  pdfSignatureFormat,
  pdfTimestampFormat,
  readSignatureValue,
} from "../../shared/bundle/pdf/pdf-signatures.ts";
import { PdfUnreadable } from "../../shared/bundle/pdf/pdf-value.ts";
import { type Instant, parseInstant } from "../../shared/model/instant.ts";
import { SignatureInvalid } from "../cms/signature-invalid.ts";
import { type TimestampToken, verifyTimestamp } from "../cms/timestamp-token.ts";
import { type CmsSignature, verifyCms } from "./cms-signature.ts";

export interface PdfSignature extends CmsSignature {
  /** When the signer says that it signed. */
  readonly signedAt: Instant;
  /** Length of the revision that is signed, in bytes from the start of the file. */
  readonly signedLength: number;
  /** Where its value lies, the one part of its revision that it does not cover. */
  readonly value: { readonly start: number; readonly end: number };
  /** Timestamps over the document that cover this signature. */
  readonly documentTimestamps: readonly TimestampToken[];
}

/**
 * The signatures of a PDF (PAdES, ETSI EN 319 142-1), from the first revision to the last. Each is checked over all bytes of
 * its revision but its own value, as is each document timestamp, and the last one covers the whole file, so that nothing was
 * added after it.
 *
 * @throws SignatureInvalid; the message continues "The signature …"
 */
export function verifyPdfSignatures(pdf: Buffer): readonly PdfSignature[] {
  try {
    const found = findSignatures(new PdfDocument(pdf));
    const signatures = found
      .filter(({ format }) => format !== pdfTimestampFormat)
      .map((signature) => verifyOne(pdf, signature, timestampsAfter(pdf, found, signature)));
    const last = found.at(-1);
    if (last === undefined || signatures.length === 0) throw new SignatureInvalid("is missing from the PDF");
    if (last.signedLength === pdf.length) return signatures;
    const values = { expected: `${pdf.length} bytes signed`, found: `${last.signedLength} bytes signed` };
    throw new SignatureInvalid("does not cover the whole PDF: something was added after it was signed", values);
  } catch (error) {
    throw asFinding(error);
  }
}

/** Ends of the signed revisions from one on, in bytes from the start of the file. @throws SignatureInvalid */
export function signedRevisions(pdf: Buffer, from: number): number[] {
  try {
    const ends = findSignatures(new PdfDocument(pdf)).map(({ signedLength }) => signedLength);
    return ends.filter((end) => end >= from);
  } catch (error) {
    throw asFinding(error);
  }
}

/** @throws SignatureInvalid */
function verifyOne(
  pdf: Buffer,
  signature: PdfSignatureValue,
  documentTimestamps: readonly TimestampToken[],
): PdfSignature {
  if (signature.format !== pdfSignatureFormat) {
    const found = signature.format === "" ? "nothing" : signature.format;
    throw new SignatureInvalid("of the PDF is not a PAdES signature", { expected: pdfSignatureFormat, found });
  }
  const cms = verifyCms(readValue(pdf, signature), digestAround(pdf, signature, "sha256"));
  const date = signature.dictionary.entries.get("M");
  const signedAt = date?.kind === "string" ? readDate(pdf.subarray(date.start, date.end).toString("latin1")) : null;
  if (signedAt === null) throw new SignatureInvalid("of the PDF does not say when it was made");
  return { ...cms, signedAt, signedLength: signature.signedLength, value: signature.contents, documentTimestamps };
}

function timestampsAfter(
  pdf: Buffer,
  found: readonly PdfSignatureValue[],
  signature: PdfSignatureValue,
): TimestampToken[] {
  return found
    .filter(({ format, signedLength }) => format === pdfTimestampFormat && signedLength > signature.signedLength)
    .map((each) => verifyTimestamp(readValue(pdf, each), (digest) => digestAround(pdf, each, digest)));
}

function readValue(pdf: Buffer, { contents }: PdfSignatureValue): Buffer {
  return Buffer.from(readSignatureValue(pdf, contents));
}

function digestAround(pdf: Buffer, { contents, signedLength }: PdfSignatureValue, digest: string): Buffer {
  const hash = createHash(digest).update(pdf.subarray(0, contents.start));
  return hash.update(pdf.subarray(contents.end, signedLength)).digest();
}

function asFinding(error: unknown): unknown {
  if (error instanceof PdfUnreadable)
    return new SignatureInvalid(`cannot be found, because of the PDF ${error.message}`);
  if (error instanceof PdfSignatureMisplaced) return new SignatureInvalid(`of the PDF ${error.message}`, error);
  return error;
}

/** `(D:YYYYMMDDHHmmSSZ)` or with an offset such as `+02'00'` (ISO 32000-1, 7.9.4). */
function readDate(text: string): Instant | null {
  const parts = /^\(D:(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(?:Z(?:00'00'?)?|([+-]\d{2})'(\d{2})'?)\)$/.exec(text);
  if (parts === null) return null;
  const [, year, month, day, hour, minute, second, offset = "+00", offsetMinutes = "00"] = parts;
  return parseInstant(`${year}-${month}-${day}T${hour}:${minute}:${second}${offset}:${offsetMinutes}`);
}
