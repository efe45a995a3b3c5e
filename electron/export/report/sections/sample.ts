import { idsPath } from "../../../../shared/bundle/bundle-parts.ts";
import { plotPlanning } from "../../../../shared/model/plot-planning.ts";
import { populationWords } from "../../../../shared/model/population-words.ts";
import type { Draw, SampleMethod } from "../../../../shared/model/sample.ts";
import type { PlanPoint } from "../../../../shared/model/sample-plan.ts";
import type { DrawView } from "../../../../shared/model/view.ts";
import { shorten, showLines } from "../../viewer/page/visible-text.js";
import type { Flow } from "../flow.ts";
import { bodyWidth } from "../flow.ts";
import { drawPlanningPlot } from "../plots/planning-plot.ts";
import { margins } from "../report-document.ts";
import { colors, mono, muted, outcomeColors, sizes, space, strong, text } from "../style.ts";
import { type Column, cell, drawTable, numberCell } from "../table.ts";
import { setLines } from "../text-lines.ts";
import type { Span } from "../text-runs.ts";
import { countOf, formatCount, formatInstant, shortId } from "../wording.ts";
import { drawFacts, type Fact } from "./facts-list.ts";

const methods: Readonly<Record<SampleMethod, string>> = {
  rank: "by rank: the items with the lowest SHA-256 of the seed, a vertical bar and the item's id",
  systematic: "systematic: every so many of the ids in byte order, from a start that the seed gives",
  stratified: "stratified: by rank of the SHA-256 of seed, vertical bar and id, within each stratum",
  targeted: "targeted: named by the auditor for what the items are",
  haphazard: "haphazard: named by the auditor without chance deciding",
  everything: "everything: each item of the population was tested, so that nothing was left to chance",
};

/** How a sample was drawn, and all that followed the draw, so that anyone can draw it again. */
export function drawSample(
  flow: Flow,
  initial: DrawView,
  followers: readonly DrawView[],
  curve: readonly PlanPoint[],
): void {
  flow.subheading(initial.standing === "apart" ? "How the items were chosen" : "How the sample was drawn", 120);
  if (!initial.draw.statistical && initial.draw.method !== "everything") drawNonStatistical(flow, initial.draw);
  drawFacts(flow, factsOf(initial));
  drawPlan(flow, initial.draw, curve);
  drawStrata(flow, initial.draw);
  drawReasons(flow, initial.draw);
  drawRepetition(flow, initial);
  drawReplacements(flow, followers);
  for (const follower of followers) {
    if (follower.draw.purpose.kind !== "replacement") drawExtension(flow, follower);
  }
}

function drawNonStatistical(flow: Flow, { population }: Draw): void {
  const { many } = populationWords[population];
  flow.paragraph([
    strong(
      `Non-statistical: the counts are of the items that were named, and nothing may be projected from them on other ${many}.`,
      { color: outcomeColors["no-evidence"] },
    ),
  ]);
}

function factsOf({ draw, sentences }: DrawView): Fact[] {
  const { one, many } = populationWords[draw.population];
  return [
    ["Method", [text(methods[draw.method])]],
    ["Size", [text(`${formatCount(draw.size)} of ${countOf(draw.populationSize, one, many)}`)]],
    ["Basis", ...sentences.map((sentence) => [text(shorten(sentence, 1200))])],
    ["Rationale", [text(shorten(draw.rationale, 1200))]],
    ["Seed", [draw.seed === "" ? text("none: nothing was drawn by chance") : mono(draw.seed)]],
    ["Population digest", [mono(draw.populationDigest)]],
    ["Drawn", [text(`${formatInstant(draw.at)} by ${draw.by}, as ${draw.id}`)]],
  ];
}

function drawPlan(flow: Flow, { basis }: Draw, curve: readonly PlanPoint[]): void {
  if (basis.kind !== "plan" || curve.length === 0) return;
  flow.subheading("Size of the sample against the tolerable rate", 130);
  drawPlanningPlot(flow, plotPlanning(curve, basis.plan));
}

