import type { Conclusion } from "../../../../shared/model/conclusion.ts";
import { standings, supportWords } from "../../../../shared/model/conclusion-words.ts";
import { populationWords } from "../../../../shared/model/population-words.ts";
import type { ReportContent } from "../../../../shared/model/report.ts";
import type { Flow } from "../flow.ts";
import { standingColors } from "../plots/interval-plot.ts";
import type { ContentsEntry } from "../running-heads.ts";
import { colors, mono, muted, sizes, space, spaced, strong, text } from "../style.ts";
import { type Column, cell, drawTable, numberCell, type Row } from "../table.ts";
import { countOf, formatCount, formatDay, formatInstant, listOf } from "../wording.ts";
import { controlRef, destinationOf } from "../workpaper.ts";
import { drawFacts } from "./facts-list.ts";
import { signOffFacts } from "./sign-offs.ts";

/** Who was audited, for when, on what, and what came out: counts over what was tested and nothing beyond it. */
export function drawCover(flow: Flow, content: ReportContent): void {
  const { engagement } = content;
  flow.startSection({ title: "Summary", ref: "A", destination: destinationOf("A") });
  flow.paragraph([strong(engagement.entity, { size: sizes.title })], { tag: "H1", after: 2 });
  flow.paragraph([text(engagement.name, { size: sizes.section, color: colors.muted })], { after: 12 });
  drawFacts(flow, [
    ["Period", [text(periodSentence(content))]],
    ["Scope", [text(scopeSentence(content))]],
    ["Catalog", [text(`${content.catalog.title}, version ${content.catalog.version}`)]],
    ["Prepared by", [text(`${engagement.auditor}, ${formatInstant(content.createdAt)}`)]],
    ...signOffFacts(content),
    ...(content.redactions === undefined ? [] : [["Edition", [text(content.redactions.sentence)]] as const]),
  ]);
  flow.subheading("What was tested and what came out");
  for (const sentence of outcomeSentences(content)) flow.paragraph([text(sentence)]);
  drawSummaryTable(flow, content);
  flow.paragraph([
    text(
      "A deviation is a failure, or missing evidence that left a rule untested. The counts are of the items that were " +
        "tested, as judged where somebody judged; what follows from them for the population stands with its limits under " +
        "Conclusions, and only for what chance selected.",
    ),
  ]);
  drawSigner(flow, content);
}

function periodSentence({ engagement: { period } }: ReportContent): string {
  const days = `${formatDay(period.from)} to ${formatDay(period.to)}, both included, in the time zone ${period.timeZone}`;
  return `${days} (from ${formatInstant(period.start)} until before ${formatInstant(period.end)})`;
}

function scopeSentence({ sources, freezes, catalog }: ReportContent): string {
  const repositories = new Set(
    sources.flatMap((source) => ("repository" in source && source.repository !== "" ? [source.repository] : [])),
  );
  const populations = freezes.map(({ size, population }) => {
    const { one, many } = populationWords[population];
    return countOf(size, one, many);
  });
  const names = [...repositories].sort().slice(0, 12);
  const more = repositories.size > names.length ? ` and ${repositories.size - names.length} more` : "";
  const parts = [
    `${countOf(repositories.size, "repository", "repositories")} (${names.join(", ")}${more})`,
    countOf(sources.length, "source"),
    ...(populations.length > 0 ? [`a population of ${listOf(populations)}`] : []),
    countOf(catalog.controls.length, "control"),
  ];
  return `${listOf(parts)}.`;
}

function outcomeSentences({ matrices }: ReportContent): string[] {
  if (matrices.length === 0) return ["No sample was drawn, and nothing was tested."];
  return matrices.map(({ draw, summaries, rows }) => {
    const { one, many } = populationWords[draw.population];
    const drawn = `Of ${countOf(draw.populationSize, one, many)} in the population, ${formatCount(draw.size)} ${draw.size === 1 ? "was" : "were"} drawn`;
    if (summaries.length === 0) return `${drawn}; no control was tested on them.`;
    const clean = rows.filter((row) => !Object.values(row.outcomes).some(isDeviation)).length;
    const tested = `${drawn} and tested against ${countOf(summaries.length, "control")}`;
    return `${tested}: ${formatCount(clean)} without a deviation, ${formatCount(rows.length - clean)} with at least one.`;
  });
}

function isDeviation(outcome: string): boolean {
  return outcome === "fail" || outcome === "no-evidence";
}

const summaryColumns: readonly Column[] = [
  { title: "Ref", width: 24 },
  { title: "Control" },
  { title: "Tested on", width: 50 },
  { title: "Tested", width: 26, align: "right" },
  { title: "Pass", width: 22, align: "right" },
  { title: "Fail", width: 18, align: "right" },
  { title: "No evidence", width: 36, align: "right" },
  { title: "Not applicable", width: 40, align: "right" },
  { title: "Deviations", width: 40, align: "right" },
  { title: "Reliance", width: 62 },
];

function drawSummaryTable(flow: Flow, content: ReportContent): void {
  const rows = content.matrices.flatMap(({ summaries }) => summaries.map((summary) => summaryRow(content, summary)));
  if (rows.length > 0) drawTable(flow, summaryColumns, rows);
}

function summaryRow(content: ReportContent, summary: Conclusion): Row {
  const ref = controlRef(content, summary.control);
  const goTo = ref === null ? undefined : destinationOf(ref);
  const small = { size: sizes.small };
  const deviations = text(formatCount(summary.deviations), {
    ...small,
    tabular: true,
    face: summary.deviations > 0 ? "strong" : "text",
  });
  return {
    cells: [
      cell(text(ref ?? "", { ...small, color: colors.accent, goTo })),
      cell(strong(summary.control, { ...small, goTo }), space({ ...small, text: "  " }), text(summary.title, small)),
      cell(text(populationWords[summary.population].many, small)),
      ...[summary.tested, summary.pass, summary.fail, summary.noEvidence, summary.notApplicable].map(numberCell),
      summary.asTested.deviations === summary.deviations
        ? cell(deviations)
        : [[deviations], [muted(`${formatCount(summary.asTested.deviations)} as tested`, { size: sizes.mono })]],
      cell(strong(supportWords[summary.support], { ...small, color: standingColors[standings[summary.support]] })),
    ],
  };
}

function drawSigner(flow: Flow, content: ReportContent): void {
  const { signer } = content;
  flow.subheading("Signature");
  drawFacts(flow, [
    ["Signed by", [text(signer.subject)]],
    ["Certificate", spaced(muted("SHA-256", { size: sizes.small }), mono(signer.fingerprint))],
  ]);
  flow.paragraph([
    muted(
      "A name can be put into any certificate. Compare this fingerprint with one that the signer gave you by another way. " +
        "VERIFY.md in the bundle says how to check the signature, the digests and the sample without Tickmark.",
      { size: sizes.small },
    ),
  ]);
}

/** The list of sections, with room for their page numbers, which are known only at the end. */
export function drawContents(flow: Flow, entries: readonly { ref: string; title: string }[]): ContentsEntry[] {
  flow.subheading("Contents");
  return entries.map(({ ref, title }) => {
    const goTo = destinationOf(ref);
    flow.need(14);
    const place = { ref, y: flow.y, page: flow.page - 1 };
    const spans = [text(ref, { color: colors.accent, goTo }), space({ text: "   " }), text(title, { goTo })];
    flow.paragraph(spans, { after: 1, tag: "TOCI" });
    return place;
  });
}
