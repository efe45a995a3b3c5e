import type { Fact } from "../../model/facts.ts";
import { type HostElementReader, shaped } from "../code-host/host-pages.ts";
import { sortOfTool } from "../report/rule-subject.ts";
import { AnalysisShape } from "./github-shapes.ts";

/**
 * That a tool ran on a commit, by what GitHub keeps of an uploaded log. It came to GitHub after the run, so the run had
 * ended by then. What was found is told by the alerts and not here.
 *
 * A log that GitHub could not read whole leaves no alerts, and one of which GitHub left out results has a warning: then
 * something was found of which nobody knows the weight. GitHub counts no rules in logs that it took very long ago, or in
 * which none are described; then nothing tells what was looked for.
 */
export const analysisReader: HostElementReader = ({ repository }) =>
  shaped(AnalysisShape, (analysis, _element, origin): readonly Fact[] => {
    const { name: tool, version } = analysis.tool;
    const id = String(analysis.id);
    const commit = analysis.commit_sha;
    const succeeded = analysis.error === "";
    const run: Fact = {
      ...{ kind: "analysis-run", origin, repository, id, tool, category: analysis.category, toolVersion: version },
      sort: succeeded && analysis.rules_count === 0 ? "unknown" : sortOfTool(tool),
      ...{ build: "", commit, at: analysis.created_at },
      succeeded,
      findings: analysis.results_count,
    };
    if (analysis.warning === "") return [run];
    const weight = { severity: "unknown", state: "open", openedAt: null, closedAt: null } as const;
    const left: Fact = {
      ...{ kind: "analysis-finding", origin, repository, id: `warning of analysis ${id}`, tool, commit, ...weight },
      rule: `what GitHub left out of an analysis of ${tool} (${analysis.warning})`,
      ...{ message: analysis.warning, path: "", line: 0, closedBy: "", reason: "" },
    };
    return [run, left];
  });
