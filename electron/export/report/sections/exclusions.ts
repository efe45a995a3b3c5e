import type { ReportContent } from "../../../../shared/model/report.ts";
import { shorten } from "../../viewer/page/visible-text.js";
import type { Flow } from "../flow.ts";
import { mono, muted, sizes, text } from "../style.ts";
import { type Column, cell, drawTable, type Row } from "../table.ts";
import { formatCount, formatInstant } from "../wording.ts";
import { destinationOf } from "../workpaper.ts";

const most = 60;
const small = { size: sizes.small };

const exclusionColumns: readonly Column[] = [
  { title: "Item", width: 150 },
  { title: "Title", width: 120 },
  { title: "When", width: 90 },
  { title: "Why it is not in the population" },
];
const remarkColumns: readonly Column[] = [{ title: "Item", width: 170 }, { title: "Remark" }];

/** What was left out of the population, and what must be known of what is in it. */
export function drawExclusions(flow: Flow, { exclusions, remarks }: ReportContent): void {
  flow.startSection({ title: "Exclusions and remarks", ref: "E", destination: destinationOf("E") });
  flow.subheading(`Left out of the population: ${formatCount(exclusions.length)}`);
  const excluded = exclusions.slice(0, most).map(({ id, at, title, reason }): Row => {
    const words = [text(shorten(title, 120), small), text(formatInstant(at), small), text(shorten(reason, 300), small)];
    return { cells: [cell(mono(shorten(id, 160), { size: 6.5 })), ...words.map((word) => cell(word))] };
  });
  if (excluded.length > 0) drawTable(flow, exclusionColumns, excluded);
  drawRest(flow, exclusions.length, "population/exclusions.json");

  flow.subheading(`Remarks: ${formatCount(remarks.length)}`);
  const remarked = remarks.slice(0, most).map(({ id, remark }): Row => {
    return { cells: [cell(mono(shorten(id, 160), { size: 6.5 })), cell(text(shorten(remark, 400), small))] };
  });
  if (remarked.length > 0) drawTable(flow, remarkColumns, remarked);
  drawRest(flow, remarks.length, "population/exclusions.json");
}

function drawRest(flow: Flow, count: number, file: string): void {
  if (count === 0) flow.paragraph([muted("None.")]);
  if (count > most) flow.paragraph([muted(`The other ${formatCount(count - most)} are in ${file}.`, small)]);
}
