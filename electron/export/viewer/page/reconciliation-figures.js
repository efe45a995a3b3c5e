/*
 * The three-way tie of git, tickets and deployments in words.
 *
 * Plain JavaScript, because the page in the bundle and the report tell the same figures.
 */

/** Sides, figures and counts; a side is named once. A count of null was not covered, which is not zero: nobody looked. */
export function reconciliationFigures({ changes, tickets, deployments }) {
  return [
    ["Changes", "on the release branch in the period", changes.total],
    ["", "of these, merges", changes.merges],
    ["", "with a change request of the code host", changes.withRequest],
    ["", "naming a ticket that exists", changes.withTicket],
    ["", "contained in a production deployment", changes.released],
    ["Tickets", "received", tickets.total],
    ["", "named by changes", tickets.named],
    ["", "of these, not found", tickets.namedButAbsent.length],
    ["", "finished in the period and named by no change", tickets.withoutChange.length],
    ["Deployments", "to production in the period", deployments.total],
    ["", "whose revision is a merge on the release branch", deployments.ofMerge],
    ["", "identified by a tag", deployments.byTag],
    ["", "identified by a commit id", deployments.byCommit],
    ["", "identified by an image digest or a version", deployments.byArtifact],
    ["", "that put an earlier state back", deployments.rollbacks.length],
  ];
}

/** What stands alone on each side, by the name of its list; empty lists are left out. */
export function reconciliationOrphans({ changes, tickets, deployments }) {
  return [
    ["Changes without a change request", changes.withoutRequest],
    ["Changes without a ticket", changes.withoutTicket],
    ["Changes not found in a production deployment", changes.notReleased],
    ["Tickets named by changes and not found", tickets.namedButAbsent],
    ["Tickets finished in the period without a change", tickets.withoutChange],
    ["Deployments that put an earlier state back", deployments.rollbacks],
    ["Deployments of a commit on another branch", deployments.otherBranch],
    ["Deployments of a commit that no ref leads to", deployments.absent],
    ["Deployments of a commit before the pulled history", deployments.older],
    ["Deployments whose revision could not be resolved", deployments.unresolved],
  ].filter(([, ids]) => ids.length > 0);
}
