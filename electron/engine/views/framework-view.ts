import { reportFrameworks } from "../../../shared/evaluation/framework-report.ts";
import type { FrameworkReport } from "../../../shared/model/framework-report.ts";
import { readCatalog } from "../catalog-settings.ts";
import type { Session } from "../session.ts";
import { readTestedSamples } from "../tested-samples.ts";
import { listConclusions } from "./conclusion-view.ts";

/** What was concluded so far, by the requirements that ask for it. */
export function listFrameworks(session: Session): FrameworkReport[] {
  return reportFrameworks(readCatalog(session), readTestedSamples(session), listConclusions(session));
}
