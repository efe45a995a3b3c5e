import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { SourceOf } from "../../../shared/model/source.ts";
import type { SourceContext } from "../source-driver.ts";
import { corrupt, notARepository } from "./git-faults.ts";
import { readGitVersion } from "./git-version.ts";
import { findLocation } from "./location.ts";
import { makeOwnCopy } from "./own-copy.ts";
import type { Repository } from "./repository.ts";
import { readGitText } from "./run-git.ts";

/**
 * Opens the repository that a source names; bundles, archives and addresses are copied into the work folder first.
 * @param refresh false to use an existing mirror of an address as it is
 * @throws git-missing, git-not-a-repository, git-clone-failed, source-invalid, file-missing
 */
export async function openRepository(
  source: Pick<SourceOf<"git">, "id" | "location">,
  context: SourceContext,
  refresh: boolean,
): Promise<Repository> {
  const { signal, workFolder, baseFolder } = context;
  const version = await readGitVersion(signal);
  const named = source.location;
  const location = await findLocation(named, baseFolder);
  if (location.kind === "folder")
    return examine(named, await findGitDir(named, location.path, signal), signal, version.notes);
  const copy = await makeOwnCopy({ sourceId: source.id, named, location, workFolder, signal, refresh });
  return examine(named, copy.gitDir, signal, [...version.notes, ...copy.notes]);
}

async function findGitDir(named: string, path: string, signal: AbortSignal): Promise<string> {
  if (![".git", "HEAD"].some((name) => existsSync(join(path, name)))) {
    throw notARepository(named, "the folder has neither .git nor HEAD");
  }
  return readGitText({
    repository: named,
    args: ["-C", path, "rev-parse", "--absolute-git-dir"],
    signal,
    // Never a repository further up: the engagement itself may lie in one.
    environment: { GIT_CEILING_DIRECTORIES: dirname(path) },
  });
}

async function examine(
  named: string,
  gitDir: string,
  signal: AbortSignal,
  notes: readonly string[],
): Promise<Repository> {
  const args = [
    "rev-parse",
    "--path-format=absolute",
    "--show-object-format",
    "--is-shallow-repository",
    "--git-common-dir",
  ];
  const [format, isShallow, commonDir] = (await readGitText({ repository: named, gitDir, args, signal })).split("\n");
  if ((format !== "sha1" && format !== "sha256") || !commonDir) {
    throw notARepository(named, `its object format "${format}" is not known`);
  }
  const partial = await readPartialFilter(named, gitDir, signal);
  return {
    named,
    gitDir,
    idLength: format === "sha1" ? 40 : 64,
    shallow: isShallow === "true" ? await readShallow(named, commonDir) : Buffer.alloc(0),
    partial,
    signal,
    environment: {},
    notes: partial
      ? [...notes, `${named} is a partial clone (${partial}): what it leaves out was not fetched.`]
      : notes,
  };
}

async function readShallow(named: string, commonDir: string): Promise<Buffer> {
  const content = await readFile(join(commonDir, "shallow"));
  if (/^(?:(?:[0-9a-f]{40}|[0-9a-f]{64})\n)*$/.test(content.toString("latin1"))) return content;
  throw corrupt(named, "", "has a shallow file that cannot be read");
}

/** Filter of a partial clone, or `unknown filter`; empty for a whole clone. */
async function readPartialFilter(named: string, gitDir: string, signal: AbortSignal): Promise<string> {
  const args = ["config", "--null", "--list"];
  const settings = (await readGitText({ repository: named, gitDir, args, signal })).split("\0");
  const settingOf = (pattern: RegExp): string | undefined =>
    settings.find((line) => pattern.test(line))?.split("\n")[1];
  const promised = settingOf(/^extensions\.partialclone\n/i) ?? settingOf(/^remote\..*\.promisor\ntrue$/is);
  return promised === undefined ? "" : (settingOf(/^remote\..*\.partialclonefilter\n/is) ?? "unknown filter");
}
