import { compileCatalog } from "../../../shared/evaluation/catalog-compilation.ts";
import { concludeControls } from "../../../shared/evaluation/conclusion.ts";
import type { Conclusion } from "../../../shared/model/conclusion.ts";
import { readCatalogSettings } from "../catalog-settings.ts";
import type { Session } from "../session.ts";
import { readTestedSamples } from "../tested-samples.ts";

/** Conclusions of every sample that is evaluated; those that the auditor named are among them and project nothing. */
export function listConclusions(session: Session): Conclusion[] {
  const settings = readCatalogSettings(session);
  const { catalog } = compileCatalog(settings.text, settings.parameters);
  return readTestedSamples(session).flatMap((sample) => {
    const results = sample.draws.flatMap(({ id }) => [...session.store.results({ drawId: id })]);
    return results.length > 0 ? concludeControls(catalog, sample, results) : [];
  });
}
