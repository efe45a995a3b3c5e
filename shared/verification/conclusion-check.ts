import { faultOf } from "../errors.ts";
import { parseCatalog } from "../evaluation/catalog-text.ts";
import { concludeControls } from "../evaluation/conclusion.ts";
import { type Check, failed, passed } from "../model/verification-report.ts";
import type { BundleStatements } from "./bundle-reading.ts";
import { firstDifference } from "./difference.ts";

/** The counts per control are those of the results. */
export function checkConclusions(statements: BundleStatements): Check {
  if (statements.summaries.length === 0) return failed("conclusions", "The bundle states no conclusions.");
  try {
    const { catalog } = parseCatalog(statements.catalogText);
    const counted = statements.samples.flatMap((sample) => concludeControls(catalog, sample, statements.results));
    const difference = firstDifference(statements.summaries, counted);
    if (difference.path === "") return passed("conclusions", `${counted.length} controls count as stated.`);
    return failed("conclusions", `The counts come out otherwise at ${difference.path}.`, {
      expected: difference.left,
      found: difference.right,
    });
  } catch (error) {
    return failed("conclusions", faultOf(error).message);
  }
}
