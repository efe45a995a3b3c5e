import { z } from "zod";
import { Sha256 } from "./digest.ts";

/**
 * Fields of an item that can split a population into strata. Closed, since verification computes each of them again: a
 * key never changes its meaning; another meaning gets a key of its own.
 */
export const StratumKey = z.enum([
  "repository",
  /** A change: `merge` or `single`; a deployment: where its revision was found; an event: what was done or found. */
  "kind",
  /** `2025-W07`, ISO 8601, in the engagement's time zone. */
  "week",
  /** `2025-02`, in the engagement's time zone. */
  "month",
  /** A deployment's; a change's are those that it was released to. */
  "environment",
  /** Types of the change's tickets, or the incident's, such as `Emergency Change`. */
  "ticket-type",
  /** Whether a change came through a request, or a deployment through the pipeline: the other way is the riskier one. */
  "path",
  /** Whether a deployment put an older state back. */
  "rollback",
]);
export type StratumKey = z.infer<typeof StratumKey>;

const Name = z.string().min(1);
const Count = z.int().nonnegative();

/** `sample` items were drawn from the `population` items of the stratum. */
export const Stratum = z.object({ name: Name, population: Count, sample: Count });
export type Stratum = z.infer<typeof Stratum>;

/** How a stratified draw was split. */
export const DrawStrata = z.object({
  key: StratumKey,
  /**
   * `proportional`: by largest remainder, so that each item had the same chance and the strata can be counted together.
   * `given`: the auditor set the sizes, such as more where the risk is higher; then only a stratum by itself says
   * something about its population.
   */
  allocation: z.enum(["proportional", "given"]),
  /** SHA-256 of the list of all items with their strata (`sample/strata/*.tsv` of the bundle): it is fixed with the draw. */
  digest: Sha256,
  /** Every stratum of the population, by name in byte order, also those of which nothing was drawn. */
  sizes: z.array(Stratum),
  /** Stratum of each drawn item, in the order of the items. */
  ofItems: z.array(Name),
});
export type DrawStrata = z.infer<typeof DrawStrata>;
