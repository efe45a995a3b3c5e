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
export const patchIdCommand = ["patch-id", "--verbatim"] as const;

/**
 * `<patch id> <commit>` a line, as git gives them: the same patch elsewhere on the branch has the same id.
 * @param ids commits with one parent
 */
export async function readPatchIds(copy: Repository, ids: readonly string[]): Promise<Buffer> {
  if (ids.length === 0) return Buffer.alloc(0);
  // Through a file, so that neither git ever waits for the other.
  const patches = join(copy.gitDir, "patches");
  await (await startGitInto(patches, callOn(copy, patchCommand, ids))).ended;
  return await readGit(callOn(copy, patchIdCommand, createReadStream(patches)));
}
