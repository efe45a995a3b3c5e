import { type TestedSample, testedSamples } from "../../shared/sample/tested-samples.ts";
import type { Session } from "./session.ts";

/** The samples that are tested, and with them everything that is shown, evaluated and exported. Of a million items, read once. */
export function readTestedSamples(session: Session): readonly TestedSample[] {
  return session.memo("tested samples", () => testedSamples(session.store.draws(), session.store.freezes()));
}
