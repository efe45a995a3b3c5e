import type { Draw } from "../../shared/model/sample.ts";
import { type TestedSample, testedSamples } from "../../shared/sample/tested-samples.ts";
import { samplesHere } from "./bundle-limits.ts";
import type { Session } from "./session.ts";

/** The draw log, the oldest first. Of a million items, read once. */
export function readDraws(session: Session): readonly Draw[] {
  return session.memo("draws", () => session.store.draws());
}

/** The samples that are tested, and with them everything that is shown, evaluated and exported; of a browsed part, its own. */
export function readTestedSamples(session: Session): readonly TestedSample[] {
  return session.memo("tested samples", () => samplesHere(session, readAllSamples(session)));
}

/** The same, those of the other parts too: the draw log is whole in each. */
export function readAllSamples(session: Session): readonly TestedSample[] {
  return session.memo("all samples", () => testedSamples(readDraws(session), session.store.freezes()));
}
