/** A line at the end of a message that says something about the commit: `Reviewed-by: Bo <bo@example.org>`. */
export interface Trailer {
  readonly token: string;
  /** On one line, whatever lines it was folded over. */
  readonly value: string;
}

/** Lines that git itself writes: one of them makes a block of trailers of lines that are mostly none. */
const written = ["Signed-off-by: ", "(cherry picked from commit "];

/**
 * The trailers of a commit's message by git's own rules (git-interpret-trailers(1)): they are the last paragraph, never
 * the first; all its lines must be trailers, or a quarter of them with one that git writes among them; a line that
 * begins with white space continues the one before; lines that begin with `#` are comments.
 */
export function readTrailers(message: string): Trailer[] {
  const lines = message.replace(/\r\n/g, "\n").split("\n");
  const end = endOfText(lines);
  const trailers: { token: string; value: string }[] = [];
  let isOpen = false;
  for (const line of lines.slice(startOfBlock(lines, end), end)) {
    if (line.startsWith("#")) continue;
    const last = trailers.at(-1);
    if (isOpen && last && /^\s/.test(line)) {
      last.value = `${last.value} ${line.trim()}`.trim();
      continue;
    }
    const at = separatorOf(line);
    isOpen = at >= 1 && !/^\s/.test(line);
    if (isOpen) trailers.push({ token: line.slice(0, at).trim(), value: line.slice(at + 1).trim() });
  }
  return trailers;
}

/** Comments and empty lines at the end are no text. */
function endOfText(lines: readonly string[]): number {
  let end = lines.length;
  while (end > 0 && (isBlank(lines[end - 1]) || lines[end - 1]?.startsWith("#"))) end -= 1;
  return end;
}

/** The first line of the block of trailers; `end` when there is none. */
function startOfBlock(lines: readonly string[], end: number): number {
  const title = lines.findIndex((line) => !line.startsWith("#") && isBlank(line));
  let [trailers, others, continuing] = [0, 0, 0];
  let isKnown = false;
  for (let at = end - 1; at >= Math.max(title, 0); at -= 1) {
    const line = lines[at] ?? "";
    if (line.startsWith("#")) {
      others += continuing;
      continuing = 0;
    } else if (isBlank(line)) {
      others += continuing;
      const isBlock = (isKnown && trailers * 3 >= others) || (trailers > 0 && others === 0);
      return isBlock ? at + 1 : end;
    } else if (written.some((begin) => line.startsWith(begin))) {
      trailers += 1;
      continuing = 0;
      isKnown = true;
    } else if (/^\s/.test(line)) {
      continuing += 1;
    } else if (separatorOf(line) >= 1) {
      trailers += 1;
      continuing = 0;
    } else {
      others += 1 + continuing;
      continuing = 0;
    }
  }
  return end;
}

/** Where the colon stands behind a token of letters, digits and hyphens, with white space before it at most; -1 without. */
function separatorOf(line: string): number {
  const found = /^[A-Za-z0-9-]*[ \t]*:/.exec(line)?.[0];
  return found === undefined || /^[ \t]/.test(line) ? -1 : found.length - 1;
}

function isBlank(line: string | undefined): boolean {
  return line === undefined || /^\s*$/.test(line);
}
