import type { Dirent, Stats } from "node:fs";
import { lstat, readdir, stat } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { TickmarkError } from "../../../shared/errors.ts";

/** A file that somebody handed over. */
export interface HandedOverFile {
  readonly path: string;
  /** As evidence names it: from the handed-over file or folder on, with `/`. Says nothing of this machine's folders. */
  readonly name: string;
  readonly size: number;
}

/**
 * The file at a path, or all files in a folder and its folders, in order of their names. Hidden files and links are
 * left out: a link could lead to something that nobody handed over. So could the path itself, where it is a link.
 *
 * @param path as the source gives it, relative to `baseFolder`
 * @throws file-missing, file-unreadable
 */
export async function listHandedOverFiles(path: string, baseFolder: string): Promise<HandedOverFile[]> {
  const root = resolve(baseFolder, path);
  const name = basename(root);
  try {
    const found = await lstat(root);
    if (found.isDirectory()) return await listFolder(root, name);
    if (!found.isFile()) throw notHandedOver(found, path);
    return [{ path: root, name, size: found.size }];
  } catch (cause) {
    throw fileFault(cause, path);
  }
}

/** Pipes and devices have no end, and nothing may come of them for ever. */
function notHandedOver(found: Stats, path: string): TickmarkError {
  return found.isSymbolicLink()
    ? new TickmarkError(
        "file-unreadable",
        `${path} is a link, and could lead to something that nobody handed over.`,
        "Give the file or folder itself.",
      )
    : new TickmarkError(
        "file-unreadable",
        `${path} is neither a file nor a folder, but a pipe, a socket or a device.`,
        "Give the path of what was handed over.",
      );
}

/** The fault of a file that could not be opened or read. */
export function fileFault(cause: unknown, name: string): unknown {
  if (cause instanceof TickmarkError || !(cause instanceof Error) || !("code" in cause)) return cause;
  if (cause.code === "ENOENT") {
    return new TickmarkError(
      "file-missing",
      `There is no file or folder ${name}.`,
      "Give the path of what was handed over.",
      { cause },
    );
  }
  return new TickmarkError(
    "file-unreadable",
    `${name} cannot be read (${String(cause.code)}).`,
    "Check that the file is whole and that this account may read it.",
    { cause },
  );
}

async function listFolder(folder: string, name: string): Promise<HandedOverFile[]> {
  const files: HandedOverFile[] = [];
  const entries = await readdir(folder, { withFileTypes: true });
  for (const entry of entries.filter(isVisible).sort(byName)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) files.push(...(await listFolder(path, `${name}/${entry.name}`)));
    else if (entry.isFile()) files.push({ path, name: `${name}/${entry.name}`, size: (await stat(path)).size });
  }
  return files;
}

function isVisible(entry: Dirent): boolean {
  return !entry.name.startsWith(".");
}

function byName(one: Dirent, other: Dirent): number {
  return one.name < other.name ? -1 : one.name > other.name ? 1 : 0;
}
