import { RE2JS, RE2JSException } from "re2js";

/**
 * A pattern of what must not be told: a regular expression of RE2, as rules have it too. Whatever it says, it reads a text without ever going
 * back; what RE2 has no way for (looking ahead or behind, references to a group) is refused.
 */
export interface RedactionPattern {
  /** Places in the text, in its characters (UTF-16 code units), in order and apart from each other. */
  find(text: string): Iterable<{ readonly start: number; readonly end: number }>;
}

/** Repetitions (`{1000}`) can make a short pattern a large program. */
const largestProgram = 5_000;

/** @returns what is wrong with it, in the tail of a sentence, where it cannot be used */
export function compileRedactionPattern(text: string): RedactionPattern | string {
  let expression: RE2JS;
  try {
    expression = RE2JS.compile(text);
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    return `is no regular expression of RE2 (${error.message.replace(/^error parsing regexp: /, "")})`;
  }
  if (expression.programSize() > largestProgram) return "repeats too much";
  // It would be found everywhere.
  if (expression.test("")) return "fits the empty text";
  return { find: (input) => findAll(expression, input) };
}

function* findAll(expression: RE2JS, text: string): Generator<{ readonly start: number; readonly end: number }> {
  // Most texts hold none of it, and whether they do is told many times faster than where.
  if (!expression.test(text)) return;
  const matcher = expression.matcher(text);
  while (matcher.find()) if (matcher.end() > matcher.start()) yield { start: matcher.start(), end: matcher.end() };
}
