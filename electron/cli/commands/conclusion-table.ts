import type { Conclusion } from "../../../shared/model/conclusion.ts";
import { basisWords, supportMeanings, supportWords } from "../../../shared/model/conclusion-words.ts";
import { nounsOf } from "../../../shared/model/population-words.ts";
import { formatRate, formatTypedRate } from "../../../shared/model/rate-text.ts";

interface Column {
  readonly head: string;
  readonly width: number;
  readonly isLeft?: boolean;
  readonly of: (conclusion: Conclusion) => string;
}

const nothing = "-";

/** 100 letters in all. The whole of it, with intervals, strata and sentences, is in --json. */
const columns: readonly Column[] = [
  { head: "control", width: 7, isLeft: true, of: ({ control }) => control },
  { head: "what it says", width: 26, isLeft: true, of: ({ title }) => clip(title, 26) },
  { head: "tested", width: 6, of: ({ tested }) => String(tested) },
  { head: "n/a", width: 4, of: ({ notApplicable }) => String(notApplicable) },
  { head: "deviate", width: 7, of: ({ deviations }) => String(deviations) },
  { head: "rate", width: 8, of: ({ rate }) => (rate === null ? nothing : formatRate(rate)) },
  { head: "at most", width: 8, of: ({ limits }) => (limits === null ? nothing : formatRate(limits.upper, "up")) },
  {
    head: "tolerable",
    width: 9,
    of: ({ tolerableRate }) => (tolerableRate === null ? nothing : formatTypedRate(tolerableRate)),
  },
  { head: "reliance", width: 17, isLeft: true, of: ({ support }) => supportWords[support] },
];

/** A table for each sample, and what its words mean. */
export function describeConclusions(conclusions: readonly Conclusion[]): string[] {
  const samples = Map.groupBy(conclusions, ({ drawId }) => drawId);
  const used = new Set(conclusions.map(({ support }) => support));
  return [
    ...[...samples.values()].flatMap((sample) => [...describeSample(sample), ""]),
    ...[...used].flatMap((support) => wrap(`${supportWords[support]}: ${supportMeanings[support]}.`)),
  ];
}

function describeSample(conclusions: readonly Conclusion[]): string[] {
  const [first] = conclusions;
  if (!first) return [];
  const head = `${nounsOf(first.population)}, ${basisWords[first.basis]}, from a population of ${first.populationSize}`;
  return [
    `Conclusions on ${head}:`,
    line(({ head }) => head),
    ...conclusions.map((each) => line(({ of }) => of(each))),
    ...conclusions.filter(isJudged).flatMap((each) => wrap(sayTested(each))),
  ];
}

function isJudged({ disposed, overruled, added }: Conclusion): boolean {
  return disposed + overruled + added > 0;
}

/** The numbers without any judgement, beside those with them. */
function sayTested({ control, asTested: { deviations, applicable, upper, support } }: Conclusion): string {
  const limit = upper === null ? "" : `, at most ${formatRate(upper, "up")}`;
  return `${control} as tested, without any judgement: ${deviations} of ${applicable} deviate${limit}; ${supportWords[support]}`;
}

function line(cellOf: (column: Column) => string): string {
  const cells = columns.map((column) => {
    const cell = cellOf(column);
    return column.isLeft ? cell.padEnd(column.width) : cell.padStart(column.width);
  });
  return cells.join(" ").trimEnd();
}

function clip(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}

/** Words on lines of at most 100 letters, the later ones indented. */
function wrap(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < 100) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(lines.length === 0 ? word : `  ${word}`);
  }
  return lines;
}
