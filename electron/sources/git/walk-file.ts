import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, rename } from "node:fs/promises";
import { dirname } from "node:path";
import type { Readable } from "node:stream";
import { digestFile } from "../files/file-digest.ts";

/**
 * Ids of the commits to read, a line each, in the order in which they are read. Kept beside the engagement, so that an
 * interrupted pull goes on with the very list that it began with, whatever the refs say by then.
 */
export interface WalkFile {
  readonly path: string;
  readonly commits: number;
  readonly sha256: string;
}

/** Ids of the commits just before a range come at the end of `git rev-list --boundary`, each after a hyphen. */
const hyphen = 0x2d;

/**
 * Writes a list from what `git rev-list` writes; the last of the commands may have `--boundary`. The list takes its
 * name only when it is whole.
 * @returns the list, and the ids of the commits just before it
 */
export async function writeWalkFile(
  path: string,
  idLength: number,
  output: AsyncIterable<Buffer>,
): Promise<{ walk: WalkFile; before: string[] }> {
  await mkdir(dirname(path), { recursive: true });
  const making = `${path}.making`;
  const file = await open(making, "w");
  const hash = createHash("sha256");
  const boundary: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const part of output) {
      const end = boundary.length > 0 ? 0 : part.indexOf(hyphen);
      const ids = end < 0 ? part : part.subarray(0, end);
      if (end >= 0) boundary.push(part.subarray(end));
      hash.update(ids);
      bytes += ids.length;
      await file.appendFile(ids);
    }
  } finally {
    await file.close();
  }
  await rename(making, path);
  const before = Buffer.concat(boundary)
    .toString("latin1")
    .split("\n")
    .filter((line) => line !== "");
  const walk = { path, commits: bytes / (idLength + 1), sha256: hash.digest("hex") };
  return { walk, before: before.map((line) => line.slice(1)) };
}

/** Whether the list that a pull began with is still there as it was. */
export async function isUnchanged({ path, sha256 }: WalkFile, signal: AbortSignal): Promise<boolean> {
  return (await digestFile(path, signal).catch(() => "")) === sha256;
}

/** Some of the ids, for git's stdin. @param from the first one, counted from 0 @param to the one after the last */
export function readWalkFile(walk: WalkFile, from: number, to: number, idLength: number): Readable {
  const line = idLength + 1;
  return createReadStream(walk.path, { start: from * line, end: to * line - 1 });
}
