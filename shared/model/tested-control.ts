import { z } from "zod";
import { Parameter } from "./catalog.ts";
import type { Item } from "./item.ts";
import type { PopulationKind } from "./population-kind.ts";
import { populationWords } from "./population-words.ts";
import type { Outcome, Result } from "./result.ts";

/** A control as it was tested on a draw: what its results say besides outcome and reason, and all of them alike. */
export const TestedControl = z.object({
  control: z.string(),
  /** Defaults with the engagement's values over them. */
  parameters: z.record(z.string(), Parameter.shape.default),
  /** In the catalog's order, with the paths in item and parameters that each one reads. */
  assertions: z.array(z.object({ id: z.string(), reads: z.array(z.string()) })),
});
export type TestedControl = z.infer<typeof TestedControl>;

/** What an assertion says about an item. */
export interface Verdict {
  readonly outcome: Outcome;
  /** Why, in a sentence of the catalog. */
  readonly reason: string;
}

/** Results from verdicts: an item never changes once it is frozen, so the values that a rule read can be read again. */
export function stateResults(
  { control, parameters, assertions }: TestedControl,
  population: PopulationKind,
  item: Pick<Item, "id" | "evidence">,
  verdicts: readonly Verdict[],
): Result[] {
  const plain = { [populationWords[population].variable]: item, params: parameters };
  return assertions.flatMap(({ id, reads }, index) => {
    const verdict = verdicts[index];
    if (!verdict) return [];
    const values = Object.fromEntries(reads.map((path) => [path, readPath(plain, path) as never]));
    return [{ control, assertion: id, population, item: item.id, ...verdict, values, evidence: item.evidence }];
  });
}

/** Reads a path like `change.request.mergedAt` in plain JSON. */
function readPath(variables: Record<string, unknown>, path: string): unknown {
  let value: unknown = variables;
  for (const field of path.split(".")) value = (value as Record<string, unknown> | undefined)?.[field];
  return value;
}
