import { hash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { TickmarkError } from "../../../shared/errors.ts";
import { digestFile } from "../files/file-digest.ts";
import { cancelled } from "../http/cancellable-wait.ts";
import { diskFull } from "./git-faults.ts";
import type { Location } from "./location.ts";
import { readGit } from "./run-git.ts";
import { unpackRepository } from "./unpack-repository.ts";

/** What is needed to make or find our own copy of a repository. */
export interface CopyWish {
  readonly sourceId: string;
  /** Location as the source names it. */
  readonly named: string;
  readonly location: Exclude<Location, { kind: "folder" }>;
  readonly workFolder: string;
  readonly signal: AbortSignal;
  /** False: an existing copy of a URL is used as it is, so that an interrupted pull goes on with the refs it began with. */
  readonly refresh: boolean;
}

export interface OwnCopy {
  readonly gitDir: string;
  /** What was done, for the IPE record. */
  readonly notes: readonly string[];
}

/**
 * Repositories that are not folders are copied into the work folder: a URL is mirrored and fetched again at each
 * pull, a bundle or an archive is unpacked once for each content.
 * @throws git-clone-failed, git-not-a-repository, file-format-unknown
 */
export async function makeOwnCopy(wish: CopyWish): Promise<OwnCopy> {
  const { location, signal } = wish;
  await mkdir(wish.workFolder, { recursive: true });
  if (location.kind === "url") return mirror(wish, location.url);
  const sha256 = await digestFile(location.path, signal);
  const gitDir = folderFor(wish, sha256);
  const notes = [`${wish.named} has the SHA-256 ${sha256}.`];
  if (existsSync(gitDir)) return { gitDir, notes };
  await makeWhole(gitDir, async (making) => {
    if (location.kind === "tar") await unpackRepository(location.path, making, signal);
    else await cloneMirror(wish, location.path, making);
  });
  return { gitDir, notes };
}

async function mirror(wish: CopyWish, url: string): Promise<OwnCopy> {
  const gitDir = folderFor(wish, hash("sha256", url));
  if (!existsSync(gitDir)) {
    await makeWhole(gitDir, (making) => cloneMirror(wish, url, making));
  } else if (wish.refresh) {
    const args = ["fetch", "--quiet", "--prune", "--no-recurse-submodules", "origin", "+refs/*:refs/*"];
    await readGit({ repository: wish.named, gitDir, args, signal: wish.signal, transport: true });
  }
  return { gitDir, notes: [`${wish.named} was mirrored with git clone --mirror and read from the mirror.`] };
}

async function cloneMirror(wish: CopyWish, from: string, into: string): Promise<void> {
  // No template: hooks of this machine's template folder have no place in a copy.
  const args = ["clone", "--quiet", "--mirror", "--no-local", "--template=", "--", from, into];
  await readGit({ repository: wish.named, args, signal: wish.signal, transport: true });
}

/** A copy has its name only when it is whole: one that was interrupted is made anew. */
async function makeWhole(folder: string, make: (making: string) => Promise<void>): Promise<void> {
  const making = `${folder}.making`;
  await rm(making, { recursive: true, force: true });
  try {
    await make(making);
    await rename(making, folder);
  } catch (thrown) {
    await rm(making, { recursive: true, force: true });
    throw readFault(thrown);
  }
}

function readFault(thrown: unknown): unknown {
  if (thrown instanceof TickmarkError || !(thrown instanceof Error)) return thrown;
  if (thrown.name === "AbortError") return cancelled();
  if ((thrown as NodeJS.ErrnoException).code === "ENOSPC") {
    return diskFull(thrown);
  }
  return thrown;
}

function folderFor(wish: CopyWish, content: string): string {
  return join(wish.workFolder, `${wish.sourceId}-${content.slice(0, 16)}.git`);
}
