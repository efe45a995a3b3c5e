import { Outcome } from "../../../shared/model/result.ts";
import type { EngagementView } from "../../../shared/model/view.ts";
import type { Session } from "../session.ts";
import { findUnevaluated } from "../steps/evaluated-samples.ts";
import { readTestedSamples } from "../tested-samples.ts";

/** The engagement at a glance, and what to do next. */
export function viewEngagement(session: Session): EngagementView {
  const { store } = session;
  const sources = store.listSources();
  const records = store.ipeRecords();
  const samples = readTestedSamples(session);
  const counts = samples.flatMap(({ draws }) => draws.flatMap(({ id }) => store.resultCounts(id)));
  const sum = (outcomes: readonly Outcome[]) =>
    counts.filter(({ outcome }) => outcomes.includes(outcome)).reduce((total, { count }) => total + count, 0);
  const head = store.activityHead();
  const view = {
    path: session.path,
    engagement: store.engagement(),
    activityHead: head.hash,
    activityCount: head.number,
    counts: {
      sources: sources.length,
      pulled: records.length,
      evidence: store.countEvidence(),
      changes: store.latestFreeze("change")?.size ?? null,
      deployments: store.latestFreeze("deployment")?.size ?? null,
      sampled: samples.reduce((total, { items }) => total + items.length, 0),
      results: sum(Outcome.options),
      deviations: sum(["fail", "no-evidence"]),
      exceptions: store.exceptions().filter(({ closure }) => closure === null).length,
      notes: store.reviewNotes().filter(({ cleared }) => cleared === null).length,
    },
    lastPullAt:
      records
        .map(({ finishedAt }) => finishedAt)
        .sort()
        .at(-1) ?? null,
  };
  const isDue = session.memo("evaluation due", () => findUnevaluated(session, samples) !== undefined);
  if (session.browsed) return { ...view, next: lookAround, browsed: session.browsed };
  return { ...view, next: nextStep(view.counts, isDue) };
}

const lookAround: EngagementView["next"] = {
  stage: "conclusions",
  sentence: "Look at the conclusions, and from each at the results and the evidence behind it.",
};

/** @param isDue whether a sample has no results of the catalog as it is */
function nextStep(counts: EngagementView["counts"], isDue: boolean): EngagementView["next"] {
  if (counts.sources === 0) return { stage: "sources", sentence: "Add the sources that evidence is pulled from." };
  if (counts.pulled < counts.sources) {
    const open = counts.sources - counts.pulled;
    return {
      stage: "sources",
      sentence: `Pull the evidence: ${open} of ${counts.sources} sources have no complete pull.`,
    };
  }
  if (counts.changes === null) return { stage: "population", sentence: "Freeze the population." };
  if (counts.sampled === 0) return { stage: "sample", sentence: "Draw a sample from the frozen population." };
  if (counts.results === 0) return { stage: "testing", sentence: "Evaluate the controls on the sample." };
  if (isDue) {
    return { stage: "testing", sentence: "Evaluate again: something was drawn or the catalog was changed since." };
  }
  if (counts.notes > 0) {
    const notes = counts.notes === 1 ? "review note" : "review notes";
    return { stage: "conclusions", sentence: `Answer and clear ${counts.notes} ${notes}, then sign off.` };
  }
  return {
    stage: "export",
    sentence: `Look at the ${counts.deviations} deviations, write up what matters and sign off, then export the signed bundle.`,
  };
}
