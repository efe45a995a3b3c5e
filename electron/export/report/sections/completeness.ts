import { partPaths } from "../../../../shared/bundle/bundle-parts.ts";
import type { Completeness } from "../../../../shared/model/completeness.ts";
import type { ReportContent } from "../../../../shared/model/report.ts";
import { shorten } from "../../viewer/page/visible-text.js";
import type { Flow } from "../flow.ts";
import { muted, sizes, text } from "../style.ts";
import { type Column, cell, drawTable, numberCell, type Row } from "../table.ts";
import { countOf, formatInstant } from "../wording.ts";
import { drawFacts, type Fact } from "./facts-list.ts";

const small = { size: sizes.small };
const mostRows = 60;

/** What came, what is missing between, and what no source vouches for. Stated: what it means is for the auditor to say. */
export function drawCompleteness(flow: Flow, { completeness }: ReportContent): void {
  flow.subheading("Completeness");
  drawFacts(flow, summaryOf(completeness));
  drawSequences(flow, completeness);
  drawTimes(flow, completeness);
  drawUnread(flow, completeness);
}

function summaryOf({ totals, uncovered, missingKinds, notPulled }: Completeness): Fact[] {
  const open = uncovered.map(({ kind, scope, from, to }) => [
    text(`${kind} of ${shorten(scope, 80)}, from ${formatInstant(from)} until before ${formatInstant(to)}`),
  ]);
  return [
    ["Tie-outs", [text(`${totals.tieOuts - totals.disagreeing} of ${totals.tieOuts} agree`)]],
    ["Missing numbers", [text(String(totals.missingNumbers))]],
    ["Not read", [text(countOf(totals.unread, "line or record", "lines and records"))]],
    [
      "Not covered",
      ...(open.length > 0 ? open.slice(0, mostRows) : [[text("nothing of the period, of what is covered")]]),
    ],
    ["No source for", [text(missingKinds.length > 0 ? missingKinds.join(", ") : "none")]],
    ...(notPulled.length > 0 ? [["Not pulled", [text(notPulled.join(", "))]] as Fact] : []),
    ["In full", [muted(partPaths.completeness)]],
  ];
}

const sequenceColumns: readonly Column[] = [
  { title: "Numbers of", width: 130 },
  { title: "From", width: 44, align: "right" },
  { title: "To", width: 44, align: "right" },
  { title: "Received", width: 48, align: "right" },
  { title: "Missing", width: 44, align: "right" },
  { title: "Which, and what may explain it" },
];

function drawSequences(flow: Flow, { sources }: Completeness): void {
  const rows = sources.flatMap(({ sourceId, sequences }) =>
    sequences.map(({ what, scope, first, last, received, missing, note }): Row => {
      const which = missing.count === 0 ? "none" : `${shorten(missing.first.join(", "), 200)}. ${note}`;
      return {
        cells: [
          cell(text(shorten(`${what} of ${scope} (${sourceId})`, 120), small)),
          numberCell(first),
          numberCell(last),
          numberCell(received),
          numberCell(missing.count),
          cell(text(which, small)),
        ],
      };
    }),
  );
  if (rows.length > 0) drawTable(flow, sequenceColumns, rows.slice(0, mostRows));
}

const timeColumns: readonly Column[] = [
  { title: "Records of", width: 130 },
  { title: "Count", width: 48, align: "right" },
  { title: "First and last", width: 130 },
  { title: "Days of the period without any" },
];

function drawTimes(flow: Flow, { sources }: Completeness): void {
  const rows = sources.flatMap(({ sourceId, times }) =>
    times.map(({ kind, scope, facts, from, to, emptyDays }): Row => {
      const days = emptyDays.count === 0 ? "none" : `${emptyDays.count}: ${shorten(emptyDays.first.join(", "), 200)}`;
      return {
        cells: [
          cell(text(shorten(`${kind} of ${scope || "all"} (${sourceId})`, 120), small)),
          numberCell(facts),
          cell(text(`${formatInstant(from)} to ${formatInstant(to)}`, small)),
          cell(text(days, small)),
        ],
      };
    }),
  );
  if (rows.length > 0) drawTable(flow, timeColumns, rows.slice(0, mostRows));
}

const unreadColumns: readonly Column[] = [
  { title: "Not read", width: 200 },
  { title: "Place", width: 80 },
  { title: "Reason" },
];

function drawUnread(flow: Flow, { sources }: Completeness): void {
  const rows = sources.flatMap(({ unread }) =>
    (unread?.first ?? []).map(
      ({ locator, place, reason }): Row => ({
        cells: [shorten(locator, 100), shorten(place, 40), shorten(reason, 200)].map((part) => cell(text(part, small))),
      }),
    ),
  );
  if (rows.length > 0) drawTable(flow, unreadColumns, rows.slice(0, mostRows));
}
