import type { Item } from "../../../../shared/model/item.ts";
import { tellItem } from "../../../../shared/model/item-telling.ts";
import { upperFirst } from "../../../../shared/model/letter-case.ts";
import type { PopulationKind } from "../../../../shared/model/population-kind.ts";
import { populationWords } from "../../../../shared/model/population-words.ts";
import type { ReportContent } from "../../../../shared/model/report.ts";
import { shorten } from "../../viewer/page/visible-text.js";
import type { Flow } from "../flow.ts";
import { mono, muted, sizes, spaced, text } from "../style.ts";
import { countOf, shortEvidencePath } from "../wording.ts";
import { destinationOf } from "../workpaper.ts";
import { drawFacts, type Fact } from "./facts-list.ts";
import { drawItemResults } from "./item-results.ts";

/** Lines of a field and records that stand on paper; the rest is in the ZIP. */
const [mostLines, mostRecords] = [8, 6];

/** One sampled item of a kind without a chain: everything that it says, the records that it rests on, and the results. */
export function drawToldBlock(
  flow: Flow,
  content: ReportContent,
  ref: string,
  population: PopulationKind,
  title: string,
  item: Item,
): void {
  flow.startBlock({ title: shorten(title, 120), ref, destination: destinationOf(ref) }, 150);
  const name = populationWords[population].one;
  drawFacts(
    flow,
    [
      [upperFirst(name), [mono(shorten(item.id, 200))]],
      ...tellItem(item).map((field): Fact => [field.name, ...paragraphsOf(field.lines, mostLines, "line")]),
      ["Evidence", ...recordsOf(item)],
    ],
    3,
  );
  drawItemResults(flow, content, content.results.of(population, item.id));
}

function paragraphsOf(lines: readonly string[], most: number, what: string): ReturnType<typeof spaced>[] {
  const shown = lines.slice(0, most).map((line) => [text(shorten(line, 400))]);
  return lines.length > most
    ? [...shown, [muted(`${countOf(lines.length - most, `more ${what}`)} in the ZIP`)]]
    : shown;
}

function recordsOf({ evidence }: Item): ReturnType<typeof spaced>[] {
  if (evidence.length === 0) return [[muted("no record: nothing was found")]];
  const shown = evidence
    .slice(0, mostRecords)
    .map(({ evidence: sha256, as }) => spaced(text(as), mono(shortEvidencePath(sha256), { size: sizes.small })));
  const more = evidence.length - shown.length;
  return more > 0 ? [...shown, [muted(`${countOf(more, "more record")} in the ZIP`)]] : shown;
}
