import type { AnalysisFinding, AnalysisRun, Severity } from "../../model/analysis-facts.ts";
import type { Unread } from "../../model/facts.ts";
import type { Origin } from "../../model/origin.ts";
import type { ReportSubject } from "./report-subject.ts";

/** One remark of a lint tool. */
export interface LintRemark {
  readonly origin: Origin;
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly path: string;
  readonly line: number;
  readonly column: number;
  /** The author marked the place as one where the rule does not hold, with this reason or without any. */
  readonly dismissed: string | null;
}

const longestMessage = 2000;

/**
 * Run and findings of a lint tool: what it reports it saw, and what it does not it did not.
 *
 * @param isWhole it came to its end
 */
export function lintFacts(
  origin: Origin,
  subject: ReportSubject,
  tool: { readonly name: string; readonly version: string },
  remarks: readonly LintRemark[],
  unread: readonly Unread[],
  isWhole = true,
): (AnalysisRun | AnalysisFinding)[] {
  const open = remarks.filter(({ dismissed }) => dismissed === null);
  const run: AnalysisRun = {
    kind: "analysis-run",
    origin,
    ...subject,
    tool: tool.name,
    toolVersion: tool.version,
    sort: "lint",
    at: null,
    succeeded: isWhole,
    // A remark that could not be read is a remark.
    findings: open.length + unread.length,
  };
  return [run, ...remarks.map((remark) => findingOf(remark, subject, tool.name))];
}

function findingOf(remark: LintRemark, { repository, commit }: ReportSubject, tool: string): AnalysisFinding {
  const { origin, rule, severity, message, path, line, column, dismissed } = remark;
  return {
    kind: "analysis-finding",
    origin,
    repository,
    id: `${path}:${line}:${column}:${rule}`,
    tool,
    rule,
    severity,
    message: message.slice(0, longestMessage),
    path,
    line,
    commit,
    state: dismissed === null ? "open" : "dismissed",
    openedAt: null,
    closedAt: null,
    closedBy: "",
    reason: dismissed ?? "",
  };
}
