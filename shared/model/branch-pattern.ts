/**
 * Whether a release branch is given by patterns: several of them are parted by spaces, and `*` stands for any characters,
 * a slash too, as in `git branch --list`. Neither can be part of a branch's name (git check-ref-format).
 */
export function isBranchPattern(releaseBranch: string): boolean {
  return /[*\s]/.test(releaseBranch);
}

export function listPatterns(releaseBranch: string): string[] {
  return releaseBranch.split(/\s+/).filter((pattern) => pattern !== "");
}

/** Branches of a repository by name, whether the clone has them itself or as its origin's. */
export function listBranchNames(refNames: Iterable<string>): string[] {
  const names = new Set<string>();
  for (const ref of refNames) {
    const name = /^refs\/(?:heads|remotes\/origin)\/(.+)$/.exec(ref)?.[1] ?? "HEAD";
    if (name !== "HEAD") names.add(name);
  }
  return [...names];
}

/**
 * Names that fit, each once, in the order in which the lines count: those of an earlier pattern first, and by name within
 * a pattern, numbers by their value (release/9 before release/10). git does not record which branch was cut from which,
 * and dates can be set at will; a name cannot be changed without being seen.
 */
export function orderBranches(names: readonly string[], patterns: readonly string[]): string[] {
  const fitting = patterns.flatMap((pattern) => names.filter((name) => fits(name, pattern)).sort(compareNames));
  return [...new Set(fitting)];
}

/** Walks along the stars without a regular expression: a pattern of many stars must not take long. */
function fits(name: string, pattern: string): boolean {
  const [first = "", ...rest] = pattern.split("*");
  if (rest.length === 0) return name === pattern;
  const last = rest.pop() ?? "";
  if (!name.startsWith(first) || !name.endsWith(last)) return false;
  let reached = first.length;
  for (const part of rest) {
    const at = name.indexOf(part, reached);
    if (at < 0) return false;
    reached = at + part.length;
  }
  return reached <= name.length - last.length;
}

function compareNames(one: string, other: string): number {
  const ours = one.match(/\d+|\D+/g) ?? [];
  const theirs = other.match(/\d+|\D+/g) ?? [];
  for (const [index, part] of ours.entries()) {
    const against = theirs[index];
    if (against === undefined) return 1;
    const order = compareParts(part, against);
    if (order !== 0) return order;
  }
  return ours.length - theirs.length || compareText(one, other);
}

function compareParts(one: string, other: string): number {
  if (!/^\d/.test(one) || !/^\d/.test(other)) return compareText(one, other);
  const [ours, theirs] = [one.replace(/^0+/, ""), other.replace(/^0+/, "")];
  return ours.length - theirs.length || compareText(ours, theirs);
}

function compareText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Whether a branch is the release branch, or fits one of the patterns that it is given by. */
export function isReleaseBranch(name: string, releaseBranch: string): boolean {
  if (!isBranchPattern(releaseBranch)) return name === releaseBranch;
  return listPatterns(releaseBranch).some((pattern) => fits(name, pattern));
}
