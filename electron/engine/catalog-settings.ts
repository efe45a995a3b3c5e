import { readFileSync } from "node:fs";
import { z } from "zod";
import { TickmarkError } from "../../shared/errors.ts";
import { compileCatalog } from "../../shared/evaluation/catalog-compilation.ts";
import { parseCatalog } from "../../shared/evaluation/catalog-text.ts";
import { type Catalog, ParameterValues } from "../../shared/model/catalog.ts";
import { readDefaultCatalog } from "./resources.ts";
import type { Session } from "./session.ts";

/** The catalog that an engagement tests against, kept in its file: a newer program does not change old conclusions. */
export const CatalogSettings = z.object({ text: z.string(), parameters: ParameterValues });
export type CatalogSettings = z.infer<typeof CatalogSettings>;

const name = "catalog";

/** @throws catalog-invalid, file-missing */
export function chooseCatalog(path: string | undefined, parameters: ParameterValues): CatalogSettings {
  const settings = { text: path === undefined ? readDefaultCatalog() : readCatalogFile(path), parameters };
  compileCatalog(settings.text, settings.parameters);
  return settings;
}

export function saveCatalogSettings(session: Session, settings: CatalogSettings): void {
  session.store.saveDocument("", name, settings);
}

export function readCatalogSettings(session: Session): CatalogSettings {
  return CatalogSettings.parse(session.store.document("", name));
}

/** The engagement's catalog, read. */
export function readCatalog(session: Session): Catalog {
  return parseCatalog(readCatalogSettings(session).text).catalog;
}

function readCatalogFile(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw new TickmarkError("file-missing", `The catalog ${path} cannot be read.`, "Check its path.", { cause });
  }
}
