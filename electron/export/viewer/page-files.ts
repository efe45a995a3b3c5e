import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { TickmarkError } from "../../../shared/errors.ts";

const place = ["electron", "export", "viewer", "page"];

/**
 * Where a file of the page lies, found upwards from this file: in a clone among the sources, whether this runs from there
 * or from a build; in the packaged application beside the archive.
 *
 * @throws TickmarkError `file-missing`
 */
export function findPageFile(name: string): string {
  return findUpwards([...place, name], "a part of the bundle's page");
}

/** The script that goes into each bundle and draws its samples again. @throws TickmarkError `file-missing` */
export function readReperformScript(): string {
  return readFileSync(findUpwards(["resources", "reperform.sh"], "which draws a bundle's samples again"), "utf8");
}

function findUpwards(path: readonly string[], what: string): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const candidate = join(folder, ...path);
    if (existsSync(candidate)) return candidate;
    if (folder === dirname(folder)) break;
  }
  throw new TickmarkError(
    "file-missing",
    `The file ${path.join("/")}, ${what}, is not where Tickmark expects it.`,
    "Install Tickmark again, or restore the file.",
  );
}
