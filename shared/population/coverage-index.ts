import type { Coverage, EvidenceKind } from "../model/coverage.ts";
import type { Instant } from "../model/instant.ts";

/** Answers whether the pulls may be relied on for a kind of evidence, a scope and a moment. */
export interface CoverageIndex {
  covers(kind: EvidenceKind, scope: string, at: Instant): boolean;
  /** Whether a kind of evidence may be relied on over the whole span, about one of the scopes, or whatever one. */
  coversSpan(kind: EvidenceKind, from: Instant, to: Instant, scopes?: readonly string[]): boolean;
  /** The same about each scope that anything was pulled of: what one of them hides may speak against the others. */
  coversSpanOfAll(kind: EvidenceKind, from: Instant, to: Instant): boolean;
  /** Scopes of a kind that cover a moment. */
  scopesOf(kind: EvidenceKind, at: Instant): string[];
}

export function indexCoverage(coverage: readonly Coverage[]): CoverageIndex {
  const byKind = Map.groupBy(coverage, ({ kind }) => kind);
  const spansByScope = new Map(
    [...byKind].map(([kind, entries]) => {
      const byScope = Map.groupBy(entries, ({ scope }) => scope);
      return [kind, new Map([...byScope].map(([scope, own]) => [scope, uniteSpans(own)]))];
    }),
  );
  const holds = (spans: readonly Span[], from: Instant, to: Instant) =>
    spans.some((span) => span.from <= from && span.to >= to);
  const at = (kind: EvidenceKind, moment: Instant) =>
    (byKind.get(kind) ?? []).filter((entry) => moment >= entry.from && moment < entry.to);
  return {
    covers: (kind, scope, moment) => at(kind, moment).some((entry) => entry.scope === scope),
    coversSpan(kind, from, to, scopes) {
      const byScope = spansByScope.get(kind);
      const asked = scopes?.flatMap((scope) => [byScope?.get(scope) ?? []]) ?? [...(byScope?.values() ?? [])];
      return asked.some((spans) => holds(spans, from, to));
    },
    coversSpanOfAll(kind, from, to) {
      const all = [...(spansByScope.get(kind)?.values() ?? [])];
      return all.length > 0 && all.every((spans) => holds(spans, from, to));
    },
    scopesOf: (kind, moment) => [...new Set(at(kind, moment).map((entry) => entry.scope))],
  };
}

interface Span {
  readonly from: Instant;
  readonly to: Instant;
}

/** Spans that meet or overlap are one: what two files hand over month by month is whole over both. */
function uniteSpans(entries: readonly Span[]): Span[] {
  const united: Span[] = [];
  for (const { from, to } of [...entries].sort((one, other) => (one.from < other.from ? -1 : 1))) {
    const last = united.at(-1);
    if (last === undefined || from > last.to) united.push({ from, to });
    else if (to > last.to) united[united.length - 1] = { from: last.from, to };
  }
  return united;
}
