import type { ComparedCommit } from "./compared-line.ts";
import { callOn, type Repository } from "./repository.ts";
import { readGit } from "./run-git.ts";

export const mergeCommand = ["merge-tree", "--write-tree", "--stdin", "-z", "--name-only", "--no-messages"] as const;

/** A line of a `git.mechanical-merges` record. */
export interface ComparedMerge {
  readonly commit: string;
  readonly onto: string;
  readonly head: string;
  readonly outcome: "clean" | "conflict" | "contents-missing";
  readonly tree: string;
  readonly paths: readonly string[];
}

/**
 * Lets git merge each head onto its base by itself, and tells in which paths the commit on the branch differs from that.
 * @param copy a comparison copy: objects are written into it
 */
export async function mergeMechanically(
  copy: Repository,
  commits: readonly ComparedCommit[],
): Promise<ComparedMerge[]> {
  const merged = await mergeAll(copy, commits);
  const compared: ComparedMerge[] = [];
  for (const [index, merge] of merged.entries()) {
    const committed = commits[index]?.committed ?? "";
    const differs = merge.outcome === "clean" && merge.tree !== committed;
    compared.push(differs ? { ...merge, paths: await listDifferences(copy, merge.tree, committed) } : merge);
  }
  return compared;
}

async function mergeAll(copy: Repository, commits: readonly ComparedCommit[]): Promise<ComparedMerge[]> {
  if (commits.length === 0) return [];
  let output: Buffer;
  try {
    output = await readGit(
      callOn(
        copy,
        mergeCommand,
        commits.map(({ onto, head }) => `${onto} ${head}`),
      ),
    );
  } catch (error) {
    copy.signal.throwIfAborted();
    if (commits.length === 1)
      return commits.map((each) => ({ ...namesOf(each), outcome: "contents-missing", tree: "", paths: [] }));
    // One that cannot be merged ends the whole run: halves find it without losing the others.
    const half = commits.length >> 1;
    if (!(error instanceof Error)) throw error;
    return [...(await mergeAll(copy, commits.slice(0, half))), ...(await mergeAll(copy, commits.slice(half)))];
  }
  return readMerges(output.toString("utf8").split("\0"), commits);
}

function namesOf({ commit, onto, head }: ComparedCommit): Pick<ComparedMerge, "commit" | "onto" | "head"> {
  return { commit, onto, head };
}

/** For each merge: `1` or `0`, the tree, the conflicting paths, and an empty field. */
function readMerges(fields: readonly string[], commits: readonly ComparedCommit[]): ComparedMerge[] {
  let at = 0;
  return commits.map((commit) => {
    const isClean = fields[at] === "1";
    const tree = fields[at + 1] ?? "";
    const end = fields.indexOf("", at + 2);
    const paths = [...new Set(fields.slice(at + 2, end))];
    at = end + 1;
    return { ...namesOf(commit), outcome: isClean ? "clean" : "conflict", tree: isClean ? tree : "", paths };
  });
}

async function listDifferences(copy: Repository, tree: string, committed: string): Promise<string[]> {
  const args = ["diff-tree", "-r", "-z", "--name-only", "--no-renames", tree, committed];
  return (await readGit(callOn(copy, args))).toString("utf8").split("\0").filter(Boolean);
}
