import type { ReportContent } from "../../../../shared/model/report.ts";
import { shorten } from "../../viewer/page/visible-text.js";
import type { Flow } from "../flow.ts";
import { mono, muted, sizes, spaced, strong, text } from "../style.ts";
import { type Column, cell, drawTable, numberCell, type Row } from "../table.ts";
import { formatCount } from "../wording.ts";

/** The three-way tie of git, tickets and deployments: the figures, and what stands alone on each side. */
export function drawReconciliation(flow: Flow, { reconciliation }: ReportContent): void {
  flow.subheading("Reconciliation of changes, tickets and deployments", 120);
  drawTable(flow, columns, figureRows(reconciliation));
  for (const [name, ids] of orphanLists(reconciliation)) drawOrphans(flow, name, ids);
}

const columns: readonly Column[] = [
  { title: "Side", width: 90 },
  { title: "Figure" },
  { title: "Count", width: 80, align: "right" },
];

type Reconciliation = ReportContent["reconciliation"];
type Figure = readonly [side: string, name: string, count: number | null];

function figureRows({ changes, tickets, deployments }: Reconciliation): Row[] {
  const figures: Figure[] = [
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
  const small = { size: sizes.small };
  return figures.map(([side, name, count], index) => ({
    // Not zero: nobody looked.
    cells: [
      cell(strong(side, small)),
      cell(text(name, small)),
      count === null ? cell(muted("not covered", small)) : numberCell(count),
    ],
    open: figures[index + 1]?.[0] === "",
  }));
}

function orphanLists({ changes, tickets, deployments }: Reconciliation): [string, readonly string[]][] {
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
  ];
}

const mostOrphans = 20;

function drawOrphans(flow: Flow, name: string, ids: readonly string[]): void {
  if (ids.length === 0) return;
  flow.subheading(`${name}: ${formatCount(ids.length)}`, 24);
  const listed = ids.slice(0, mostOrphans).map((id) => shorten(id, 160));
  const more = ids.length - mostOrphans;
  const spans = listed.map((id, index) => mono(index + 1 < listed.length ? `${id},` : id, { size: 6.5 }));
  flow.paragraph(spaced(...spans), { after: 1 });
  if (more > 0)
    flow.paragraph([muted(`The other ${formatCount(more)} are in reconciliation.json.`, { size: sizes.small })]);
}
