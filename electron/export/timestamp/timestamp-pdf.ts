import { PdfDocument } from "../../../shared/bundle/pdf/pdf-document.ts";
import {
  findSignatures,
  PdfSignatureMisplaced,
  type PdfSignatureValue,
  pdfSignatureFormat,
  readSignatureValue,
} from "../../../shared/bundle/pdf/pdf-signatures.ts";
import { PdfUnreadable } from "../../../shared/bundle/pdf/pdf-value.ts";
import { TickmarkError } from "../../../shared/errors.ts";
import { digestAround, fillSignature, prepareSignature } from "../pdf-signature-field.ts";
import { type Stamp, timestampSignature } from "./signature-timestamp.ts";

/** A token with the certificates of its authority. */
const tokenRoom = 16_384;

/**
 * Adds a timestamp to a signed PDF: the last signature, which covers all others, becomes B-T in the room that was kept for it
 * (ETSI EN 319 142-1), so that every viewer sees a document unchanged since. Where there is no such room, or the last signature
 * has its timestamp, a document timestamp is appended. Not a byte that was signed changes either way.
 *
 * @returns null when the last signature has a timestamp, or there is none to be had
 * @throws TickmarkError `bundle-part-invalid` for a PDF that is not signed to its end or cannot be read
 */
export async function timestampPdf(pdf: Uint8Array, stamp: Stamp): Promise<Buffer | null> {
  const last = lastSignature(pdf);
  if (last.format !== pdfSignatureFormat) return null;
  const value = Buffer.from(readSignatureValue(pdf, last.contents));
  const stamped = await timestampSignature(value, stamp);
  if (stamped.equals(value)) return null;
  const { start, end } = last.contents;
  const room = (end - start - 2) / 2;
  if (stamped.length > room) return stampDocument(pdf, stamp);
  const hole = { bytes: Buffer.from(pdf), holeStart: start, holeEnd: end };
  return fillSignature(hole, stamped);
}

/** A document timestamp (ETSI EN 319 142-1, 5.4.3; ISO 32000-2, 12.8.5) in an incremental update: it covers all that is there. */
async function stampDocument(pdf: Uint8Array, stamp: Stamp): Promise<Buffer | null> {
  const head = "/Type /DocTimeStamp /Filter /Adobe.PPKLite /SubFilter /ETSI.RFC3161";
  const prepared = prepareSignature(pdf, tokenRoom, { head, members: "" });
  const token = await stamp(digestAround(prepared));
  return token === null ? null : fillSignature(prepared, token);
}

function lastSignature(pdf: Uint8Array): PdfSignatureValue {
  try {
    const last = findSignatures(new PdfDocument(pdf)).at(-1);
    if (last?.signedLength === pdf.length) return last;
    throw unstampable(last === undefined ? "it is not signed" : "something was added after it was signed");
  } catch (cause) {
    if (cause instanceof PdfUnreadable) throw unstampable(cause.message, cause);
    if (cause instanceof PdfSignatureMisplaced) throw unstampable(`its signature ${cause.message}`, cause);
    throw cause;
  }
}

function unstampable(reason: string, cause?: unknown): TickmarkError {
  return new TickmarkError(
    "bundle-part-invalid",
    `The report cannot be given a timestamp: ${reason}.`,
    "Take the report as it was exported.",
    cause === undefined ? undefined : { cause },
  );
}
