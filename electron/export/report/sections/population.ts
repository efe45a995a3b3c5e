import { idsPath, ipePath } from "../../../../shared/bundle/bundle-parts.ts";
import { sortedEntries } from "../../../../shared/model/canonical-json.ts";
import { upperFirst } from "../../../../shared/model/letter-case.ts";
import { PopulationKind } from "../../../../shared/model/population-kind.ts";
import { populationWords } from "../../../../shared/model/population-words.ts";
import type { IpeRecord } from "../../../../shared/model/pull.ts";
import type { ReportContent } from "../../../../shared/model/report.ts";
import type { Source } from "../../../../shared/model/source.ts";
import { shorten } from "../../viewer/page/visible-text.js";
import type { Flow } from "../flow.ts";
import { drawWeekPlot } from "../plots/week-plot.ts";
import { colors, mono, muted, outcomeColors, sizes, space, spaced, strong, text } from "../style.ts";
import { type Column, cell, drawTable, numberCell, type Row } from "../table.ts";
import type { Span } from "../text-runs.ts";
import { countOf, formatCount, formatInstant } from "../wording.ts";
import { destinationOf } from "../workpaper.ts";
import { drawFacts, type Fact } from "./facts-list.ts";

/** Where everything came from, with the IPE record of each pull, and the population that it became. */
export function drawPopulation(flow: Flow, content: ReportContent): void {
  flow.startSection({ title: "Population", ref: "B", destination: destinationOf("B") });
  flow.paragraph([
    text(
      "Every record was kept as it was received and is addressed by its SHA-256. For each pull the record below says what " +
        "was asked, by whom, when, and what came back, and holds the count against the source's own total where it gives one.",
    ),
  ]);
  drawSourceTable(flow, content);
  drawFreezes(flow, content);
  drawWeeks(flow, content);
}

/** When the items came, and that the drawn ones are spread over the period as chance spreads them. */
function drawWeeks(flow: Flow, { weeks, freezes }: ReportContent): void {
  for (const population of PopulationKind.options) {
    const freeze = freezes.findLast((each) => each.population === population);
    const counts = weeks[population] ?? [];
    if (!freeze || freeze.size === 0 || counts.length === 0) continue;
    const { many } = populationWords[population];
    const what = upperFirst(many);
    flow.subheading(`${what} by week, and how many of each week were drawn`, 110);
    drawWeekPlot(flow, counts, populationWords[population]);
  }
}

/** The IPE records, `B.1` and on. */
export function drawPulls(flow: Flow, content: ReportContent): void {
  for (const [index, record] of content.ipe.entries()) {
    const ref = `B.${index + 1}`;
    const source = content.sources.find(({ id }) => id === record.sourceId);
    flow.startBlock({ title: `${record.sourceId} (${record.sourceKind})`, ref, destination: destinationOf(ref) }, 140);
    drawFacts(flow, pullFacts(record, source), 2);
    if (record.tieOuts.length > 0) drawTieOuts(flow, record);
  }
}

const sourceColumns: readonly Column[] = [
  { title: "Ref", width: 28 },
  { title: "Source", width: 92 },
  { title: "Received" },
  { title: "Records", width: 44, align: "right" },
  { title: "Tie-outs", width: 74 },
  { title: "Finished", width: 90 },
];

function drawSourceTable(flow: Flow, content: ReportContent): void {
  const small = { size: sizes.small };
  const rows = content.ipe.map((record, index): Row => {
    const ref = `B.${index + 1}`;
    return {
      cells: [
        cell(text(ref, { ...small, color: colors.accent, goTo: destinationOf(ref) })),
        cell(strong(shorten(record.sourceId, 60), small)),
        cell(text(countsOf(record), small)),
        numberCell(record.records),
        cell(tieOutSummary(record)),
        cell(text(formatInstant(record.finishedAt), small)),
      ],
    };
  });
  if (rows.length > 0) drawTable(flow, sourceColumns, rows);
  const pulled = new Set(content.ipe.map(({ sourceId }) => sourceId));
  const missing = content.sources.filter(({ id }) => !pulled.has(id)).map(({ id }) => id);
  if (missing.length > 0)
    flow.paragraph(spaced(strong(`Not pulled: ${missing.join(", ")}.`), text("Nothing is known from there.")));
}

