import type { Outcome } from "../../../../shared/model/result.ts";
import type { MatrixView } from "../../../../shared/model/view.ts";
import { clip } from "../../viewer/page/visible-text.js";
import { bodyWidth, type Flow, type Pieces } from "../flow.ts";
import { margins } from "../report-document.ts";
import { colors, mono, muted, sizes, text } from "../style.ts";
import { type Cell, type Column, cell, drawTableInPieces, type Row } from "../table.ts";
import { setLines } from "../text-lines.ts";
import { drawTickmark, tickmarkSize } from "../tickmarks.ts";
import { formatCount, formatInstant } from "../wording.ts";
import { destinationOf } from "../workpaper.ts";

type MatrixRow = MatrixView["rows"][number];

/** As many controls as fit beside an item's title. */
const controlsPerTable = 10;
const mostRows = 1_000;

/** Items by controls. `hasBlock` says of which items there is a block to lead to. */
export function* drawMatrix(flow: Flow, matrix: MatrixView, hasBlock: (ref: string) => boolean): Pieces {
  const controls = matrix.summaries.map(({ control }) => control);
  const rows = matrix.rows.slice(0, mostRows);
  for (let first = 0; first < Math.max(1, controls.length); first += controlsPerTable) {
    const some = controls.slice(first, first + controlsPerTable);
    const part =
      controls.length > controlsPerTable
        ? `, controls ${first + 1} to ${first + some.length} of ${controls.length}`
        : "";
    flow.subheading(`Items by controls${part}`, 80);
    drawLegend(flow);
    yield* drawTableInPieces(
      flow,
      columnsFor(some),
      rows.map((row) => matrixRow(row, some, hasBlock(row.ref))),
      3,
    );
  }
  if (matrix.rows.length > rows.length) {
    const rest = formatCount(matrix.rows.length - rows.length);
    flow.paragraph([muted(`The other ${rest} items are in results.jsonl and in index.html.`, { size: sizes.small })]);
  }
}

function columnsFor(controls: readonly string[]): Column[] {
  return [
    { title: "Ref", width: 32 },
    { title: "Item" },
    { title: "When (UTC)", width: 66 },
    // Narrow enough that an id such as TRC-01 is set on two lines.
    ...controls.map((control): Column => ({ title: control.replace("-", "- "), width: 21, align: "center" })),
  ];
}

function matrixRow(row: MatrixRow, controls: readonly string[], linked: boolean): Row {
  const goTo = linked ? destinationOf(row.ref) : undefined;
  const small = { size: sizes.small };
  const marks = controls.map((control): Cell => {
    const mark = row.outcomes[control];
    if (mark === undefined) return cell(muted("–", small));
    return goTo === undefined ? { mark } : { mark, goTo };
  });
  return {
    cells: [
      cell(text(row.ref, { ...small, color: colors.accent, goTo })),
      [[text(clip(row.title, 120), small)], [mono(clip(placeOf(row), 60), { size: 6, color: colors.muted })]],
      cell(text(formatInstant(row.at).replace(" UTC", ""), { size: 7 })),
      ...marks,
    ],
  };
}

/** Not every population has a repository, and not every item leads to something. */
function placeOf({ repository, reference }: MatrixRow): string {
  return [repository, reference].filter((part) => part !== "").join(" · ");
}

const legend: readonly [Outcome, string][] = [
  ["pass", "tested, no deviation"],
  ["fail", "tested, the rule does not hold"],
  ["no-evidence", "evidence is missing: counts as a deviation"],
  ["not-applicable", "the control does not apply"],
];

/** On the page, as the reader of a workpaper expects it. */
function drawLegend(flow: Flow): void {
  const y = flow.y;
  let x = margins.left;
  flow.tag("P", () => {
    for (const [outcome, meaning] of legend) {
      if (outcome !== "not-applicable") drawTickmark(flow.doc, outcome, x, y);
      const word = outcome === "not-applicable" ? `n/a ${meaning}` : meaning;
      const [line] = setLines(flow.cutter, [muted(word, { size: sizes.mono })], bodyWidth);
      if (line === undefined) continue;
      const left = outcome === "not-applicable" ? x : x + tickmarkSize + 4;
      flow.line(line, left, y - 0.5);
      x = left + line.width + 16;
    }
  });
  flow.y += tickmarkSize + 6;
}
