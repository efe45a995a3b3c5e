import type { z } from "zod";
import type { Severity } from "../../model/analysis-facts.ts";
import { type HostElementReader, shaped } from "../code-host/host-pages.ts";
import { subjectOfRule, weightOfLevel } from "../report/rule-subject.ts";
import { AlertShape } from "./github-shapes.ts";

/** GitHub's scale for weaknesses. */
const severities = new Map<string, Severity>([
  ["critical", "critical"],
  ["high", "high"],
  ["medium", "medium"],
  ["low", "low"],
]);

/** By GitHub's own scale; the findings of tools that have no score for it have the level of their report. */
function severityOf({ rule, tool }: z.infer<typeof AlertShape>): Severity {
  const { id, severity, security_severity_level: level } = rule;
  const known = severities.get(level);
  if (known !== undefined) return known;
  return weightOfLevel(severity, subjectOfRule(tool.name, { id, tags: rule.tags ?? [], isWeakness: false }));
}

/** A code-scanning alert, followed by GitHub from the commit that brought it to its end. */
export const alertReader: HostElementReader = ({ repository }) =>
  shaped(AlertShape, (alert, _element, origin) => {
    const { rule, most_recent_instance: latest } = alert;
    // What was fixed on the default branch can be open on the branch that is released.
    const fixedAt = latest?.state === "open" ? null : (alert.fixed_at ?? null);
    const dismissedAt = alert.dismissed_at ?? null;
    const state =
      alert.state === "dismissed" || dismissedAt !== null ? "dismissed" : fixedAt !== null ? "fixed" : "open";
    return [
      {
        kind: "analysis-finding",
        origin,
        repository,
        id: String(alert.number),
        tool: alert.tool.name,
        rule: rule.id,
        severity: severityOf(alert),
        message: latest?.message?.text || rule.description,
        path: latest?.location?.path ?? "",
        line: latest?.location?.start_line ?? 0,
        commit: latest?.commit_sha ?? "",
        state,
        openedAt: alert.created_at,
        closedAt: dismissedAt ?? fixedAt,
        closedBy: alert.dismissed_by.login,
        reason: alert.dismissed_reason,
      },
    ];
  });
