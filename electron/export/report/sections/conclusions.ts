import type { Conclusion, StratumConclusion } from "../../../../shared/model/conclusion.ts";
import { basisWords, standings, supportMeanings, supportWords } from "../../../../shared/model/conclusion-words.ts";
import { plotConclusions, plotControl } from "../../../../shared/model/plot-interval.ts";
import { populationWords } from "../../../../shared/model/population-words.ts";
import { formatRate, formatTypedRate } from "../../../../shared/model/rate-text.ts";
import type { ReportContent } from "../../../../shared/model/report.ts";
import type { Flow } from "../flow.ts";
import { drawIntervalPlot, standingColors } from "../plots/interval-plot.ts";
import { colors, muted, sizes, spaced, strong, text } from "../style.ts";
import { type Cell, type Column, cell, drawTable, numberCell, type Row } from "../table.ts";
import { formatCount } from "../wording.ts";
import { controlRef, destinationOf } from "../workpaper.ts";
import { drawFacts, type Fact } from "./facts-list.ts";
import { judgementsRef } from "./judgements.ts";

export const conclusionsRef = "A.0";
const small = { size: sizes.small };

/** All controls in one picture and one table: what was found, what follows for the population, what may be relied on. */
export function drawConclusions(flow: Flow, content: ReportContent): void {
  const conclusions = content.matrices.flatMap(({ summaries }) => summaries);
  if (conclusions.length === 0) return;
  const destination = destinationOf(conclusionsRef);
  flow.startPage();
  flow.startBlock({ title: "Conclusions: rates against what is tolerable", ref: conclusionsRef, destination });
  flow.paragraph([
    text(
      "A point is the most likely rate of deviation, the line from it ends at the one-sided upper limit, and the grey bar is " +
        "the two-sided interval. A filled point is supported, a hollow one is not; a square is still open; a diamond makes no " +
        "claim. A control is supported when its limit stays below the dashed line.",
    ),
  ]);
  drawIntervalPlot(flow, plotConclusions(conclusions));
  drawTable(
    flow,
    columns,
    conclusions.map((conclusion) => conclusionRow(content, conclusion)),
  );
  const used = [...new Set(conclusions.map(({ support }) => support))];
  for (const support of used) {
    flow.paragraph(spaced(strong(`${supportWords[support]}:`, small), text(`${supportMeanings[support]}.`, small)), {
      after: 1,
    });
  }
}

const columns: readonly Column[] = [
  { title: "Ref", width: 24 },
  { title: "Control" },
  { title: "Applicable", width: 40, align: "right" },
  { title: "Deviations", width: 40, align: "right" },
  { title: "Rate", width: 40, align: "right" },
  { title: "Upper limit", width: 44, align: "right" },
  { title: "Tolerable", width: 38, align: "right" },
  { title: "Projected, at most", width: 56, align: "right" },
  { title: "Reliance", width: 64 },
];

function conclusionRow(content: ReportContent, conclusion: Conclusion): Row {
  const ref = controlRef(content, conclusion.control);
  const goTo = ref === null ? undefined : destinationOf(ref);
  const { population, projection, tolerableRate, basis } = conclusion;
  return {
    cells: [
      cell(text(ref ?? "", { ...small, color: colors.accent, goTo })),
      [
        spaced(strong(conclusion.control, { ...small, goTo }), text(`on ${populationWords[population].many}`, small)),
        ...(basis === "statistical" ? [] : [[muted(basisWords[basis], { size: sizes.mono })]]),
      ],
      asTestedCell(conclusion.applicable, conclusion.asTested.applicable, formatCount),
      asTestedCell(conclusion.deviations, conclusion.asTested.deviations, formatCount),
      ...conclusionCells(conclusion),
      figureCell(tolerableRate === null ? "–" : formatTypedRate(tolerableRate)),
      figureCell(
        projection === null ? "–" : `${formatCount(projection.upper)} of ${formatCount(projection.populationSize)}`,
      ),
      verdictCell(conclusion),
    ],
  };
}

const sayRate = (rate: number | null) => (rate === null ? "–" : formatRate(rate));
const sayUpper = (upper: number | null) => (upper === null ? "–" : formatRate(upper, "up"));

/** As judged, and below it as tested where that is another number. */
function conclusionCells({ rate, limits, asTested }: Conclusion): Cell[] {
  return [asTestedCell(rate, asTested.rate, sayRate), asTestedCell(limits?.upper ?? null, asTested.upper, sayUpper)];
}

function asTestedCell<T>(judged: T, tested: T, say: (value: T) => string): Cell {
  const shown = text(say(judged), { ...small, tabular: true });
  return judged === tested ? cell(shown) : [[shown], [muted(`tested ${say(tested)}`, { size: sizes.mono })]];
}

function rateCells({ rate, limits }: Conclusion | StratumConclusion): Cell[] {
  return [
    figureCell(rate === null ? "–" : formatRate(rate)),
    figureCell(limits === null ? "–" : formatRate(limits.upper, "up")),
  ];
}

function figureCell(content: string): Cell {
  return cell(text(content, { ...small, tabular: true }));
}

function verdictCell({ support }: Conclusion | StratumConclusion): Cell {
  return cell(strong(supportWords[support], { ...small, color: standingColors[standings[support]] }));
}

const strataColumns: readonly Column[] = [
  { title: "Stratum" },
  { title: "Population", width: 52, align: "right" },
  { title: "Applicable", width: 44, align: "right" },
  { title: "Deviations", width: 44, align: "right" },
  { title: "Rate", width: 44, align: "right" },
  { title: "Upper limit", width: 48, align: "right" },
  { title: "Reliance", width: 82 },
];

/** On a control's own page: its picture, its strata, and what follows in sentences. */
export function drawConclusion(flow: Flow, conclusion: Conclusion): void {
  if (conclusion.rate !== null || conclusion.strata.length > 0)
    drawIntervalPlot(flow, plotControl(conclusion), conclusion.strata.length > 0 ? 96 : undefined);
  if (conclusion.strata.length > 0) {
    drawTable(flow, strataColumns, conclusion.strata.map(stratumRow), 6);
  }
  const { projection, further } = conclusion;
  const facts: Fact[] = [["Conclusion", [text(conclusion.sentence)]]];
  if (projection) facts.push(["Projection", [text(projection.sentence)]]);
  if (further && further.additional !== 0) facts.push(["Further sample", [text(further.sentence)]]);
  if (isJudged(conclusion)) facts.push(["As tested", [text(sayTested(conclusion))]]);
  drawFacts(flow, facts, 2);
}

function isJudged({ disposed, overruled, added }: Conclusion): boolean {
  return disposed + overruled + added > 0;
}

/** The numbers without any judgement, in a sentence. */
function sayTested({ asTested: { deviations, applicable, rate, upper, support } }: Conclusion): string {
  const limit = upper === null ? "" : `, upper limit ${sayUpper(upper)}`;
  return (
    `Without any judgement ${formatCount(deviations)} of ${formatCount(applicable)} deviate (rate ${sayRate(rate)}${limit}): ` +
    `${supportWords[support]}. The judgements are in section ${judgementsRef}.`
  );
}

function stratumRow(stratum: StratumConclusion): Row {
  return {
    cells: [
      cell(text(stratum.stratum, small)),
      numberCell(stratum.populationSize),
      numberCell(stratum.applicable),
      numberCell(stratum.deviations),
      ...rateCells(stratum),
      verdictCell(stratum),
    ],
  };
}
