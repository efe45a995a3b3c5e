import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { TickmarkError } from "../../shared/errors.ts";

/**
 * The folder `resources`, found upwards from this file: beside the sources in a clone, beside the archive in the
 * packaged application.
 * @throws file-missing
 */
export function findResources(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const candidate = join(folder, "resources");
    if (existsSync(join(candidate, "catalogs"))) return candidate;
    const above = dirname(folder);
    if (above === folder) break;
    folder = above;
  }
  throw new TickmarkError(
    "file-missing",
    "The folder resources, with the control catalogs, is not where Tickmark expects it.",
    "Install Tickmark again, or restore the folder.",
  );
}

/** Text of the catalog that Tickmark brings. */
export function readDefaultCatalog(): string {
  return readFileSync(join(findResources(), "catalogs", "devops-audit-defense.yaml"), "utf8");
}
