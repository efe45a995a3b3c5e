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
  const isFolder = pattern.endsWith("/");
  const segments = body.split("/");
  const ends = (isRooted ? matchFromRoot : matchAnywhere)(segments.map(compileSegment));
  const mustEnd = segments.at(-1) === "*" && isRooted;
  return (path) => {
    const parts = splitPath(path);
    const [shortest, longest] = ends(parts);
    if (shortest === -1) return false;
    if (mustEnd && !isFolder) return longest === parts.length;
    // A shorter match names a folder that the path lies in.
    return !isFolder || shortest < parts.length;
  };
}

let split: { readonly path: string; readonly parts: readonly string[] } = { path: "", parts: [""] };

/** A path is usually held to many patterns, one after the other. */
function splitPath(path: string): readonly string[] {
  if (split.path !== path) split = { path, parts: path.split("/") };
  return split.parts;
}

/** Fewest and most of the path's parts, from the first, that the whole pattern can take; -1 where it fits none. */
type Ends = (parts: readonly string[]) => readonly [shortest: number, longest: number];
type Segment = ((part: string) => boolean) | "**";

const none = [-1, -1] as const;

/** A name without a slash fits at any depth. */
function matchAnywhere([segment]: readonly Segment[]): Ends {
  if (segment === undefined || segment === "**") return (parts) => [1, parts.length];
  return (parts) => {
    const first = parts.findIndex(segment);
    return first === -1 ? none : [first + 1, parts.findLastIndex(segment) + 1];
  };
}

function matchFromRoot(segments: readonly Segment[]): Ends {
  if (segments.includes("**")) return (parts) => takeAll(segments, parts);
  const plain = segments.filter((segment) => segment !== "**");
  return (parts) => {
    if (parts.length < plain.length) return none;
    return plain.every((fits, index) => fits(parts[index] as string)) ? [plain.length, plain.length] : none;
  };
}

function takeAll(segments: readonly Segment[], parts: readonly string[]): readonly [number, number] {
  // For each number of parts, whether the segments so far can take these.
  let reached = [true, ...parts.map(() => false)];
  for (const [index, segment] of segments.entries()) {
    const next = reached.map(() => false);
    if (segment === "**") {
      const from = reached.indexOf(true);
      // At the end of a pattern it stands for something; before that also for nothing.
      if (from !== -1) next.fill(true, index === segments.length - 1 ? from + 1 : from);
    } else {
      for (const [from, part] of parts.entries()) if (reached[from] && segment(part)) next[from + 1] = true;
    }
    reached = next;
  }
  return [reached.indexOf(true), reached.lastIndexOf(true)];
}

function compileSegment(segment: string): Segment {
  if (segment === "**") return segment;
  return /[*?\\]/.test(segment) ? (part) => fitsSegment(segment, part) : (part) => part === segment;
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
  while (segment[at] === "*") at += 1;
  return at === segment.length;
}
