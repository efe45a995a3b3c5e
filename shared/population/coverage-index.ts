import type { Coverage, EvidenceKind } from "../model/coverage.ts";
import type { Instant } from "../model/instant.ts";

/** Answers whether the pulls may be relied on for a kind of evidence, a scope and a moment. */
export interface CoverageIndex {
  covers(kind: EvidenceKind, scope: string, at: Instant): boolean;
  /** Whether one pull may be relied on for a kind of evidence over the whole span, about one of the scopes, or whatever scope. */
  coversSpan(kind: EvidenceKind, from: Instant, to: Instant, scopes?: readonly string[]): boolean;
  /** Scopes of a kind that cover a moment. */
  scopesOf(kind: EvidenceKind, at: Instant): string[];
}

export function indexCoverage(coverage: readonly Coverage[]): CoverageIndex {
  const byKind = new Map<EvidenceKind, Coverage[]>();
  for (const entry of coverage) byKind.set(entry.kind, [...(byKind.get(entry.kind) ?? []), entry]);
  const at = (kind: EvidenceKind, moment: Instant) =>
    (byKind.get(kind) ?? []).filter((entry) => moment >= entry.from && moment < entry.to);
  return {
    covers: (kind, scope, moment) => at(kind, moment).some((entry) => entry.scope === scope),
    coversSpan: (kind, from, to, scopes) =>
      (byKind.get(kind) ?? []).some(
        (entry) => entry.from <= from && entry.to >= to && (scopes?.includes(entry.scope) ?? true),
      ),
    scopesOf: (kind, moment) => [...new Set(at(kind, moment).map((entry) => entry.scope))],
  };
}
