import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { callOn, type Repository } from "./repository.ts";
import { readGit } from "./run-git.ts";

/**
 * A repository of our own that reads another's objects. Merging writes objects, which a repository under audit must not
 * get; and its attributes and configuration can name programs that merge, which must not be run.
 *
 * @param workFolder where it is made; it is gone when `work` ends
 */
export async function withComparisonCopy<T>(
  repository: Repository,
  workFolder: string,
  work: (copy: Repository) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(workFolder, "compare-"));
  try {
    const format = repository.idLength === 64 ? "sha256" : "sha1";
    const init = ["init", "--quiet", "--bare", `--object-format=${format}`, "--template=", folder];
    const { signal, named } = repository;
    await readGit({ repository: named, signal, args: init });
    const objects = await readGit(callOn(repository, ["rev-parse", "--path-format=absolute", "--git-path", "objects"]));
    await writeFile(join(folder, "objects", "info", "alternates"), objects);
    return await work({ ...repository, gitDir: folder });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
