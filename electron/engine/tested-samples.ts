import { type TestedSample, testedSamples } from "../../shared/sample/tested-samples.ts";
import type { Session } from "./session.ts";

/** The samples that are tested, and with them everything that is shown, evaluated and exported. */
export function readTestedSamples(session: Session): TestedSample[] {
  return testedSamples(session.store.draws(), session.store.freezes());
}
