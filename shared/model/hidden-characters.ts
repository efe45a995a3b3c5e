/*
 * Evidence is hostile text: marks that turn the direction of writing around, or that cannot be seen, make a line read
 * as something else than it is. They are shown by their code point instead.
 */
const hidden = /[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\u00ad]/g;
// Tabs and line ends are how text is laid out; the other control characters have no picture.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;

function codeOf(character: string): string {
  return `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}]`;
}

/** The text with invisible characters made visible; unchanged where there are none. */
export function showHidden(text: string): string {
  return text.replace(hidden, codeOf).replace(control, codeOf);
}

/** The same on one line: a line end in a text from outside could begin a line that reads like one of ours. */
export function showOnOneLine(text: string): string {
  return showHidden(text).replace(/[\t\n\r\u2028\u2029]/g, codeOf);
}
