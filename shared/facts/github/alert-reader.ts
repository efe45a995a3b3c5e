import type { Severity } from "../../model/analysis-facts.ts";
import { type HostElementReader, shaped } from "../code-host/host-pages.ts";
import { AlertShape } from "./github-shapes.ts";

/** GitHub's scale for weaknesses, and that of tools that have none: error, warning, note. */
const severities = new Map<string, Severity>([
  ["critical", "critical"],
  ["high", "high"],
  ["medium", "medium"],
  ["low", "low"],
  ["error", "high"],
  ["warning", "medium"],
  ["note", "note"],
  ["none", "none"],
]);

/** A code-scanning alert, followed by GitHub from the commit that brought it to its end. */
export const alertReader: HostElementReader = ({ repository }) =>
  shaped(AlertShape, (alert, _element, origin) => {
    const { rule, most_recent_instance: latest } = alert;
    const [fixedAt, dismissedAt] = [alert.fixed_at ?? null, alert.dismissed_at ?? null];
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
        severity: severities.get(rule.security_severity_level || rule.severity) ?? "unknown",
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
