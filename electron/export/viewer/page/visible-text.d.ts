/** A text on one line, with everything in it visible. */
export function showInline(text: string): string;
/** A text that keeps its lines and indents; at most one empty line in a row, none at the end. */
export function showLines(text: string): string[];
/** A character by its number: `‹U+202E›`. */
export function showCodePoint(character: string): string;
/** The beginning of a long text and how long it is; a text of at most `limit` UTF-16 units whole. */
export function shorten(text: string, limit: number): string;
/** The beginning of a long text and an ellipsis; a text of at most `limit` UTF-16 units whole. */
export function clip(text: string, limit: number): string;
export const graphemes: Intl.Segmenter;
