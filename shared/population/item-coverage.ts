import type { ItemCoverage } from "../model/change.ts";
import type { Instant } from "../model/instant.ts";
import type { RepositoryContext } from "./repository-context.ts";

/** Kinds that are about one repository; a source without one is about all. */
const ofRepository = [
  "commits",
  "contents",
  "requests",
  "reviews",
  "events",
  "protection",
  "builds",
  "reports",
  "analysis",
  "deployments",
  "gates",
] as const;

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

/** What was pulled for a repository over a whole span: a statistic over a part of it would hide the rest. */
export function coverRepositorySpan({ coverage, facts }: RepositoryContext, from: Instant, to: Instant): ItemCoverage {
  const repository = ofRepository.map((kind) => [kind, coverage.coversSpan(kind, from, to, [facts.repository, ""])]);
  const entity = ofEntity.map((kind) => [kind, coverage.coversSpan(kind, from, to)]);
  return Object.fromEntries([...repository, ...entity]) as ItemCoverage;
}
