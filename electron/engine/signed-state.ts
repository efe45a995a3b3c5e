import type { SignedState } from "../../shared/judgement/signed-state.ts";
import { PopulationKind } from "../../shared/model/population-kind.ts";
import { readCatalog, readCatalogSettings } from "./catalog-settings.ts";
import { readSampleResults } from "./sample-results.ts";
import type { Session } from "./session.ts";
import { readTestedSamples } from "./tested-samples.ts";
import { listConclusions } from "./views/conclusion-view.ts";

/** What sign-offs are about, as it is now. */
export function readSignedState(session: Session): SignedState {
  const { store } = session;
  const { text, parameters } = readCatalogSettings(session);
  const samples = readTestedSamples(session);
  return {
    catalogText: text,
    catalog: readCatalog(session),
    parameters,
    ipe: store.ipeRecords(),
    freezes: PopulationKind.options.flatMap((kind) => store.latestFreeze(kind) ?? []),
    samples,
    results: (control) => readSampleResults(session, samples, control),
    judgements: store.judgements(),
    exceptions: store.exceptions(),
    conclusions: listConclusions(session),
  };
}
