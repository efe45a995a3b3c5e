/**
 * The beginning of a JSON document as a value: what a text cut anywhere says up to there, with the open objects and
 * arrays closed and an unfinished member left out. Undefined when it is no JSON.
 */
export function readJsonHead(text: string, isWhole: boolean): unknown {
  const begin = text.trimStart();
  if (!begin.startsWith("{") && !begin.startsWith("[")) return undefined;
  if (isWhole) return parse(begin);
  for (const { end, closing } of cuts(begin)) {
    const value = parse(begin.slice(0, end) + closing);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** Places where the text may be cut, the last first: after a value, before a comma or where a container has just begun. */
function cuts(text: string): { end: number; closing: string }[] {
  const found: { end: number; closing: string }[] = [];
  const open: string[] = [];
  let isInString = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (isInString) {
      if (char === "\\") at += 1;
      else if (char === '"') isInString = false;
      continue;
    }
    if (char === '"') isInString = true;
    else if (char === "{" || char === "[") {
      open.push(char === "{" ? "}" : "]");
      found.push({ end: at + 1, closing: open.toReversed().join("") });
    } else if (char === "}" || char === "]") {
      open.pop();
      found.push({ end: at + 1, closing: open.toReversed().join("") });
    } else if (char === ",") found.push({ end: at, closing: open.toReversed().join("") });
    if (found.length > 64) found.splice(0, 32);
  }
  return found.reverse();
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
