/** Where a document of the bundle first says something else than the data. */
export interface DocumentDifference {
  /** `page 3`, `line 12`, `sheet1.xml, line 4`. */
  readonly place: string;
  /** What the bundle's document says there. */
  readonly expected: string;
  /** What the data gives. */
  readonly found: string;
}

const longest = 200;

/** Short enough to be shown. */
export function shorten(text: string): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
