/** A value in a PDF file (ISO 32000-1, 7.3), with the bytes that it takes: `start` included, `end` excluded. */
export type PdfValue = PdfDictionary | PdfArray | PdfName | PdfNumber | PdfString | PdfReference | PdfKeyword;

interface Extent {
  readonly start: number;
  readonly end: number;
}

export interface PdfDictionary extends Extent {
  readonly kind: "dictionary";
  readonly entries: ReadonlyMap<string, PdfValue>;
}

export interface PdfArray extends Extent {
  readonly kind: "array";
  readonly items: readonly PdfValue[];
}

export interface PdfName extends Extent {
  readonly kind: "name";
  readonly name: string;
}

export interface PdfNumber extends Extent {
  readonly kind: "number";
  readonly value: number;
}

/** `hex` for `<…>`, otherwise `(…)`. The bytes are read from the file by whoever needs them. */
export interface PdfString extends Extent {
  readonly kind: "string";
  readonly hex: boolean;
}

export interface PdfReference extends Extent {
  readonly kind: "reference";
  readonly object: number;
  readonly generation: number;
}

/** `true`, `false` or `null`. */
export interface PdfKeyword extends Extent {
  readonly kind: "keyword";
  readonly word: string;
}

/** What is wrong with a PDF, thrown by this folder and turned into a fault or a finding by its callers. */
export class PdfUnreadable extends Error {}
