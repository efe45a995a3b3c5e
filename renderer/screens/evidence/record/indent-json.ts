const step = "  ";

/**
 * JSON with each member and element on a line of its own. Only white space between tokens is changed: numbers, escapes
 * and the order and repetition of members stay as they were received. Text that is no JSON comes out with its tokens
 * in the same order.
 */
export function indentJson(text: string): string {
  let depth = 0;
  let out = "";
  const newLine = () => `\n${step.repeat(Math.min(depth, 60))}`;
  // A string, a bracket or comma or colon, or anything else that is no space.
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"?|[[\]{},:]|[^\s"[\]{},:]+/gs)) {
    if (token === "{" || token === "[") {
      depth += 1;
      out += token + newLine();
    } else if (token === "}" || token === "]") {
      depth = Math.max(0, depth - 1);
      // An empty object or list stays on its line.
      out = /[[{]\s*$/.test(out) ? out.trimEnd() + token : out + newLine() + token;
    } else if (token === ",") {
      out += token + newLine();
    } else if (token === ":") {
      out += ": ";
    } else {
      out += token;
    }
  }
  return out;
}
