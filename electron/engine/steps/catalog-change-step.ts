import { compileCatalog } from "../../../shared/evaluation/catalog-compilation.ts";
import {
  type CatalogEdit,
  type CatalogSettings,
  editCatalogSettings,
  readCatalogSettings,
  saveCatalogSettings,
} from "../catalog-settings.ts";
import { digest } from "../digest.ts";
import type { Session } from "../session.ts";
import { readTestedSamples } from "../tested-samples.ts";
import { forgetResults } from "./evaluation-step.ts";

/**
 * Takes an edited catalog, or other parameters, for the engagement's own from now on. The log says from what to what; earlier
 * editions stay in the file. Results that the edit touches are gone until the samples are evaluated again.
 * @returns whether anything is another than before
 * @throws catalog-invalid, file-missing
 */
export function changeCatalog(session: Session, edit: CatalogEdit): boolean {
  const { writable: store } = session;
  const before = readCatalogSettings(session);
  const after = editCatalogSettings(before, edit);
  const [was, is] = [describe(before), describe(after)];
  if (JSON.stringify(was) === JSON.stringify(is)) return false;
  const catalog = compileCatalog(after.text, after.parameters);
  store.inOneStep(() => {
    saveCatalogSettings(session, after);
    for (const { draws } of readTestedSamples(session)) for (const draw of draws) forgetResults(session, catalog, draw);
    store.appendActivity({
      by: store.engagement().auditor,
      kind: "catalog-changed",
      subject: catalog.catalog.id,
      before: was,
      after: is,
    });
  });
  session.emit("engagement-changed", {});
  return true;
}

function describe({ text, parameters }: CatalogSettings) {
  return { catalog: digest(text), parameters };
}
