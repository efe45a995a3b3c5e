import type { ConclusionLimits, OutcomeCounts, Support } from "../model/conclusion.ts";
import { supportWords } from "../model/conclusion-words.ts";
import { lowerFirst, upperFirst } from "../model/letter-case.ts";
import type { PopulationKind } from "../model/population-kind.ts";
import { nounsOf } from "../model/population-words.ts";
import type { Draw } from "../model/sample.ts";
import type { ValidLimit } from "../model/sample-limit.ts";
import { formatPercent, parseDecimal } from "../sample/decimal.ts";
import { limitOf } from "../sample/limit.ts";
import { riskOf } from "../sample/risk.ts";
import { formatCount, formatShare, nameDeviations, nameItems } from "../sample/wording.ts";
import type { SampledPopulation } from "./count-limits.ts";
import type { Ruling, StagedCounts } from "./extended-sample.ts";
import type { StagedSample, Terms } from "./staged-sample.ts";

/* What a conclusion says in a workpaper. */

export function sayNothingApplicable({ tested }: OutcomeCounts, { size, itemName }: SampledPopulation): string {
  if (tested === 0) return `None of the ${nameItems(size, itemName)} was tested, so that nothing can be said.`;
  return `The control applies to none of the ${nameItems(tested, itemName)} that were tested, so that nothing can be said.`;
}

export function sayNotProjected(draw: Draw, counts: OutcomeCounts, { itemName }: SampledPopulation): string {
  const why =
    draw.basis.kind === "house-table"
      ? "Their number is that of a house table, which states no risk"
      : draw.method === "targeted"
        ? "They were chosen by the auditor for what they are"
        : "They were chosen by the auditor without chance deciding";
  return (
    `${sayFound(counts, itemName)}. ${why}: the sample is non-statistical, and nothing may be projected from it on ` +
    `the ${itemName} that were not tested.`
  );
}

export function sayEverything(
  counts: OutcomeCounts,
  { tolerableRate }: Terms,
  support: Support,
  { itemName }: SampledPopulation,
): string {
  const rate = formatShare(counts.deviations / counts.applicable, "nearest");
  const exact = `Tested at 100 %: ${lowerFirst(sayFound(counts, itemName))} (${rate}). The rate is exact and needs no limit`;
  if (tolerableRate === null) return `${exact}.`;
  const tolerable = percent(tolerableRate);
  return support === "supported"
    ? `${exact}; it is below the tolerable ${tolerable}: supported.`
    : `${exact}; it is not below the tolerable ${tolerable}: not supported.`;
}

export function sayUnweighted(counts: OutcomeCounts, support: Support, { itemName }: SampledPopulation): string {
  const apart =
    `${sayFound(counts, itemName)}, in strata that were not drawn in proportion to their sizes: their counts must not be ` +
    `added up, and each stratum has limits of its own`;
  if (support === "supported") return `${apart}. Each of them supports the tolerable rate, and so the population does.`;
  if (support === "no-tolerable-rate") return `${apart}. ${noTolerableRate}`;
  return `${apart}. Not every stratum supports the tolerable rate by itself, so that none is claimed for the population.`;
}

const noTolerableRate = "No tolerable rate was set before the draw, so that no support is claimed.";

interface JudgedCounts {
  readonly disposed: number;
  readonly overruled: number;
  readonly added: number;
}

/** How judgements made the numbers what they are; empty where there are none. */
export function sayJudged(
  { disposed, overruled, added }: JudgedCounts,
  population: PopulationKind,
  withFailures: OutcomeCounts & { readonly support: Support },
  isWithheld: boolean,
): string {
  const sentences = [
    disposed === 0
      ? ""
      : `${nameResults(disposed)} without evidence ${disposed === 1 ? "counts" : "count"} as the auditor judged by other means.`,
    added === 0
      ? ""
      : `${nameResults(added)} ${added === 1 ? "counts as a deviation" : "count as deviations"} that the auditor found and the rules did not.`,
    overruled === 0
      ? ""
      : `The auditor takes ${formatCount(overruled)} ${overruled === 1 ? "failure" : "failures"} for no deviation. ${sayWithFailures(withFailures, population, isWithheld)}`,
  ];
  return sentences.filter((sentence) => sentence !== "").join(" ");
}

function sayWithFailures(
  counts: OutcomeCounts & { readonly support: Support },
  population: PopulationKind,
  isWithheld: boolean,
): string {
  const found = `Counted as the rules found, there ${counts.deviations === 1 ? "is" : "are"} ${lowerFirst(sayFound(counts, nounsOf(population)))}`;
  return isWithheld
    ? `${found}, and the answer would be "${supportWords[counts.support]}": no conclusion is drawn on the judgement alone.`
    : `${found}, and the answer is the same.`;
}

