import { itemsPath } from "../../../../shared/bundle/bundle-parts.ts";
import type { ItemOf } from "../../../../shared/model/item.ts";
import type { PopulationKind } from "../../../../shared/model/population-kind.ts";
import { populationWords } from "../../../../shared/model/population-words.ts";
import type { ReportContent } from "../../../../shared/model/report.ts";
import type { Outcome } from "../../../../shared/model/result.ts";
import type { MatrixView } from "../../../../shared/model/view.ts";
import type { Flow, Pieces } from "../flow.ts";
import { muted } from "../style.ts";
import { countOf, formatCount } from "../wording.ts";
import { destinationOf } from "../workpaper.ts";
import { drawChangeBlock } from "./change-block.ts";
import { drawDeploymentBlock } from "./deployment-block.ts";
import { drawMatrix } from "./matrix.ts";
import { drawSample } from "./sample.ts";
import { drawToldBlock } from "./told-block.ts";

type MatrixRow = MatrixView["rows"][number];

/** More than these nobody reads on paper; the rest stands in the ZIP and in the viewer. */
const mostBlocks = 120;

/** The sample of one population: how it was drawn, its matrix, and a block for each item. */
export function* drawSampledItems(flow: Flow, content: ReportContent, population: PopulationKind): Pieces {
  const matrices = content.matrices.filter(({ draw }) => draw.population === population);
  if (matrices.length === 0) return;
  const ref = populationWords[population].section;
  const { many } = populationWords[population];
  flow.startSection({ title: `Sampled ${many}`, ref, destination: destinationOf(ref) });
  const rows = new Map(matrices.flatMap((matrix) => matrix.rows.map((row) => [row.ref, row] as const)));
  const chosen = chooseBlocks([...rows.values()]);
  const refs = new Set(chosen.map((row) => row.ref));
  for (const matrix of matrices) {
    const view = content.draws.find(({ draw }) => draw.id === matrix.draw.id);
    const followers = content.draws.filter(({ draw }) => "of" in draw.purpose && draw.purpose.of === matrix.draw.id);
    if (view !== undefined) drawSample(flow, view, followers, content.curves[matrix.draw.id] ?? []);
    yield* drawMatrix(flow, matrix, (itemRef) => refs.has(itemRef));
  }
  if (chosen.length < rows.size) flow.paragraph([muted(selectionSentence(chosen.length, rows.size, population))]);
  for (const row of chosen) {
    yield;
    drawBlock(flow, content, row, population);
  }
}

/** All items where there are few; of many, those with a deviation first. In the order of the workpaper. */
function chooseBlocks(rows: readonly MatrixRow[]): readonly MatrixRow[] {
  if (rows.length <= mostBlocks) return rows;
  const deviating = rows.filter(({ outcomes }) => Object.values(outcomes).some(isDeviation));
  return deviating.slice(0, mostBlocks);
}

function isDeviation(outcome: Outcome): boolean {
  return outcome === "fail" || outcome === "no-evidence";
}

function selectionSentence(shown: number, all: number, population: PopulationKind): string {
  const { one, many } = populationWords[population];
  const blocks = `${countOf(shown, one, many)} with a deviation ${shown === 1 ? "is" : "are"} shown in full below`;
  return `Of ${formatCount(all)} tested, ${blocks}. All are in ${itemsPath(population)}.`;
}

function drawBlock(flow: Flow, content: ReportContent, row: MatrixRow, population: PopulationKind): void {
  const find = <K extends PopulationKind>(kind: K): ItemOf<K> | undefined =>
    content.items[kind].find(({ id }) => id === row.id);
  const [change, deployment] = [find("change"), find("deployment")];
  if (population === "change") {
    if (change !== undefined) drawChangeBlock(flow, content, row.ref, change);
  } else if (population === "deployment") {
    if (deployment !== undefined) drawDeploymentBlock(flow, content, row.ref, deployment);
  } else {
    const item = find(population);
    if (item !== undefined) drawToldBlock(flow, content, row.ref, population, row.title, item);
  }
}
