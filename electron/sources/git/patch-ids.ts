import { Readable } from "node:stream";
import { callOn, type Repository } from "./repository.ts";
import { readGit, startGit } from "./run-git.ts";

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
  const patches = startGit(callOn(copy, patchCommand, ids));
  const read = readGit(callOn(copy, patchIdCommand, Readable.from(patches.stdout, { objectMode: false })));
  const [bytes] = await Promise.all([read, patches.ended]);
  return bytes;
}
