import type { OutcomeCounts, StratumConclusion } from "../model/conclusion.ts";
import { nounsOf } from "../model/population-words.ts";
import { furtherSample } from "../sample/further-sample.ts";
import { limitsOf, supportOf } from "./conclusion-by-counts.ts";
import * as say from "./conclusion-sentence.ts";
import { limitOfCounts, projectCounts } from "./count-limits.ts";
import { basisOf, type StagedSample, termsOf } from "./staged-sample.ts";

/** Each stratum of a stratified sample by itself, also those of which nothing was drawn; none of another sample. */
export function concludeStrata(
  sample: StagedSample,
  count: (items: readonly string[]) => OutcomeCounts,
): StratumConclusion[] {
  const { strata } = sample.draw;
  if (strata === null || basisOf(sample.draw) !== "statistical") return [];
  return strata.sizes.map(({ name, population }) => {
    const items = sample.items.filter((item) => sample.stratumOf.get(item) === name);
    return concludeStratum(sample, name, population, count(items));
  });
}

function concludeStratum(
  sample: StagedSample,
  stratum: string,
  size: number,
  counts: OutcomeCounts,
): StratumConclusion {
  const terms = termsOf(sample.draw.basis);
  const population = { size, itemName: nounsOf(sample.draw.population) };
  const named = { stratum, populationSize: size, ...counts };
  const limit = limitOfCounts(counts, terms, population);
  if (!limit) {
    const sentence = say.sayNothingApplicable(counts, population);
    return {
      ...named,
      rate: null,
      limits: null,
      support: "nothing-applicable",
      projection: null,
      further: null,
      sentence,
    };
  }
  // An extended sample has no risk of its own in each stratum.
  const isExtended = sample.further.length > 0;
  const support = supportOf(limit);
  return {
    ...named,
    rate: limit.mostLikelyRate,
    limits: limitsOf(limit),
    support: support === "supported" && isExtended ? "withheld" : support,
    projection: projectCounts(counts, terms, population),
    further: isExtended ? null : furtherSample(limit),
    sentence: limit.sentence,
  };
}