function nameResults(count: number): string {
  return `${formatCount(count)} ${count === 1 ? "result" : "results"}`;
}

interface SaidSample {
  readonly sample: StagedSample;
  readonly counts: StagedCounts;
  readonly terms: Terms;
  readonly population: SampledPopulation;
  readonly limit: ValidLimit;
  readonly limits: ConclusionLimits;
  readonly ruling: Ruling;
  readonly isStaged: boolean;
}

export function saySample(said: SaidSample): string {
  const { sample, terms, limit, isStaged } = said;
  const remarks = [
    sayNotApplicable(said),
    sample.draw.strata === null ? "" : "The strata were drawn in proportion to their sizes and are counted together.",
    terms.isPlanned
      ? ""
      : `The size rests on no plan; ${percent(terms.confidence)} is the usual confidence. ${noTolerableRate}`,
  ];
  const main = isStaged ? sayStages(said) : sample.isExpanded ? sayExpansion(said) : limit.sentence;
  return [main, ...remarks].filter((sentence) => sentence !== "").join(" ");
}

function sayNotApplicable({ counts: { all }, population: { itemName }, limit }: SaidSample): string {
  if (all.notApplicable === 0) return "";
  const many = all.notApplicable === 1 ? "it is" : "they are";
  const method = limit.request.method === "poisson" ? "Poisson" : "binomial";
  return (
    `The control does not apply to ${formatCount(all.notApplicable)} of the ${nameItems(all.tested, itemName)} tested: ` +
    `${many} left out. How many ${itemName} of the population it applies to is not known, so that the ${method} limit is ` +
    `used, which claims no more whatever their number is.`
  );
}

function sayStages({ counts, terms, population: { itemName }, limits, ruling }: SaidSample): string {
  const { first, further, all } = counts;
  const tolerable = percent(terms.tolerableRate ?? "0");
  const found =
    further.tested === 0
      ? `${sayFound(first, itemName)} of the first stage`
      : `${sayFound(first, itemName)} of the first stage, and ${lowerFirst(sayFound(further, itemName))} of the second`;
  const limit = `with ${percent(terms.confidence)} confidence no more than ${formatShare(limits.upper, "up")} deviate`;
  const risk =
    ruling.trueRisk === null
      ? ""
      : ` The control does not apply to some of them; with what is left the risk of both stages is ${formatShare(ruling.trueRisk, "up")}.`;
  const verdict = sayStageRuling(ruling.support, all, tolerable);
  return `${found}: ${limit}. ${verdict}.${risk}`;
}

function sayStageRuling(support: Support, { deviations }: OutcomeCounts, tolerable: string): string {
  if (support === "supported") return `By the two-stage plan fewer than the tolerable ${tolerable} deviate: supported`;
  if (support === "second-stage-due") return "By the two-stage plan the second stage decides, and has to be drawn";
  return deviations > 1
    ? `By the two-stage plan that fewer than the tolerable ${tolerable} deviate is not supported`
    : "That is within the two-stage plan, but too few items are left for its risk: not supported";
}

function sayExpansion({ counts: { first }, terms, population: { itemName }, limit, ruling }: SaidSample): string {
  if (terms.tolerableRate === null) {
    return `${limit.sentence} ${addedTo(first, itemName)}, so that the confidence is not that of the whole procedure.`;
  }
  if (ruling.support !== "withheld") {
    const why = ruling.support === "supported" ? "; what the first items showed did not call for it" : "";
    return `${limit.sentence} ${addedTo(first, itemName)}${why}.`;
  }
  const unsupported = limitOf({ ...limit.request, tolerableRate: null });
  const tail = formatShare(limit.tailAtTolerable ?? 1, "up");
  const risk = formatShare(ruling.trueRisk ?? 1, "up");
  return (
    `${unsupported.sentence} ${addedTo(first, itemName)}, which did not support the tolerable ` +
    `${percent(terms.tolerableRate)}. All items together would (${tail}), but the true risk of adding items until they do ` +
    `is ${risk} and not ${formatShare(riskOf(terms.confidence), "nearest")}: support is withheld.`
  );
}

function addedTo({ tested }: OutcomeCounts, itemName: string): string {
  return `Items were added outside of any plan to the first ${nameItems(tested, itemName)}`;
}

/** `2 deviations in 60 changes`. */
function sayFound({ deviations, applicable }: OutcomeCounts, itemName: string): string {
  return upperFirst(`${nameDeviations(deviations)} in ${nameItems(applicable, itemName)}`);
}

function percent(text: string): string {
  return formatPercent(parseDecimal(text));
}
