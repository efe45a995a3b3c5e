import type { Directory } from "./directory.ts";
import { writeImportStream } from "./fast-import.ts";
import type { LaidCommit } from "./lay-commits.ts";
import { importRepository } from "./make-repository.ts";
import type { Story } from "./story-schema.ts";

/**
 * The second code base: one line of commits, pushed by whoever wrote them.
 * @returns ids of its commits by their names in the story
 */
export async function makeArchivedRepository(
  path: string,
  story: Story,
  directory: Directory,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const branch = story.repository.releaseBranch;
  const laid = story.archive.commits.map(({ id, by, at, message, path: file, text }, index): LaidCommit => {
    const { name, email, zone } = directory.of(by);
    const signature = { name, email, at, zone };
    const parents = story.archive.commits.slice(Math.max(0, index - 1), index).map((before) => before.id);
    const files = new Map([[file, text]]);
    return { key: id, author: signature, committer: signature, message, ref: `refs/heads/${branch}`, parents, files };
  });
  const { stream, marks } = writeImportStream(laid, { tags: [], branches: new Map(), passing: [] });
  const ids = await importRepository(path, branch, stream, signal);
  return new Map([...marks].map(([key, mark]) => [key, ids.get(mark) ?? ""]));
}
