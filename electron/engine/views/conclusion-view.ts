import { concludeControls } from "../../../shared/evaluation/conclusion.ts";
import { dispositionsOf } from "../../../shared/judgement/judging.ts";
import type { Conclusion } from "../../../shared/model/conclusion.ts";
import { readStated } from "../bundle-limits.ts";
import { readCatalog } from "../catalog-settings.ts";
import { isEvaluated, listTested, readSampleOutcomes } from "../sample-outcomes.ts";
import type { Session } from "../session.ts";
import { readStanding } from "../standing-judgements.ts";
import { readTestedSamples } from "../tested-samples.ts";

/** Conclusions of every sample that is evaluated; those that the auditor named are among them and project nothing. */
export function listConclusions(session: Session): Conclusion[] {
  return session.memo("conclusions", () => [...(readStated(session)?.conclusions ?? concludeSamples(session))]);
}

function concludeSamples(session: Session): Conclusion[] {
  const catalog = readCatalog(session);
  const standing = readStanding(session);
  return readTestedSamples(session).flatMap((sample) => {
    if (!isEvaluated(session, sample)) return [];
    const outcomes = readSampleOutcomes(session, sample);
    const judged = dispositionsOf(standing.judgements, sample.population);
    const tested = listTested(session, sample);
    return concludeControls(catalog, sample, outcomes, judged).filter(({ control }) => tested.has(control));
  });
}
