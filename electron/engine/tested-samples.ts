import type { Draw } from "../../shared/model/sample.ts";
import { type TestedSample, testedSamples } from "../../shared/sample/tested-samples.ts";
import type { Session } from "./session.ts";

/** The draw log, the oldest first. Of a million items, read once. */
export function readDraws(session: Session): readonly Draw[] {
  return session.memo("draws", () => session.store.draws());
}

/** The samples that are tested, and with them everything that is shown, evaluated and exported. */
export function readTestedSamples(session: Session): readonly TestedSample[] {
  return session.memo("tested samples", () => testedSamples(readDraws(session), session.store.freezes()));
}