function countsOf(record: IpeRecord): string {
  return sortedEntries(record.counts)
    .map(([what, count]) => `${what}: ${formatCount(count)}`)
    .join(", ");
}

function tieOutSummary(record: IpeRecord): Span {
  const small = { size: sizes.small };
  const differing = record.tieOuts.filter(({ expected, received }) => expected !== received).length;
  if (record.tieOuts.length === 0) return muted("no total to hold against", small);
  if (differing > 0)
    return strong(`${differing} of ${record.tieOuts.length} differ`, { ...small, color: outcomeColors.fail });
  return text(`${record.tieOuts.length} of ${record.tieOuts.length} agree`, small);
}

function pullFacts(record: IpeRecord, source: Source | undefined): Fact[] {
  const coverage = record.coverage.map(({ kind, scope, from, to }) => [
    text(`${kind} of ${scope}, from ${formatInstant(from)} until before ${formatInstant(to)}`),
  ]);
  const notes = record.notes.slice(0, mostNotes).map((note) => [text(shorten(note, 500))]);
  const more = record.notes.length - mostNotes;
  if (more > 0) notes.push([muted(`${countOf(more, "more note")} in ${ipePath(record.pullId)}.`)]);
  return [
    ["Asked", [text(shorten(record.endpoint, 400))]],
    ["Query", [mono(shorten(record.query, 1200))]],
    ["As", [text([record.identity || "no account: files", record.access].filter((part) => part !== "").join("; "))]],
    [
      "When",
      [text(`${formatInstant(record.startedAt)} to ${formatInstant(record.finishedAt)}, with ${record.toolVersion}`)],
    ],
    [
      "Received",
      [text(`${countOf(record.requests, "request")}, ${countOf(record.records, "raw record")}; ${countsOf(record)}`)],
    ],
    ["Covers", ...(coverage.length > 0 ? coverage : [[text("nothing that a rule may rely on")]])],
    ...(source !== undefined && "production" in source
      ? [["Production", [text(`environments ${(source.production ?? ["production"]).join(", ")}`)]] as Fact]
      : []),
    ["Notes", ...(notes.length > 0 ? notes : [[text("none")]])],
    ["Digest", spaced(mono(record.recordsDigest), muted(ipePath(record.pullId), { size: sizes.small }))],
  ];
}

const mostNotes = 12;

const tieOutColumns: readonly Column[] = [
  { title: "Tie-out", width: 150 },
  { title: "Expected number from" },
  { title: "Expected", width: 56, align: "right" },
  { title: "Received", width: 56, align: "right" },
  { title: "", width: 52 },
];

function drawTieOuts(flow: Flow, record: IpeRecord): void {
  const small = { size: sizes.small };
  const rows = record.tieOuts.map(({ what, how, expected, received }): Row => {
    const agrees = expected === received;
    return {
      cells: [
        cell(text(shorten(what, 160), small)),
        cell(text(shorten(how, 300), small)),
        numberCell(expected),
        numberCell(received),
        cell(agrees ? text("agrees", small) : strong("differs", { ...small, color: outcomeColors.fail })),
      ],
    };
  });
  drawTable(flow, tieOutColumns, rows);
}

const freezeColumns: readonly Column[] = [
  { title: "Frozen population", width: 128 },
  { title: "Size", width: 50, align: "right" },
  { title: "Digest of its ids (SHA-256)" },
  { title: "When, by whom", width: 120 },
];

function drawFreezes(flow: Flow, content: ReportContent): void {
  const small = { size: sizes.small };
  const rows = content.freezes.map(({ population, size, digest, at, by }): Row => {
    return {
      cells: [
        [
          [text(populationWords[population].many, small)],
          [mono(idsPath(population), { size: 6.5, color: colors.muted })],
        ],
        numberCell(size),
        cell(mono(digest, { size: 6.5 })),
        [[text(formatInstant(at), small)], [text(by, small)]],
      ],
    };
  });
  if (rows.length > 0) drawTable(flow, freezeColumns, rows);
  flow.paragraph([
    muted("The digest was recorded before a seed was given. It is that of the sorted ids: ", { size: sizes.small }),
    space(),
    mono(`LC_ALL=C sort ${idsPath("change")} | sha256sum`, { size: 6.5 }),
  ]);
}
