import { nounsOf } from "../model/population-words.ts";
import type { Draw } from "../model/sample.ts";
import { formatCount, nameItems } from "./wording.ts";

/** What the size of a draw rests on and what the draw is for, in sentences for the workpaper. */
export function describeDrawing(draw: Draw): string[] {
  return [...describePurpose(draw), ...describeBasis(draw), ...describeStrata(draw)];
}

function describePurpose({ purpose, size, population, items }: Draw): string[] {
  const what = nameItems(size, nounsOf(population));
  switch (purpose.kind) {
    case "initial":
      return [];
    case "second-stage":
      return [
        `Second stage of draw ${purpose.of}: the next ${what} in its order of rank, since the first stage had exactly one ` +
          `deviation of ${purpose.controls.join(", ")}.`,
      ];
    case "expansion":
      return [
        `Expansion of draw ${purpose.of} by the next ${what} in its order of rank.`,
        purpose.risk?.sentence ??
          "It was not planned, and no plan stated a risk for the first items: none can be claimed for all of them together.",
      ];
    case "replacement":
      return [
        `${items[0]} takes the place of ${purpose.replaces} in draw ${purpose.of}, which ` +
          `${purpose.reason === "void" ? "was never carried out" : "cannot be tested since no control applies to it"}: ` +
          purpose.explanation,
      ];
  }
}

function describeBasis({ purpose, basis, method, populationSize, population }: Draw): string[] {
  if (purpose.kind !== "initial") return [];
  if (method === "everything") {
    return [
      `All ${nameItems(populationSize, nounsOf(population))} are tested: the counts are exact, and nothing is estimated.`,
    ];
  }
  if (method === "targeted" || method === "haphazard") {
    const how = method === "targeted" ? "for what they are" : "without a plan";
    return [`The auditor named the items ${how}: non-statistical, and no limit for the population can be stated.`];
  }
  switch (basis.kind) {
    case "plan":
    case "two-stage-plan":
      return [basis.plan.sentence];
    case "house-table":
      return [basis.sentence];
    case "judgement":
      return ["The size is the auditor's own judgement; no confidence was planned."];
  }
}

function describeStrata({ purpose, strata }: Draw): string[] {
  if (strata === null || purpose.kind !== "initial") return [];
  const sizes = strata.sizes.map(
    ({ name, population, sample }) => `${name} ${formatCount(sample)} of ${formatCount(population)}`,
  );
  const how =
    strata.allocation === "proportional"
      ? "in proportion to their sizes"
      : "in sizes that the auditor set, so that only each stratum by itself says something about its items";
  return [`Stratified by ${strata.key.replace("-", " ")}, ${how}: ${sizes.join("; ")}.`];
}
