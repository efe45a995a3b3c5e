import { TickmarkError } from "../../../shared/errors.ts";
import { isBranchPattern, listBranchNames, listPatterns, orderBranches } from "../../../shared/model/branch-pattern.ts";
import { callOn, type Repository } from "./repository.ts";
import { readGit } from "./run-git.ts";

/** The exact question behind a `git.refs` record. */
export const refsCommand = ["for-each-ref", "--format=%(objectname) %(*objectname) %(refname)"] as const;

/** A ref as `git for-each-ref` lists it. */
export interface ListedRef {
  readonly name: string;
  /** What the ref names. */
  readonly object: string;
  /** What an annotated tag names; empty for everything else. */
  readonly peeled: string;
}

/** All refs: git's answer as it came, and read. */
export async function listRefs(repository: Repository): Promise<{ bytes: Buffer; refs: ListedRef[] }> {
  const bytes = await ask(repository, refsCommand);
  return { bytes, refs: linesOf(bytes).map(readLine) };
}

/** The ref of the release branch. */
export interface ReleaseBranch {
  readonly ref: string;
  readonly tip: string;
  readonly notes: readonly string[];
}

/**
 * The clone's own branch, else its origin's: the same choice that reading the release line makes.
 * @throws git-unknown-branch, naming those that exist
 */
export function findReleaseBranch(refs: readonly ListedRef[], branch: string, repository: string): ReleaseBranch {
  const named = (name: string): ListedRef | undefined => refs.find((ref) => ref.name === name);
  const local = named(`refs/heads/${branch}`);
  const remote = named(`refs/remotes/origin/${branch}`);
  const found = local ?? remote;
  if (!found) throw unknownBranch(refs, branch, repository);
  const notes =
    found === local && remote && remote.object !== local.object
      ? [
          `Branch ${branch} of this clone is at ${local.object}, its origin's was last seen at ${remote.object}; the clone's own was read.`,
        ]
      : [];
  return { ref: found.name, tip: found.peeled || found.object, notes };
}

/**
 * The refs of all release branches, in the order in which they count: one where a branch is named, several where patterns
 * are.
 * @throws git-unknown-branch when a branch or a pattern fits nothing: a slip in one must not lose a line in silence
 */
export function findReleaseBranches(
  refs: readonly ListedRef[],
  releaseBranch: string,
  repository: string,
): [ReleaseBranch, ...ReleaseBranch[]] {
  const patterns = isBranchPattern(releaseBranch) ? listPatterns(releaseBranch) : [releaseBranch];
  const names = listBranchNames(refs.map(({ name }) => name));
  const idle = patterns.find((pattern) => orderBranches(names, [pattern]).length === 0);
  const [first, ...more] = idle === undefined ? orderBranches(names, patterns) : [];
  if (first === undefined) throw unknownBranch(refs, idle ?? releaseBranch, repository);
  const find = (name: string) => findReleaseBranch(refs, name, repository);
  return [find(first), ...more.map(find)];
}

function unknownBranch(refs: readonly ListedRef[], branch: string, repository: string): TickmarkError {
  const there = listBranchNames(refs.map(({ name }) => name));
  const shown = there.slice(0, 20).join(", ") + (there.length > 20 ? " and more" : "");
  return new TickmarkError(
    "git-unknown-branch",
    `${repository} has no branch "${branch}". ${there.length ? `It has ${shown}.` : "It has no branch at all."}`,
    there.length
      ? "Name one of them as the release branch."
      : "Check that this is the right repository and that it is not empty.",
  );
}

/**
 * Commits at the tips of refs that lie in a span of time, without doubles. Their dates were written by whoever made
 * them; a date that cannot be read counts as inside.
 * @param from seconds since 1970, included
 * @param to excluded
 */
export async function findTips(repository: Repository, from: number, to: number): Promise<string[]> {
  const format =
    "%(objecttype) %(objectname) %(committerdate:unix) %(*objecttype) %(*objectname) %(*committerdate:unix)";
  const tips = new Set<string>();
  for (const line of linesOf(await ask(repository, ["for-each-ref", `--format=${format}`]))) {
    const words = line.split(" ");
    const [type, id = "", date] = words[0] === "tag" ? words.slice(-3) : words;
    const seconds = Number(date || Number.NaN);
    if (type === "commit" && (Number.isNaN(seconds) || (seconds >= from && seconds < to))) tips.add(id);
  }
  return [...tips];
}

function ask(repository: Repository, args: readonly string[]): Promise<Buffer> {
  return readGit(callOn(repository, args));
}

function linesOf(bytes: Buffer): string[] {
  return bytes
    .toString("utf8")
    .split("\n")
    .filter((line) => line !== "");
}

function readLine(line: string): ListedRef {
  // Ref names hold no spaces (git check-ref-format).
  const [object = "", peeled = "", name = ""] = line.split(" ");
  return { object, peeled, name };
}
