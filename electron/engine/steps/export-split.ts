import { type BundleSplit, isControlInPart, isSampleInPart, partsOf } from "../../../shared/bundle/bundle-split.ts";
import type { ItemsByKind } from "../../../shared/model/item.ts";
import { PopulationKind } from "../../../shared/model/population-kind.ts";
import type { SplitBy } from "../../../shared/model/split.ts";
import { type ExportContent, type GatheredContent, idsOfDraws, listItems } from "./export-content.ts";

/** A bundle that is written: its file, and what goes into it. */
export interface ExportPart {
  readonly target: string;
  readonly content: ExportContent;
}

/**
 * One bundle of everything, or one for each control or sample: `NAME.REV-01.zip`. Each part states its own results and conclusions, holds the
 * evidence for them, keeps the draw log and the activity log whole, and names the others.
 *
 * @param target path of the bundle, were it one
 */
export function layOutParts(gathered: GatheredContent, by: SplitBy | null, target: string): ExportPart[] {
  if (by === null) return [{ target, content: gathered.content }];
  const { content } = gathered;
  const names = partsOf(by, content.samples, content.catalog);
  const pathOf = (part: string) => target.replace(/(\.[^.]+)$/, `.${part}$1`);
  return names.map((part) => {
    const siblings = names.filter((name) => name !== part).map((name) => fileNameOf(pathOf(name)));
    return { target: pathOf(part), content: restrict(gathered, { by, part, siblings }) };
  });
}

function restrict({ content, evidence }: GatheredContent, split: BundleSplit): ExportContent {
  const samples = content.samples.filter((sample) => isSampleInPart(split, sample, content.catalog));
  const items = Object.fromEntries(
    PopulationKind.options.map((kind) => {
      const drawn = new Set(samples.filter(({ population }) => population === kind).flatMap((sample) => sample.drawn));
      return [kind, content.items[kind].filter(({ id }) => drawn.has(id))];
    }),
  ) as unknown as ItemsByKind;
  const ids = new Set(samples.map(({ id }) => id));
  const stated = new Map(PopulationKind.options.map((kind) => [kind, new Set(items[kind].map(({ id }) => id))]));
  const isStated = (population: PopulationKind, item: string) => stated.get(population)?.has(item) === true;
  return {
    ...content,
    part: { ...content.part, testedDraws: idsOfDraws(samples), split },
    samples,
    items,
    results: content.results.pick(
      (population, item, control) => isControlInPart(split, control) && isStated(population, item),
    ),
    summaries: content.summaries.filter(({ control, drawId }) => isControlInPart(split, control) && ids.has(drawId)),
    evidence: evidence.choose(listItems(items)),
  };
}

function fileNameOf(path: string): string {
  return path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
}
