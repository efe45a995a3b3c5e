import { type Assertion, type Control, populationsOf } from "../../../../shared/model/catalog.ts";
import { nounsOf } from "../../../../shared/model/population-words.ts";
import type { ReportContent } from "../../../../shared/model/report.ts";
import type { Result } from "../../../../shared/model/result.ts";
import { clip, shorten, showLines } from "../../viewer/page/visible-text.js";
import type { Flow, Pieces } from "../flow.ts";
import { colors, mono, muted, outcomeWords, sizes, space, spaced, strong, text } from "../style.ts";
import { type Column, cell, drawTable, numberCell, type Row } from "../table.ts";
import type { Span } from "../text-runs.ts";
import { formatCount, shortId } from "../wording.ts";
import { destinationOf } from "../workpaper.ts";
import { drawConclusion } from "./conclusions.ts";
import { drawFacts, type Fact } from "./facts-list.ts";
import { itemRefs } from "./item-refs.ts";

/** What each control is for, how it was tested, and what came out. */
export function* drawControls(flow: Flow, content: ReportContent): Pieces {
  for (const [index, control] of content.catalog.controls.entries()) {
    yield;
    const ref = `A.${index + 1}`;
    const title = `${control.id} ${control.title}`;
    flow.startBlock({ title, ref, destination: destinationOf(ref) }, 150);
    drawPurpose(flow, content, control);
    for (const assertion of control.assertions) drawProcedure(flow, assertion);
    drawCounts(flow, content, control);
    drawDeviations(flow, content, control);
  }
}

function drawPurpose(flow: Flow, content: ReportContent, control: Control): void {
  const frameworks = Object.entries(control.frameworks).map(([name, ids]) => `${name}: ${ids.join(", ")}`);
  const parameters = Object.entries(control.parameters).map(([name, parameter]) => {
    const set = content.parameters[control.id]?.[name];
    const origin = set === undefined ? "default of the catalog" : "set for this engagement";
    return spaced(
      mono(`${name} = ${JSON.stringify(set ?? parameter.default)}`),
      text(`(${origin}): ${parameter.meaning}`),
    );
  });
  const facts: Fact[] = [
    ["Objective", [text(control.objective)]],
    ["Risk", [text(control.risk)]],
    ["Tested on", [text(`${populationsOf(control).map(nounsOf).join(" and ")}, one by one`)]],
    ["Requirements", [text(frameworks.join("; ") || "none named")]],
  ];
  if (parameters.length > 0) facts.push(["Parameters", ...parameters]);
  drawFacts(flow, facts, 2);
}

/** The rule in words, and as it was evaluated. */
function drawProcedure(flow: Flow, assertion: Assertion): void {
  flow.subheading(`Procedure: ${assertion.id}`, 60);
  const facts: Fact[] = [
    ["Needs", [text(`evidence of ${assertion.needs.join(", ")}; without it, the outcome is "no evidence"`)]],
  ];
  if (assertion.appliesWhen !== "true") {
    facts.push(["Applies when", ...expression(assertion.appliesWhen), sentence("otherwise:", assertion.doesNotApply)]);
  }
  for (const clause of assertion.noEvidenceWhen) {
    facts.push(["No evidence when", ...expression(clause.when), sentence("then:", clause.say)]);
  }
  facts.push(["Passes when", ...expression(assertion.pass), sentence("then:", assertion.passes)]);
  for (const clause of assertion.failures) {
    facts.push(["Fails when", ...expression(clause.when), sentence("then:", clause.say)]);
  }
  facts.push(["Fails otherwise", sentence("", assertion.fails)]);
  drawFacts(flow, facts, 2);
}

/** A rule in CEL keeps its lines and indents. */
function expression(cel: string): Span[][] {
  return showLines(cel).map((line) => {
    // With spaces that neither vanish nor end a line.
    const indented = line.replace(/^ +/, (spaces) => "\u00a0".repeat(spaces.length));
    return [{ text: indented, face: "mono", size: sizes.mono, color: colors.ink }];
  });
}

