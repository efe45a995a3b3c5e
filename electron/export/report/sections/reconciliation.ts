import type { ReportContent } from "../../../../shared/model/report.ts";
import { reconciliationFigures, reconciliationOrphans } from "../../viewer/page/reconciliation-figures.js";
import { shorten } from "../../viewer/page/visible-text.js";
import type { Flow } from "../flow.ts";
import { mono, muted, sizes, spaced, strong, text } from "../style.ts";
import { type Column, cell, drawTable, numberCell, type Row } from "../table.ts";
import { formatCount } from "../wording.ts";

/** The three-way tie of git, tickets and deployments: the figures, and what stands alone on each side. */
export function drawReconciliation(flow: Flow, { reconciliation }: ReportContent): void {
  flow.subheading("Reconciliation of changes, tickets and deployments", 120);
  drawTable(flow, columns, figureRows(reconciliation));
  for (const [name, ids] of reconciliationOrphans(reconciliation)) drawOrphans(flow, name, ids);
}

const columns: readonly Column[] = [
  { title: "Side", width: 90 },
  { title: "Figure" },
  { title: "Count", width: 80, align: "right" },
];

function figureRows(reconciliation: ReportContent["reconciliation"]): Row[] {
  const figures = reconciliationFigures(reconciliation);
  const small = { size: sizes.small };
  return figures.map(([side, name, count], index) => ({
    cells: [
      cell(strong(side, small)),
      cell(text(name, small)),
      count === null ? cell(muted("not covered", small)) : numberCell(count),
    ],
    open: figures[index + 1]?.[0] === "",
  }));
}

const mostOrphans = 20;

function drawOrphans(flow: Flow, name: string, ids: readonly string[]): void {
  flow.subheading(`${name}: ${formatCount(ids.length)}`, 24);
  const listed = ids.slice(0, mostOrphans).map((id) => shorten(id, 160));
  const more = ids.length - mostOrphans;
  const spans = listed.map((id, index) => mono(index + 1 < listed.length ? `${id},` : id, { size: 6.5 }));
  flow.paragraph(spaced(...spans), { after: 1 });
  if (more > 0)
    flow.paragraph([muted(`The other ${formatCount(more)} are in reconciliation.json.`, { size: sizes.small })]);
}
