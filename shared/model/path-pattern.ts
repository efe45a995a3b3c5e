/**
 * Whether a path fits a pattern, by the rules of gitignore as CODEOWNERS follows them: `*` and `?` stop at a slash, `**`
 * does not; a pattern with a slash in front or inside starts at the root, one without fits at any depth; a folder
 * (`docs/`, or a pattern that names one) means everything in it. Unlike in gitignore, `docs/*` means what lies in `docs`
 * itself and not in its folders.
 *
 * Patterns come from others, so no regular expression is made of them: time grows with pattern times path.
 */
export type PathMatcher = (path: string) => boolean;

const compiled = new Map<string, PathMatcher>();
/** Catalogs and CODEOWNERS have some hundreds; a hostile one must not fill the memory. */
const mostCompiled = 10_000;

export function matchPath(pattern: string): PathMatcher {
  const known = compiled.get(pattern);
  if (known) return known;
  const matcher = compile(pattern);
  if (compiled.size < mostCompiled) compiled.set(pattern, matcher);
  return matcher;
}

function compile(pattern: string): PathMatcher {
  const body = pattern.replace(/^\/+/, "").replace(/\/+$/, "");
  if (body === "") return () => pattern.includes("/");
  const isRooted = pattern.replace(/\/+$/, "").includes("/");
  const wanted = isRooted ? body.split("/") : ["**", body];
  const mustEnd = wanted.at(-1) === "*" && isRooted;
  const isFolder = pattern.endsWith("/");
  return (path) => {
    const parts = path.split("/");
    const ends = matchedLengths(wanted, parts);
    if (mustEnd && !isFolder) return ends[parts.length] === true;
    // A shorter match names a folder that the path lies in.
    return ends.includes(true) && (!isFolder || ends.indexOf(true) < parts.length);
  };
}

/** For each number of the path's parts, from none to all, whether the whole pattern can take these from the first. */
function matchedLengths(wanted: readonly string[], parts: readonly string[]): readonly boolean[] {
  let reached = [true, ...parts.map(() => false)];
  for (const [index, segment] of wanted.entries()) {
    const next = new Array<boolean>(parts.length + 1).fill(false);
    if (segment === "**") {
      const from = reached.indexOf(true);
      // At the end of a pattern it stands for something; before that also for nothing.
      if (from !== -1) next.fill(true, index === wanted.length - 1 ? from + 1 : from);
    } else {
      for (const [from, part] of parts.entries())
        if (reached[from] && fitsSegment(segment, part)) next[from + 1] = true;
    }
    reached = next;
  }
  return reached;
}

/** One part of a path: on a mismatch the last star takes one letter more, so that nothing is tried twice. */
function fitsSegment(segment: string, part: string): boolean {
  let at = 0;
  let star = -1;
  let resume = 0;
  for (let letter = 0; letter < part.length; ) {
    const isEscaped = segment[at] === "\\" && at + 1 < segment.length;
    const wanted = isEscaped ? segment[at + 1] : segment[at];
    if (!isEscaped && wanted === "*") {
      star = at;
      at += 1;
      resume = letter;
    } else if (wanted !== undefined && ((!isEscaped && wanted === "?") || wanted === part[letter])) {
      at += isEscaped ? 2 : 1;
      letter += 1;
    } else if (star !== -1) {
      at = star + 1;
      resume += 1;
      letter = resume;
    } else return false;
  }
  return /^\**$/.test(segment.slice(at));
}
