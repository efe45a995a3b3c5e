import { TickmarkError } from "../../../shared/errors.ts";
import { CommitReader, type RawCommit } from "./commit-reader.ts";
import { callOn, type Repository } from "./repository.ts";
import { readGit, readGitText } from "./run-git.ts";

/** Those of some object ids that the repository has. */
export async function findPresent(repository: Repository, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const answer = await readGitText(callOn(repository, ["cat-file", "--batch-check"], ids));
  return new Set(
    answer
      .split("\n")
      .filter((line) => !line.endsWith(" missing"))
      .map((line) => line.slice(0, line.indexOf(" "))),
  );
}

/** Whether a partial clone has an object; asking for one that it leaves out makes git give up. */
async function canRead(repository: Repository, id: string): Promise<boolean> {
  try {
    await readGit(callOn(repository, ["cat-file", "-e", id]));
    return true;
  } catch (thrown) {
    if (thrown instanceof TickmarkError && thrown.code === "cancelled") throw thrown;
    return false;
  }
}

/** Some commits, their ids computed again. @throws git-corrupt */
export async function readCommits(repository: Repository, ids: readonly string[]): Promise<RawCommit[]> {
  if (ids.length === 0) return [];
  const reader = new CommitReader(repository.named);
  const commits = reader.push(await readGit(callOn(repository, ["cat-file", "--batch"], ids)));
  reader.end();
  return commits;
}

/** A file of a commit's tree: its bytes, or why there are none. */
export type TreeFile =
  | { readonly state: "present"; readonly bytes: Buffer }
  | { readonly state: "none" }
  /** A partial clone that leaves file contents out. */
  | { readonly state: "left-out"; readonly id: string };

/** @param path from the tree's root */
export async function readFileOf(repository: Repository, commit: string, path: string): Promise<TreeFile> {
  const [tip] = await readCommits(repository, [commit]);
  // By the tree's own id, so that a missing tree is named and not only the commit that it belongs to.
  const tree = tip?.bytes.toString("latin1", "tree ".length, "tree ".length + repository.idLength) ?? commit;
  const entry = await readGitText(callOn(repository, ["ls-tree", "--full-tree", tree, "--", path]));
  // A symbolic link is not followed: git does not read one either.
  const id = /^100\d{3} blob ([0-9a-f]+)\t/.exec(entry)?.[1];
  if (!id) return { state: "none" };
  if (repository.partial !== "" && !(await canRead(repository, id))) return { state: "left-out", id };
  return { state: "present", bytes: await readGit(callOn(repository, ["cat-file", "blob", id])) };
}
