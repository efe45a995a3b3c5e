import { createReadStream } from "node:fs";
import { join } from "node:path";
import { callOn, type Repository } from "./repository.ts";
import { readGit, startGitInto } from "./run-git.ts";

/** With whole object ids two binary files differ; without leaving whitespace out, indentation counts. */
export const patchCommand = [
  "diff-tree",
  "--stdin",
  "-p",
  "--full-index",
  "--no-renames",
  "--no-textconv",
  "--no-ext-diff",
] as const;
/** What taking a commit back changes. Git swaps the names of the two sides along with their contents; they are swapped back. */
export const oppositeCommand = [...patchCommand, "-R", "--src-prefix=b/", "--dst-prefix=a/"] as const;
export const patchIdCommand = ["patch-id", "--verbatim"] as const;

/**
 * `<patch id> <commit>` a line, as git gives them: the same patch elsewhere on the branch has the same id.
 * @param ids commits with one parent, or each with the parent to compare with after a space
 */
export async function readPatchIds(
  copy: Repository,
  ids: readonly string[],
  command: typeof patchCommand | typeof oppositeCommand = patchCommand,
): Promise<Buffer> {
  if (ids.length === 0) return Buffer.alloc(0);
  // Through a file, so that neither git ever waits for the other.
  const patches = join(copy.gitDir, "patches");
  await (await startGitInto(patches, callOn(copy, command, ids))).ended;
  return await readGit(callOn(copy, patchIdCommand, createReadStream(patches)));
}
