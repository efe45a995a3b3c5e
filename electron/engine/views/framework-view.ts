import { reportFrameworks } from "../../../shared/evaluation/framework-report.ts";
import type { FrameworkReport } from "../../../shared/model/framework-report.ts";
import { partOf } from "../bundle-limits.ts";
import { readCatalog } from "../catalog-settings.ts";
import type { Session } from "../session.ts";
import { readTestedSamples } from "../tested-samples.ts";
import { listConclusions } from "./conclusion-view.ts";

/**
 * What was concluded so far, by the requirements that ask for it. Nothing of a part of several: a requirement is answered by controls and
 * samples of which a part has some.
 */
export function listFrameworks(session: Session): FrameworkReport[] {
  if (partOf(session) !== undefined) return [];
  return reportFrameworks(readCatalog(session), readTestedSamples(session), listConclusions(session));
}
