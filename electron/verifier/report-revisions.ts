import { PdfDocument } from "../../shared/bundle/pdf/pdf-document.ts";
import { type PdfDictionary, PdfUnreadable, type PdfValue } from "../../shared/bundle/pdf/pdf-value.ts";

// What a signature field, its value and the form of both may say. Nothing of it draws or runs anything.
const fieldKeys = ["Type", "Subtype", "FT", "Rect", "F", "T", "P", "V"];
const valueKeys = ["Type", "Filter", "SubFilter", "ByteRange", "Contents", "M", "Name", "Reason", "Location"];
const formKeys = ["SigFlags", "Fields"];

/**
 * Whether all that was appended to a PDF are signatures, so that it shows what it showed before. A signature over a later
 * revision says who appended it, and not that it is harmless.
 *
 * @param ends of the revisions, in bytes from the start of the file, ascending; the first is the one that the others extend
 * @returns what else was appended; null when nothing was
 */
export function problemOfRevisions(pdf: Uint8Array, ends: readonly number[]): string | null {
  try {
    for (const [index, end] of ends.entries()) {
      const next = ends[index + 1];
      if (next !== undefined)
        checkRevision(new PdfDocument(pdf.subarray(0, end)), new PdfDocument(pdf.subarray(0, next)));
    }
    return null;
  } catch (error) {
    if (error instanceof PdfUnreadable) return error.message;
    throw error;
  }
}

function checkRevision(before: PdfDocument, after: PdfDocument): void {
  if (after.tableStart < before.bytes.length) throw new PdfUnreadable("has no revision where it was signed");
  for (const key of ["Root", "Info", "ID"]) {
    if (textOf(before, before.trailer.entries.get(key)) !== textOf(after, after.trailer.entries.get(key)))
      throw new PdfUnreadable(`has another /${key} since it was signed`);
  }
  const changed = [...after.offsets.keys()].filter(
    (object) => after.offsets.get(object) !== before.offsets.get(object),
  );
  const added = changed.filter((object) => !before.offsets.has(object));
  const kinds = new Map(added.map((object) => [object, kindOf(after, object)]));
  const field = added.filter((object) => kinds.get(object) === "field");
  const form = added.filter((object) => kinds.get(object) === "form");
  if (field.length !== 1 || form.length > 1) throw new PdfUnreadable("got something else than one signature");
  for (const object of changed.filter((each) => before.offsets.has(each)))
    checkChange(before, after, object, field[0] ?? 0, form[0]);
}

function kindOf(document: PdfDocument, object: number): "field" | "value" | "form" {
  const value = document.object(object);
  if (value.kind === "dictionary") {
    if (nameIn(value, "FT") === "Sig" && isEmptyBox(value.entries.get("Rect")) && hasOnly(value, fieldKeys))
      return "field";
    if (value.entries.has("ByteRange") && hasOnly(value, valueKeys)) return "value";
    if (value.entries.has("Fields") && hasOnly(value, formKeys)) return "form";
  }
  throw new PdfUnreadable(`got an object, ${object}, that is no part of a signature`);
}

/** An object of before may gain a reference to the new field, the page and the form, or to the form, the catalog; nothing else. */
function checkChange(
  before: PdfDocument,
  after: PdfDocument,
  object: number,
  field: number,
  form: number | undefined,
): void {
  const [old, changed] = [textOf(before, before.object(object)), textOf(after, after.object(object))];
  const gains = [
    ` /Annots [${field} 0 R]`,
    ` /Fields [${field} 0 R]`,
    ` ${field} 0 R`,
    " /SigFlags 3",
    ...(form === undefined ? [] : [` /AcroForm ${form} 0 R`]),
  ];
  const fits = [[], ...gains.map((gain) => [gain]), gains.slice(1, 2).concat(gains.slice(3, 4)), gains.slice(2, 4)];
  const without = (gained: readonly string[]) => gained.reduce((text, gain) => text?.replace(gain, ""), changed);
  if (!fits.some((gained) => without(gained) === old))
    throw new PdfUnreadable(`got another object ${object} than it was signed with`);
}

function textOf({ bytes }: PdfDocument, value: PdfValue | undefined): string {
  return value === undefined ? "" : Buffer.from(bytes.subarray(value.start, value.end)).toString("latin1");
}

function hasOnly(dictionary: PdfDictionary, keys: readonly string[]): boolean {
  return [...dictionary.entries.keys()].every((key) => keys.includes(key));
}

function nameIn(dictionary: PdfDictionary, key: string): string {
  const value = dictionary.entries.get(key);
  return value?.kind === "name" ? value.name : "";
}

function isEmptyBox(value: PdfValue | undefined): boolean {
  return value?.kind === "array" && value.items.every((item) => item.kind === "number" && item.value === 0);
}
