import type { PdfDocument } from "../../shared/bundle/pdf/pdf-document.ts";
import { type PdfDictionary, PdfUnreadable, type PdfValue } from "../../shared/bundle/pdf/pdf-value.ts";

/** A value and the object that it lies in: where an edit has to be made. */
export interface Located<T extends PdfValue = PdfValue> {
  readonly object: number;
  readonly value: T;
}

interface Edit {
  readonly at: number;
  readonly until: number;
  readonly text: string;
}

/**
 * An incremental update (ISO 32000-1, 7.5.6): changed and new objects are appended with a table of their own, and not a byte
 * before them changes, so that what is already signed stays signed.
 */
export class PdfRevision {
  readonly #document: PdfDocument;
  readonly #edits = new Map<number, Edit[]>();
  readonly #added = new Map<number, string>();
  #nextObject: number;

  constructor(document: PdfDocument) {
    this.#document = document;
    const size = document.trailer.entries.get("Size");
    if (size?.kind !== "number") throw new PdfUnreadable("the trailer has no /Size");
    if (document.trailer.entries.has("Encrypt")) throw new PdfUnreadable("it is encrypted");
    this.#nextObject = size.value;
  }

  /** The number of a new object; its text is given by `fill`. */
  reserve(): number {
    return this.#nextObject++;
  }

  fill(object: number, text: string): void {
    this.#added.set(object, text);
  }

  /** Adds to the end of a dictionary or an array. */
  append(to: Located, text: string): void {
    const closing = to.value.kind === "dictionary" ? 2 : 1;
    this.#edit(to.object, { at: to.value.end - closing, until: to.value.end - closing, text: ` ${text}` });
  }

  replace(what: Located, text: string): void {
    this.#edit(what.object, { at: what.value.start, until: what.value.end, text });
  }

  /** A member of a dictionary, with the object that it lies in when it is a reference. */
  locate(within: Located<PdfDictionary>, key: string): Located | null {
    const value = within.value.entries.get(key);
    if (value === undefined) return null;
    return value.kind === "reference" ? this.locateObject(value.object) : { object: within.object, value };
  }

  locateObject(object: number): Located {
    return { object, value: this.#document.object(object) };
  }

  /** The update's bytes, for a file of `start` bytes, and where each object's text lies in the whole. */
  encode(start: number): { bytes: Buffer; offsets: ReadonlyMap<number, number> } {
    const offsets = new Map<number, number>();
    const pieces: Buffer[] = [];
    let at = start;
    for (const [object, text] of this.#changedObjects()) {
      const piece = Buffer.from(`${object} 0 obj\n${text}\nendobj\n`, "latin1");
      offsets.set(object, at);
      pieces.push(piece);
      at += piece.length;
    }
    pieces.push(Buffer.from(`${this.#table(offsets)}${this.#trailer()}startxref\n${at}\n%%EOF\n`, "latin1"));
    return { bytes: Buffer.concat(pieces), offsets };
  }

  #edit(object: number, edit: Edit): void {
    this.#edits.set(object, [...(this.#edits.get(object) ?? []), edit]);
  }

  #changedObjects(): [object: number, text: string][] {
    const changed = Array.from(this.#edits, ([object, edits]): [number, string] => [
      object,
      this.#apply(object, edits),
    ]);
    return [...changed, ...this.#added].sort(([left], [right]) => left - right);
  }

  #apply(object: number, edits: readonly Edit[]): string {
    const { start, end } = this.#document.object(object);
    let text = "";
    let done = start;
    for (const edit of edits.toSorted((left, right) => left.at - right.at)) {
      text += this.#text(done, edit.at) + edit.text;
      done = edit.until;
    }
    return text + this.#text(done, end);
  }

  /** Latin-1 keeps each byte as one character, whatever the string or name in it means. */
  #text(start: number, end: number): string {
    return Buffer.from(this.#document.bytes.subarray(start, end)).toString("latin1");
  }

  #table(offsets: ReadonlyMap<number, number>): string {
    const sections = Array.from(offsets, ([object, offset]) => {
      return `${object} 1\n${String(offset).padStart(10, "0")} 00000 n \n`;
    });
    return `xref\n${sections.join("")}`;
  }

  #trailer(): string {
    const kept = ["Root", "Info", "ID"].flatMap((key) => {
      const value = this.#document.trailer.entries.get(key);
      return value === undefined ? [] : [`/${key} ${this.#text(value.start, value.end)}`];
    });
    return `trailer\n<< /Size ${this.#nextObject} ${kept.join(" ")} /Prev ${this.#document.tableStart} >>\n`;
  }
}
