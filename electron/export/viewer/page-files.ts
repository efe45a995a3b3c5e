import { existsSync } from "node:fs";
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
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const candidate = join(folder, ...place, name);
    if (existsSync(candidate)) return candidate;
    if (folder === dirname(folder)) break;
  }
  throw new TickmarkError(
    "file-missing",
    `The file ${[...place, name].join("/")}, a part of the bundle's page, is not where Tickmark expects it.`,
    "Install Tickmark again, or restore the file.",
  );
}
