import type { Change } from "../model/change.ts";
import type { DeploymentItem } from "../model/deployment-item.ts";
import { isWithin, type Period } from "../model/period.ts";
import type { Reconciliation } from "../model/population.ts";
import type { Ticket } from "../model/ticket-facts.ts";
import type { RepositoryContext } from "./repository-context.ts";

/**
 * Ties changes, tickets and deployments to each other and lists what is left over on each side. A tie that needs a
 * kind of evidence that nobody handed over is null, not zero.
 */
export function reconcile(
  changes: readonly Change[],
  deployments: readonly DeploymentItem[],
  tickets: ReadonlyMap<string, Ticket>,
  contexts: readonly RepositoryContext[],
  period: Period,
): Reconciliation {
  const ticketsCovered = changes.some((change) => change.coverage.tickets) || tickets.size > 0;
  const deploymentsCovered = changes.some((change) => change.coverage.deployments) || deployments.length > 0;
  const ids = (list: readonly { id: string }[]) => list.map(({ id }) => id);
  const withTicket = changes.filter((change) => change.tickets.length > 0);
  const released = changes.filter((change) => change.releases.length > 0);
  const withRequest = changes.filter((change) => change.request.found);
  const at = (place: DeploymentItem["place"]) => ids(deployments.filter((deployment) => deployment.place === place));
  return {
    changes: {
      total: changes.length,
      merges: changes.filter((change) => change.kind === "merge").length,
      withRequest: withRequest.length,
      withTicket: ticketsCovered ? withTicket.length : null,
      released: deploymentsCovered ? released.length : null,
      withoutRequest: ids(changes.filter((change) => change.coverage.requests && !change.request.found)),
      withoutTicket: ticketsCovered ? ids(changes.filter((change) => change.tickets.length === 0)) : [],
      notReleased: deploymentsCovered ? ids(changes.filter((change) => change.releases.length === 0)) : [],
    },
    tickets: {
      total: tickets.size,
      named: namedKeys(changes).size,
      namedButAbsent: ticketsCovered ? keysNamedButAbsent(changes, tickets) : [],
      withoutChange: ticketsWithoutChange(tickets, contexts, period),
    },
    deployments: {
      total: deployments.length,
      ofMerge: deployments.filter((deployment) => deployment.isMerge).length,
      byTag: deployments.filter((deployment) => deployment.revisionKind === "tag").length,
      byCommit: deployments.filter((deployment) => deployment.revisionKind === "commit").length,
      byArtifact: deployments.filter(({ revisionKind }) => revisionKind === "digest" || revisionKind === "version")
        .length,
      rollbacks: ids(deployments.filter((deployment) => deployment.rollback)),
      otherBranch: at("other-branch"),
      absent: [...at("absent"), ...at("beyond")],
      older: at("older"),
      unresolved: at("unresolved"),
    },
  };
}

function namedKeys(changes: readonly Change[]): Set<string> {
  return new Set(changes.flatMap((change) => change.ticketKeys));
}

function keysNamedButAbsent(changes: readonly Change[], tickets: ReadonlyMap<string, Ticket>): string[] {
  return [...namedKeys(changes)].filter((key) => !tickets.has(key)).sort();
}

/** Tickets finished in the period that nothing in the pulled history names: work that left no trace in git. */
function ticketsWithoutChange(
  tickets: ReadonlyMap<string, Ticket>,
  contexts: readonly RepositoryContext[],
  period: Period,
): string[] {
  const named = new Set<string>();
  for (const context of contexts) {
    const texts = (commit: { message: string }) => context.findKeys([commit.message]);
    for (const commit of context.facts.commits.values()) for (const key of texts(commit)) named.add(key);
    for (const request of context.facts.requests) {
      for (const key of context.findKeys([request.sourceBranch, request.title])) named.add(key);
      for (const key of context.tickets.keysLinkedTo(request.url)) named.add(key);
    }
  }
  return [...tickets.values()]
    .filter((ticket) => ticket.resolvedAt !== null && isWithin(period, ticket.resolvedAt) && !named.has(ticket.key))
    .map((ticket) => ticket.key)
    .sort();
}
