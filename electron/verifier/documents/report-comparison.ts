import { PdfUnreadable } from "../../../shared/bundle/pdf/pdf-value.ts";
import { problemOfRevisions } from "../report-revisions.ts";
import { type DocumentDifference, shorten } from "./document-difference.ts";
import { pageLines } from "./page-texts.ts";
import { type PdfPiece, pdfPieces } from "./pdf-pieces.ts";

/** What the largest stream of the other one may unpack to besides its own size. */
const someRoom = 1 << 16;

/**
 * Holds a signed report against the one that the data gives: the same objects, in the same order, with the same content, and behind
 * them nothing but signatures.
 *
 * @param stated the report in the bundle
 * @param derived the report as the data gives it, unsigned
 * @returns null when they are the same
 */
export function compareReports(stated: Buffer, derived: Buffer): DocumentDifference | null {
  try {
    const found = findOtherPiece(stated, derived);
    if (typeof found !== "number") return findOtherLine(stated, derived) ?? found;
    const problem = problemOfRevisions(stated, [found, stated.length]);
    if (problem === null) return null;
    return { place: "behind its pages", expected: `it ${problem}`, found: "a signature and nothing else" };
  } catch (error) {
    if (!(error instanceof PdfUnreadable)) throw error;
    const other = { place: "its structure", expected: `it ${error.message}`, found: "a report as Tickmark writes it" };
    return findOtherLine(stated, derived) ?? other;
  }
}

/** The first object that differs; or where the first revision of the stated report ends. */
function findOtherPiece(stated: Buffer, derived: Buffer): DocumentDifference | number {
  const most = derived.length * 200 + someRoom;
  const [theirs, ours] = [pdfPieces(stated, most), pdfPieces(derived, most)];
  for (;;) {
    const [one, other] = [theirs.next(), ours.next()];
    if (one.done === true && other.done === true) return one.value.end;
    if (one.done === true || other.done === true) {
      const told = (each: typeof one) => (each.done === true ? "nothing more" : each.value.of);
      return { place: "its objects", expected: told(one), found: told(other) };
    }
    const difference = compareStreams(one.value, other.value);
    if (difference !== null) return difference;
  }
}

function compareStreams(stated: PdfPiece, derived: PdfPiece): DocumentDifference | null {
  const isSame =
    stated.of === derived.of &&
    stated.text === derived.text &&
    (stated.stream === null || derived.stream === null
      ? stated.stream === derived.stream
      : stated.stream.equals(derived.stream));
  if (isSame) return null;
  const told = ({ of, text, stream }: PdfPiece) => {
    const about = stated.text === derived.text ? `${stream?.length ?? "no"} bytes` : text.replaceAll("\n", " ");
    return `${of}: ${shorten(about)}`;
  };
  return { place: "its objects", expected: told(stated), found: told(derived) };
}

/** Where people see it, if it is to be seen. */
function findOtherLine(stated: Buffer, derived: Buffer): DocumentDifference | null {
  try {
    const [theirs, ours] = [pageLines(stated), pageLines(derived)];
    for (;;) {
      const [one, other] = [theirs.next(), ours.next()];
      if (one.done === true && other.done === true) return null;
      const [their, our] = [one.value ?? null, other.value ?? null];
      if (their?.text === our?.text && their?.page === our?.page) continue;
      const place = `page ${their?.page ?? our?.page}`;
      return { place, expected: shorten(their?.text ?? "nothing more"), found: shorten(our?.text ?? "nothing more") };
    }
  } catch (error) {
    if (error instanceof PdfUnreadable) return null;
    throw error;
  }
}
