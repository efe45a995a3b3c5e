/*
 * Text from evidence is written by the people under audit. Characters that cannot be seen can hide or reorder what is
 * seen (Unicode Technical Report 36), so they are shown by their numbers, such as ‹U+202E›.
 *
 * Plain JavaScript, because the page in the bundle and the report show text by the same rule.
 */

// Zero-width joiners are part of how these scripts are written, and stay after one of their letters.
const joining = ["Arabic", "Syriac", "Devanagari", "Bengali", "Gurmukhi", "Gujarati", "Oriya", "Tamil", "Telugu"]
  .concat("Kannada", "Malayalam", "Sinhala", "Khmer")
  .map((script) => `\\p{Script=${script}}`)
  .join("");
// Controls, formats (zero width, direction), halves of surrogate pairs, line ends and all that is invisible by design.
const hidden = new RegExp(`(?<=[${joining}])([\\u200c\\u200d])|[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}\\p{DI}]`, "gu");

/** A text on one line, with everything in it visible. */
export function showInline(text) {
  return revealHidden(text.replace(/[\p{Zs}\t\n\r\f\v]+/gu, " ").trim());
}

/** A text that keeps its lines and indents; at most one empty line in a row, none at the end. */
export function showLines(text) {
  const lines = text
    .replace(/\r\n?/g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .replace(/\n+$/, "")
    .split("\n");
  return lines.map((line) => revealHidden(line.replace(/\t/g, "  ").replace(/\p{Zs}/gu, " ")));
}

/** A character by its number: `‹U+202E›`. */
export function showCodePoint(character) {
  return `‹U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}›`;
}

/** The beginning of a long text and how long it is; a text of at most `limit` characters whole. */
export function shorten(text, limit) {
  const shown = showInline(text);
  if (shown.length <= limit) return shown;
  return `${clip(text, limit)} (${Array.from(text).length} characters in all)`;
}

/** The beginning of a long text and an ellipsis; a text of at most `limit` characters whole. */
export function clip(text, limit) {
  const shown = showInline(text);
  if (shown.length <= limit) return shown;
  // By grapheme clusters, so that no letter loses its accents.
  let start = "";
  for (const { segment } of graphemes.segment(shown)) {
    if (start.length + segment.length > limit) break;
    start += segment;
  }
  return `${start.trimEnd()}…`;
}

export const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

function revealHidden(text) {
  // U+FE0F asks for an emoji's coloured form and nothing else.
  const plain = text.replace(/(?<=\p{Emoji})\ufe0f/gu, "");
  return plain.replace(hidden, (character, joiner) => joiner ?? showCodePoint(character));
}
