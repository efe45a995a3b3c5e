import type { ItemCoverage } from "../model/change.ts";
import type { EvidenceKind } from "../model/coverage.ts";
import { type Instant, instantOf, millisecondsOf } from "../model/instant.ts";
import type { Period } from "../model/period.ts";
import type { RepositoryContext } from "./repository-context.ts";

/** Kinds that are about one repository; a source without one is about all. */
const ofRepository = [
  "commits",
  "contents",
  "requests",
  "reviews",
  "events",
  "comments",
  "protection",
  "builds",
  "reports",
  "analysis",
  "deployments",
  "gates",
] as const;

const isOfRepository: ReadonlySet<EvidenceKind> = new Set(ofRepository);

/** Kinds that are about the entity, whatever part of it a source is about. */
const ofEntity = [
  "tickets",
  "decisions",
  "access",
  "detections",
  "convergence",
  "switches",
  "announcements",
  "attachments",
  "attestations",
] as const;

/** What was pulled for an item of a repository and its time. */
export function coverItem({ coverage, facts }: RepositoryContext, at: Instant): ItemCoverage {
  const repository = ofRepository.map((kind) => [
    kind,
    coverage.covers(kind, facts.repository, at) || coverage.covers(kind, "", at),
  ]);
  const entity = ofEntity.map((kind) => [kind, coverage.scopesOf(kind, at).length > 0]);
  return Object.fromEntries([...repository, ...entity]) as ItemCoverage;
}

/**
 * What goes on after a change has arrived, and can still speak against it: until it was released, or for the deployment
 * itself from the arrival of what it deployed.
 */
const goesOn = ["builds", "reports", "analysis", "gates", "switches", "decisions"] as const;

export function coverGoingOn(context: RepositoryContext, at: Instant, span: Span): ItemCoverage {
  const { coverage, facts } = context;
  const covered = coverItem(context, at);
  const scopesOf = (kind: EvidenceKind) => (isOfRepository.has(kind) ? [facts.repository, ""] : undefined);
  const over = goesOn.map((kind) => [
    kind,
    covered[kind] && coverage.coversSpan(kind, span.from, span.to, scopesOf(kind)),
  ]);
  return { ...covered, ...Object.fromEntries(over) };
}

/** From (included) to (excluded). */
export interface Span {
  readonly from: Instant;
  readonly to: Instant;
}

/** The time between two moments, both included, as far as it lies in the period: pulls reach beyond that by a margin. */
export function spanWithin({ start, end }: Period, first: Instant, last: Instant): Span {
  const after = instantOf(millisecondsOf(last) + 1);
  return { from: first > start ? first : start, to: after < end ? after : end };
}

/** What was pulled for a repository over a whole span: a statistic over a part of it would hide the rest. */
export function coverRepositorySpan({ coverage, facts }: RepositoryContext, from: Instant, to: Instant): ItemCoverage {
  const repository = ofRepository.map((kind) => [kind, coverage.coversSpan(kind, from, to, [facts.repository, ""])]);
  const entity = ofEntity.map((kind) => [kind, coverage.coversSpan(kind, from, to)]);
  return Object.fromEntries([...repository, ...entity]) as ItemCoverage;
}
