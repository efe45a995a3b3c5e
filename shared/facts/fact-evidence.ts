import type { EvidenceKind } from "../model/coverage.ts";
import type { Fact, FactKind, FactOf } from "../model/facts.ts";
import type { Instant } from "../model/instant.ts";

/** What a kind of fact is evidence of. */
interface FactEvidence<K extends FactKind> {
  /** Null for what is no evidence about a time: who is who, how the repository is laid out. */
  readonly kind: EvidenceKind | null;
  /** The time that it tells of; null when it tells of none. */
  readonly at: (fact: FactOf<K>) => Instant | null;
}

const none = { kind: null, at: () => null } as const;

/** Which kind of evidence each kind of fact gives, and for when: the one table. */
const evidenceOfFacts: { readonly [K in FactKind]: FactEvidence<K> } = {
  "commit": { kind: "commits", at: (fact) => fact.committer.at },
  "changed-paths": none,
  "ref": none,
  "boundary": none,
  "mailmap-entry": none,
  "commit-signature": none,
  "commit-note": none,
  "code-owners": none,
  "mechanical-merge": none,
  "patch-id": none,
  // Of the commits: without it nothing says that others stood there before.
  "branch-rewrite": { kind: "commits", at: (fact) => fact.at },
  "change-request": { kind: "requests", at: (fact) => fact.mergedAt ?? fact.createdAt },
  "review": { kind: "reviews", at: (fact) => fact.at },
  "review-page": none,
  "request-commit": none,
  "request-event": { kind: "events", at: (fact) => fact.at },
  "request-comment": { kind: "comments", at: (fact) => fact.at },
  "request-details": none,
  "branch-protection": { kind: "protection", at: (fact) => fact.at },
  "approval-rule": none,
  "build": { kind: "builds", at: (fact) => fact.startedAt },
  "build-job": { kind: "builds", at: (fact) => fact.startedAt },
  "test-report": { kind: "reports", at: (fact) => fact.at },
  "analysis-run": { kind: "analysis", at: (fact) => fact.at },
  "analysis-finding": { kind: "analysis", at: (fact) => fact.openedAt },
  "ticket": { kind: "tickets", at: (fact) => fact.updatedAt },
  "ticket-history": { kind: "tickets", at: (fact) => fact.events.at(-1)?.at ?? null },
  "ticket-comment": { kind: "tickets", at: (fact) => fact.at },
  "ticket-approval": { kind: "decisions", at: (fact) => fact.at },
  "ticket-link": none,
  "change-ticket": { kind: "tickets", at: (fact) => fact.actualEnd ?? fact.plannedEnd },
  "deployment": { kind: "deployments", at: (fact) => fact.at },
  "deployment-status": { kind: "deployments", at: (fact) => fact.at },
  "deployment-approval": { kind: "gates", at: (fact) => fact.at },
  "artifact": { kind: "builds", at: (fact) => fact.at },
  "access-event": { kind: "access", at: (fact) => fact.at },
  "detected-change": { kind: "detections", at: (fact) => fact.at },
  "detector-run": { kind: "detections", at: (fact) => fact.at },
  "convergence-run": { kind: "convergence", at: (fact) => fact.startedAt },
  "switch-event": { kind: "switches", at: (fact) => fact.at },
  "chat-account": none,
  "announcement": { kind: "announcements", at: (fact) => fact.at },
  "attachment": { kind: "attachments", at: () => null },
  "attestation": { kind: "attestations", at: (fact) => fact.at },
  "roster-person": none,
  "employment": none,
};

/** Of which evidence a fact is, and the time that it tells of. */
export function evidenceOfFact(fact: Fact): { readonly kind: EvidenceKind | null; readonly at: Instant | null } {
  // flagd does not tell whether a switch is on, so nothing follows from what it does not tell either.
  if (fact.kind === "switch-event" && fact.tool === "flagd") return { kind: null, at: null };
  const { kind, at } = evidenceOfFacts[fact.kind] as FactEvidence<FactKind>;
  return { kind, at: at(fact) };
}

/** What a fact's coverage is about: its repository, its ticket's project, or what the source says that it is about. */
export function scopeOfFact(fact: Fact, sourceScope: string): string {
  if ("repository" in fact && fact.repository !== "") return fact.repository;
  if ("key" in fact && "project" in fact) return fact.project;
  if ("key" in fact && typeof fact.key === "string") return fact.key.replace(/-\d+$/, "");
  return sourceScope;
}
