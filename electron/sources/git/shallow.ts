import { writeFile } from "node:fs/promises";
import { TickmarkError } from "../../../shared/errors.ts";
import { parentsOf } from "./commit-reader.ts";
import type { LineStretch } from "./line-range.ts";
import { findPresent, readCommits } from "./objects.ts";
import { callOn, type Repository } from "./repository.ts";
import { readGit, startGit } from "./run-git.ts";
import { lotsOfLines } from "./text-lines.ts";
import { several } from "./wording.ts";

/** A shallow clone's cut, as far as it really is one. */
export interface Cut {
  /** The repository, to be asked from now on. */
  readonly repository: Repository;
  /** Commits whose parents the clone does not have. */
  readonly commits: ReadonlySet<string>;
  readonly notes: readonly string[];
}

/**
 * Finds where a shallow clone is really cut. A clone that was cut by date also lists commits whose parents it has;
 * git would show such a commit without parents, and it would seem to have made every file. They are read across.
 * @param shallowFile where the list of the remaining commits may be kept for git
 */
export async function findCut(repository: Repository, shallowFile: string): Promise<Cut> {
  const listed = repository.shallow
    .toString("latin1")
    .split("\n")
    .filter((id) => id !== "");
  if (listed.length === 0) return { repository, commits: new Set(), notes: [] };
  const there = await findPresent(repository, listed);
  const commits = await readCommits(
    repository,
    listed.filter((id) => there.has(id)),
  );
  const parents = await findPresent(repository, [...new Set(commits.flatMap(parentsOf))]);
  const readable = commits.filter((commit) => parentsOf(commit).every((parent) => parents.has(parent)));
  const healed = readable.length > 0 && (await isWhole(repository, [...parents]));
  const across = new Set(healed ? readable.map(({ id }) => id) : []);
  const cut = new Set([...there].filter((id) => !across.has(id)));
  const notes = [`The clone is shallow: it does not have the parents of ${several(cut.size, "commit")}.`];
  if (across.size === 0) return { repository, commits: cut, notes };
  await writeFile(shallowFile, [...cut].map((id) => `${id}\n`).join(""));
  notes.push(
    `${several(across.size, "commit")} that the clone lists as cut off could be read with the parents, which are there.`,
  );
  return { repository: { ...repository, environment: { GIT_SHALLOW_FILE: shallowFile } }, commits: cut, notes };
}

/** Whether everything before some commits is there, down to the listed cut. */
async function isWhole(repository: Repository, ids: readonly string[]): Promise<boolean> {
  return readGit(callOn(repository, ["rev-list", "--quiet", "--stdin"], ids)).then(
    () => true,
    (thrown: unknown) => {
      if (thrown instanceof TickmarkError && thrown.code === "cancelled") throw thrown;
      return false;
    },
  );
}

/**
 * A change whose history was cut off may have other authors and other paths than what is left of it shows, so the cut
 * must lie before all changes of the period.
 * @param stretch the period's own commits on the release branch
 * @throws git-shallow
 */
export async function checkCut(cut: Cut, stretch: LineStretch | null): Promise<void> {
  if (!stretch || cut.commits.size === 0) return;
  const { named } = cut.repository;
  const range = [stretch.newest, ...(stretch.base ? [`^${stretch.base}`] : [])];
  const running = startGit(callOn(cut.repository, ["rev-list", "--stdin"], range));
  for await (const lines of lotsOfLines(running.stdout)) {
    const inside = lines.find((id) => cut.commits.has(id));
    if (inside) {
      running.stop();
      throw cutInside(named, inside);
    }
  }
  await running.ended;
}

function cutInside(repository: string, commit: string): TickmarkError {
  return new TickmarkError(
    "git-shallow",
    `${repository} is a shallow clone that is cut off inside the period's changes: the parents of commit ${commit} are missing.`,
    "Fetch the rest with git fetch --unshallow in it, or clone again without --depth, and pull again.",
  );
}
