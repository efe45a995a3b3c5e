import { createReadStream, createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { notARepository } from "./git-faults.ts";
import { listTar, type TarFile } from "./tar-reader.ts";

/**
 * Unpacks the git repository that a tar archive holds into a folder: the folder in it that has HEAD and objects.
 * Hooks are left out, and so is whatever would lead to objects elsewhere on this machine.
 * @throws git-not-a-repository, file-format-unknown
 */
export async function unpackRepository(path: string, into: string, signal: AbortSignal): Promise<void> {
  const files = await listTar(path);
  const root = repositoryRoot(files, path);
  for (const folder of ["objects", "refs"]) await mkdir(join(into, folder), { recursive: true });
  for (const file of files) {
    const name = file.name.slice(root.length);
    if (file.name.startsWith(root) && !isLeftOut(name)) await unpackFile(path, file, join(into, name), signal);
  }
}

function repositoryRoot(files: readonly TarFile[], path: string): string {
  const roots = files
    .filter(({ name }) => /(?:^|\/)HEAD$/.test(name))
    .map(({ name }) => name.slice(0, -"HEAD".length))
    .filter((root) => files.some(({ name }) => name.startsWith(`${root}objects/`)))
    .sort((one, other) => one.split("/").length - other.split("/").length);
  const [first, second] = roots;
  if (first === undefined) throw notARepository(path, "no folder in the archive has HEAD and objects");
  // Work trees and submodules lie deeper than the repository that they belong to.
  if (second !== undefined && second.split("/").length === first.split("/").length) {
    throw notARepository(path, `the archive holds more than one (${first} and ${second})`);
  }
  return first;
}

function isLeftOut(name: string): boolean {
  return /^hooks\/|^objects\/info\/(?:http-)?alternates$|^(?:commondir|gitdir)$|\.lock$/.test(name);
}

async function unpackFile(path: string, file: TarFile, target: string, signal: AbortSignal): Promise<void> {
  await mkdir(dirname(target), { recursive: true });
  const output = createWriteStream(target, { flags: "w", mode: 0o600 });
  if (file.size === 0) return void (await pipeline([], output, { signal }));
  const input = createReadStream(path, { start: file.start, end: file.start + file.size - 1 });
  await pipeline(input, output, { signal });
}