const strataColumns: readonly Column[] = [
  { title: "Stratum" },
  { title: "In the population", width: 84, align: "right" },
  { title: "Drawn", width: 60, align: "right" },
];

function drawStrata(flow: Flow, { strata }: Draw): void {
  if (strata === null) return;
  const small = { size: sizes.small };
  drawTable(
    flow,
    strataColumns,
    strata.sizes.map(({ name, population, sample }) => ({
      cells: [cell(text(shorten(name, 120), small)), numberCell(population), numberCell(sample)],
    })),
  );
}

const reasonColumns: readonly Column[] = [{ title: "Item", width: 190 }, { title: "Why it was named" }];
const mostReasons = 60;

function drawReasons(flow: Flow, { items, reasons }: Draw): void {
  if (reasons.length === 0) return;
  const small = { size: sizes.small };
  drawTable(
    flow,
    reasonColumns,
    items.slice(0, mostReasons).map((item, index) => ({
      cells: [cell(mono(shortId(item), { size: 6.5 })), cell(text(shorten(reasons[index] ?? "", 400), small))],
    })),
  );
  const more = items.length - mostReasons;
  if (more > 0) flow.paragraph([muted(`${countOf(more, "more reason")} in the draw log.`, small)]);
}

function drawRepetition(flow: Flow, { draw, command }: DrawView): void {
  if (draw.method === "targeted" || draw.method === "haphazard") return;
  flow.paragraph(
    [muted(`To draw it again from ${idsPath(draw.population)}, in the unpacked bundle:`, { size: sizes.small })],
    { after: 2 },
  );
  drawCommand(flow, command);
}

const replacementColumns: readonly Column[] = [
  { title: "Not tested", width: 130 },
  { title: "In its place", width: 130 },
  { title: "Why" },
  { title: "When, by whom", width: 92 },
];

/** Items that cannot be tested are replaced by the next of the same ranking; missing evidence is no reason. */
function drawReplacements(flow: Flow, followers: readonly DrawView[]): void {
  const small = { size: sizes.small };
  const rows = followers.flatMap(({ draw }) => {
    const { purpose } = draw;
    if (purpose.kind !== "replacement") return [];
    const reason = purpose.reason === "void" ? "never carried out" : "no control applies";
    return {
      cells: [
        cell(mono(shortId(purpose.replaces), { size: 6.5 })),
        cell(mono(shortId(draw.items[0] ?? ""), { size: 6.5 })),
        cell(text(`${reason}: ${shorten(purpose.explanation, 300)}`, small)),
        [[text(formatInstant(draw.at), small)], [text(draw.by, small)]],
      ],
    };
  });
  if (rows.length === 0) return;
  flow.subheading("Replacements, in the order of the ranking", 50);
  drawTable(flow, replacementColumns, rows);
}

function drawExtension(flow: Flow, view: DrawView): void {
  const { purpose, size, at, by, id } = view.draw;
  const isPlanned = purpose.kind === "second-stage";
  flow.subheading(isPlanned ? "Second stage of the plan" : "Expansion outside of any plan", 70);
  const sentences = view.sentences.map((sentence) => [text(shorten(sentence, 1200))]);
  drawFacts(flow, [
    ["Why", ...sentences],
    ["Size", [text(`${formatCount(size)} more`)]],
    ["Drawn", [text(`${formatInstant(at)} by ${by}, as ${id}`)]],
  ]);
  drawCommand(flow, view.command);
}

/** A shell command keeps its lines, on a ground that sets it apart. */
export function drawCommand(flow: Flow, command: string): void {
  const lines = showLines(command).flatMap((line) => setLines(flow.cutter, [code(line)], bodyWidth - 12));
  flow.lines(lines, margins.left + 6, "Code");
  flow.y += 6;
}

function code(line: string): Span {
  return line === ""
    ? space({ face: "mono", size: sizes.mono })
    : { text: line, face: "mono", size: sizes.mono, color: colors.ink };
}