/** A sentence of the catalog: what stands in braces is read from the item. */
function sentence(before: string, say: string): Span[] {
  const style = { size: sizes.small, color: colors.muted };
  const parts = say.split(/(\{[^{}]*\})/).filter((part) => part !== "");
  const spans = parts.map(
    (part): Span => ({
      ...text("", style),
      text: part,
      ...(part.startsWith("{") ? { face: "mono" as const, size: sizes.mono } : {}),
    }),
  );
  return before === "" ? spans : [text(before, style), space(style), ...spans];
}

const countColumns: readonly Column[] = [
  { title: "Sample" },
  { title: "Tested", width: 44, align: "right" },
  { title: "Pass", width: 40, align: "right" },
  { title: "Fail", width: 40, align: "right" },
  { title: "No evidence", width: 52, align: "right" },
  { title: "Not applicable", width: 58, align: "right" },
  { title: "Deviations", width: 48, align: "right" },
];

function drawCounts(flow: Flow, content: ReportContent, control: Control): void {
  flow.subheading("Results", 50);
  const rows = content.matrices.flatMap(({ draw, summaries }) =>
    summaries
      .filter((summary) => summary.control === control.id)
      .map((summary): Row => {
        const counts = [
          summary.tested,
          summary.pass,
          summary.fail,
          summary.noEvidence,
          summary.notApplicable,
          summary.deviations,
        ];
        const sample = `${formatCount(draw.size)} of ${formatCount(draw.populationSize)} ${nounsOf(draw.population)}`;
        return { cells: [cell(text(sample, { size: sizes.small })), ...counts.map(numberCell)] };
      }),
  );
  if (rows.length === 0) flow.paragraph([muted("Not tested: no sample of its population was drawn.")]);
  else drawTable(flow, countColumns, rows, 6);
  for (const { summaries } of content.matrices) {
    for (const summary of summaries) if (summary.control === control.id) drawConclusion(flow, summary);
  }
}

const deviationColumns: readonly Column[] = [
  { title: "Ref", width: 34 },
  { title: "Item", width: 130 },
  { title: "Outcome", width: 54 },
  { title: "Reason" },
];
const mostDeviations = 30;

function drawDeviations(flow: Flow, content: ReportContent, control: Control): void {
  const { count, first } = findDeviations(content, control);
  if (count === 0) return;
  flow.subheading("Deviations", 50);
  drawTable(
    flow,
    deviationColumns,
    first.map((result) => deviationRow(content, result)),
    3,
  );
  if (count > mostDeviations) {
    const rest = formatCount(count - mostDeviations);
    flow.paragraph([muted(`${rest} more are in results.jsonl.`, { size: sizes.small })]);
  }
}

/** How many results deviate, and as many of them as are shown. */
function findDeviations({ results }: ReportContent, control: Control): { count: number; first: readonly Result[] } {
  let count = 0;
  const first: Result[] = [];
  for (const { population, item, control: id, assertion, outcome } of results.outcomes()) {
    if (id !== control.id || (outcome !== "fail" && outcome !== "no-evidence")) continue;
    count += 1;
    if (count > mostDeviations) continue;
    const isIt = (result: Result) => result.control === id && result.assertion === assertion;
    first.push(...results.of(population, item).filter(isIt));
  }
  return { count, first };
}

function deviationRow(content: ReportContent, result: Result): Row {
  const ref = itemRefs(content).get(result.item)?.ref;
  const goTo = ref === undefined ? undefined : destinationOf(ref);
  const small = { size: sizes.small };
  return {
    cells: [
      cell(text(ref ?? "–", { ...small, color: colors.accent, goTo })),
      cell(mono(clip(shortId(result.item), 90), { size: 6.5 })),
      cell(strong(outcomeWords[result.outcome], small)),
      cell(text(shorten(result.reason, 400), small)),
    ],
  };
}
