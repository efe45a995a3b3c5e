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

/** Name of the document that keeps it. */
export const catalogName = "catalog";
/** Documents are written once: a catalog that takes the place of an earlier one has the next number. */
const nameOf = (edition: number) => (edition === 1 ? catalogName : `${catalogName}-${edition}`);

/** @throws catalog-invalid, file-missing */
export function chooseCatalog(path: string | undefined, parameters: ParameterValues): CatalogSettings {
  const settings = { text: path === undefined ? readDefaultCatalog() : readCatalogFile(path), parameters };
  compileCatalog(settings.text, settings.parameters);
  return settings;
}

export function saveCatalogSettings(session: Session, settings: CatalogSettings): void {
  session.writable.saveDocument("", nameOf(newestEdition(session) + 1), settings);
}

/** Those that hold now: the newest ones. */
export function readCatalogSettings(session: Session): CatalogSettings {
  return CatalogSettings.parse(session.store.document("", nameOf(Math.max(1, newestEdition(session)))));
}

function newestEdition(session: Session): number {
  for (let edition = 0; ; edition += 1)
    if (session.store.document("", nameOf(edition + 1)) === undefined) return edition;
}

/** An edited catalog in the place of the engagement's own, parameters over those that it sets; what is not given stays. */
export interface CatalogEdit {
  readonly catalogPath?: string;
  /** The text itself, in the place of a file. */
  readonly catalogText?: string;
  readonly parameters?: ParameterValues;
}

/** @throws catalog-invalid, file-missing */
export function editCatalogSettings(
  own: CatalogSettings,
  { catalogPath, catalogText, parameters = {} }: CatalogEdit,
): CatalogSettings {
  const edited = Object.entries(parameters).map(([control, values]) => [
    control,
    { ...own.parameters[control], ...values },
  ]);
  const settings = {
    text: catalogText ?? (catalogPath === undefined ? own.text : readCatalogFile(catalogPath)),
    parameters: { ...own.parameters, ...Object.fromEntries(edited) },
  };
  compileCatalog(settings.text, settings.parameters);
  return settings;
}

/** The engagement's catalog, read. */
export function readCatalog(session: Session): Catalog {
  return session.memo("catalog", () => parseCatalog(readCatalogSettings(session).text).catalog);
}

function readCatalogFile(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw new TickmarkError("file-missing", `The catalog ${path} cannot be read.`, "Check its path.", { cause });
  }
}
