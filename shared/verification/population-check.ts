import { faultOf } from "../errors.ts";
import type { Digest } from "../model/digest.ts";
import { nounsOf, populationWords } from "../model/population-words.ts";
import { type Check, failed, passed } from "../model/verification-report.ts";
import { digestPopulation } from "../population/population-digest.ts";
import type { BundleStatements } from "./bundle-reading.ts";

/** The ids in the bundle have the size and digest that were recorded when the population was frozen. */
export function checkPopulation(statements: BundleStatements, digest: Digest): Check {
  if (statements.currentFreezes.length === 0) return failed("population-digest", "No population was frozen.");
  for (const freeze of statements.currentFreezes) {
    const ids = statements.ids.get(freeze.population) ?? [];
    let found: string;
    try {
      found = digestPopulation(ids, digest);
    } catch (error) {
      return failed("population-digest", faultOf(error).message, { subject: freeze.population });
    }
    if (ids.length !== freeze.size || found !== freeze.digest) {
      const difference = {
        subject: freeze.population,
        expected: `${freeze.size} ids, ${freeze.digest}`,
        found: `${ids.length} ids, ${found}`,
      };
      return failed(
        "population-digest",
        `The population of ${nounsOf(freeze.population)} is not the one that was frozen.`,
        difference,
      );
    }
  }
  const sizes = statements.currentFreezes
    .map(({ population, size }) => `${size} ${size === 1 ? populationWords[population].one : nounsOf(population)}`)
    .join(", ");
  return passed("population-digest", `${sizes}: digests as frozen before the draw.`);
}
