import type { EngagementPart } from "../bundle/bundle-parts.ts";
import { isControlInPart } from "../bundle/bundle-split.ts";
import { faultOf } from "../errors.ts";
import { parseCatalog } from "../evaluation/catalog-text.ts";
import { concludeControls } from "../evaluation/conclusion.ts";
import { dispositionsOf } from "../judgement/judging.ts";
import type { Conclusion } from "../model/conclusion.ts";
import type { Judgement } from "../model/judgement.ts";
import { nounsOf } from "../model/population-words.ts";
import type { AssertionOutcome } from "../model/result.ts";
import { type Check, failed, passed } from "../model/verification-report.ts";
import type { BundleStatements } from "./bundle-reading.ts";
import { firstDifference } from "./difference.ts";

type Concluded = Pick<BundleStatements, "summaries" | "catalogText" | "samples"> & {
  readonly results: Iterable<AssertionOutcome>;
  readonly engagement?: Pick<EngagementPart, "split">;
};

/**
 * Counts, limits, projections, support and sentences come out the same from the draws, the results and the judgements that
 * stand, to the last digit.
 */
export function checkConclusions(
  { summaries, catalogText, samples, results, engagement }: Concluded,
  judgements: readonly Judgement[] = [],
): Check {
  if (summaries.length === 0) return failed("conclusions", "The bundle states no conclusions.");
  try {
    const { catalog } = parseCatalog(catalogText);
    const concluded = samples.flatMap((sample) =>
      concludeControls(catalog, sample, results, dispositionsOf(judgements, sample.population)),
    );
    return compare(
      summaries,
      concluded.filter(({ control }) => isControlInPart(engagement?.split, control)),
    );
  } catch (error) {
    return failed("conclusions", faultOf(error).message);
  }
}

function compare(stated: readonly Conclusion[], concluded: readonly Conclusion[]): Check {
  if (stated.length !== concluded.length) {
    return failed("conclusions", "The bundle states another number of conclusions than its samples give.", {
      expected: `${stated.length} conclusions`,
      found: `${concluded.length} conclusions`,
    });
  }
  for (const [index, conclusion] of concluded.entries()) {
    const difference = firstDifference(stated[index], conclusion);
    if (difference.path === "") continue;
    const { control, population } = conclusion;
    return failed("conclusions", `The conclusion on ${control} comes out otherwise at ${difference.path}.`, {
      subject: `${control} on ${nounsOf(population)}`,
      expected: difference.left,
      found: difference.right,
    });
  }
  return passed("conclusions", `${concluded.length} conclusions come out as stated, with every number.`);
}
