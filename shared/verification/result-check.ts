import { isControlInPart } from "../bundle/bundle-split.ts";
import { faultOf } from "../errors.ts";
import { type CompiledCatalog, compileCatalog } from "../evaluation/catalog-compilation.ts";
import { evaluateItem } from "../evaluation/evaluation.ts";
import type { Result } from "../model/result.ts";
import { type Check, failed, passed } from "../model/verification-report.ts";
import type { BundleStatements } from "./bundle-reading.ts";
import { firstDifference } from "./difference.ts";
import { countItems } from "./fact-check.ts";
import type { Pace } from "./pace.ts";

/** Every rule of the bundled catalog, evaluated again on every sampled item, gives the stated outcome, reason and values. */
export async function checkResults(statements: BundleStatements, pace: Pace): Promise<Check> {
  if (statements.results.length === 0) return failed("results", "The bundle states no results.");
  let catalog: CompiledCatalog;
  try {
    catalog = compileCatalog(statements.catalogText, statements.engagement.parameters);
  } catch (error) {
    return failed("results", faultOf(error).message);
  }
  let [tested, evaluated] = [0, 0];
  const total = countItems(statements);
  for (const [population, items] of statements.items) {
    for (const item of items) {
      await pace.at("Testing the items again", tested, total);
      tested += 1;
      const stated = new Map(statements.results.of(population, item.id).map((result) => [keyOf(result), result]));
      for (const result of evaluateItem(catalog, population, item)) {
        if (!isControlInPart(statements.engagement.split, result.control)) continue;
        evaluated += 1;
        const difference = firstDifference(stated.get(keyOf(result)), result);
        if (difference.path === "") continue;
        return failed("results", `${result.control} comes out otherwise at ${difference.path}.`, {
          subject: `${result.control} ${result.item}`,
          expected: difference.left,
          found: difference.right,
        });
      }
    }
  }
  await pace.at("Testing the items again", tested, total);
  if (evaluated !== statements.results.length) {
    return failed("results", "The bundle states results that no rule gives.", {
      expected: `${evaluated} results`,
      found: `${statements.results.length} results`,
    });
  }
  return passed("results", `${evaluated} results come out the same.`);
}

function keyOf(result: Result): string {
  return `${result.control} ${result.assertion}`;
}
