// What spreadsheets take for the start of a formula or a command, with the full-width forms that some fold to these.
const formulaSigns = "=+\\-@\t\r\n|%＝＋－＠｜％";
// They trim what cannot be seen before they look: spaces of any kind, zero-width characters, controls, what is no character.
const startsLikeFormula = new RegExp(`^[\\s\\p{Z}\\p{C}]*[${formulaSigns}]`, "u");

/** True for text that some spreadsheet would compute, or run, if it met it as the content of a cell. */
export function looksLikeFormula(text: string): boolean {
  return startsLikeFormula.test(text);
}
