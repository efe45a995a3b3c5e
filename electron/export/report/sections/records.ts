import { ipePath, partPaths } from "../../../../shared/bundle/bundle-parts.ts";
import { populationWords } from "../../../../shared/model/population-words.ts";
import type { ReportContent } from "../../../../shared/model/report.ts";
import type { Draw } from "../../../../shared/model/sample.ts";
import { shorten } from "../../viewer/page/visible-text.js";
import type { Flow } from "../flow.ts";
import { colors, mono, muted, sizes, strong, text } from "../style.ts";
import { type Column, cell, drawTable, numberCell, type Row } from "../table.ts";
import { countOf, formatInstant } from "../wording.ts";
import { destinationOf } from "../workpaper.ts";
import { drawFacts } from "./facts-list.ts";

const columns: readonly Column[] = [
  { title: "Ref", width: 28 },
  { title: "Pull", width: 120 },
  { title: "Raw records", width: 56, align: "right" },
  { title: "Digest over the records' digests, in order of receipt (SHA-256)" },
];

/** Digests by which this report and the bundle are held together. */
export function drawRecords(flow: Flow, content: ReportContent): void {
  flow.startSection({ title: "Records", ref: "F", destination: destinationOf("F") });
  drawFacts(flow, [
    [
      "Catalog",
      [text(`${content.catalog.id}, version ${content.catalog.version}, ${partPaths.catalog}`)],
      [mono(content.catalogSha256)],
    ],
    [
      "Activity log",
      [text(`${countOf(content.activityCount, "entry", "entries")}, ${partPaths.activityLog}; hash of the last:`)],
      [mono(content.activityHead)],
    ],
    ["Engagement", [mono(content.engagement.id)]],
    ["Evidence", [text(`${countOf(content.evidence.length, "raw record")} listed in ${partPaths.evidenceIndex}`)]],
    ["Made with", [text(content.toolVersion)]],
  ]);
  flow.subheading("Pulls");
  const rows = content.ipe.map((record, index): Row => {
    const ref = `B.${index + 1}`;
    const small = { size: sizes.small };
    return {
      cells: [
        cell(text(ref, { ...small, color: colors.accent, goTo: destinationOf(ref) })),
        [
          [text(shorten(record.sourceId, 60), small)],
          [mono(shorten(ipePath(record.pullId), 80), { size: 6, color: colors.muted })],
        ],
        numberCell(record.records),
        cell(mono(record.recordsDigest, { size: 6.5 })),
      ],
    };
  });
  if (rows.length > 0) drawTable(flow, columns, rows);
  else flow.paragraph([muted("Nothing was pulled.")]);
  drawDrawLog(flow, content);
}

const drawColumns: readonly Column[] = [
  { title: "Draw", width: 110 },
  { title: "Drawn", width: 90 },
  { title: "Seed" },
  { title: "Size", width: 40, align: "right" },
  { title: "Of", width: 60, align: "right" },
  { title: "Tested", width: 40 },
];

/** By which method, or what of which draw it follows. */
function describeKind({ method, purpose }: Draw): string {
  return purpose.kind === "initial" ? method : `${purpose.kind.replace("-", " ")}, ${method}`;
}

/** Every draw that was ever made: one that was made and not used must be seen. */
function drawDrawLog(flow: Flow, content: ReportContent): void {
  flow.subheading("Draw log");
  const small = { size: sizes.small };
  const rows = content.draws.map(({ draw, standing }): Row => {
    return {
      cells: [
        [
          [text(`${populationWords[draw.population].many}, ${describeKind(draw)}`, small)],
          [mono(draw.id, { size: 6, color: colors.muted })],
        ],
        cell(text(formatInstant(draw.at), small)),
        cell(draw.seed === "" ? muted("none", small) : mono(shorten(draw.seed, 120), { size: 6.5 })),
        numberCell(draw.size),
        numberCell(draw.populationSize),
        cell(standing === "superseded" ? text("no", small) : strong(standing === "apart" ? "apart" : "yes", small)),
      ],
    };
  });
  if (rows.length > 0) drawTable(flow, drawColumns, rows);
  else flow.paragraph([muted("Nothing was drawn.")]);
}
