import { z } from "zod";
import { Sha256 } from "./digest.ts";
import { Instant } from "./instant.ts";

export const PopulationKind = z.enum(["change", "deployment"]);
export type PopulationKind = z.infer<typeof PopulationKind>;

/** A frozen population: nothing is drawn before it exists, and its digest is on record before a seed is given. */
export const Freeze = z.object({
  id: z.string(),
  population: PopulationKind,
  at: Instant,
  by: z.string(),
  size: z.number().int().nonnegative(),
  /** SHA-256 of the ids in byte order, each followed by LF (`LC_ALL=C sort ids.txt | sha256sum`). */
  digest: Sha256,
});
export type Freeze = z.infer<typeof Freeze>;

export const SampleMethod = z.enum(["rank", "everything"]);
export type SampleMethod = z.infer<typeof SampleMethod>;

/** An entry of the draw log. None is ever changed or taken back. */
export const Draw = z.object({
  id: z.string(),
  freezeId: z.string(),
  population: PopulationKind,
  populationDigest: Sha256,
  populationSize: z.number().int().nonnegative(),
  method: SampleMethod,
  /** Empty for `everything`. */
  seed: z.string(),
  size: z.number().int().nonnegative(),
  /** Why this size, a sentence for the workpaper. */
  rationale: z.string(),
  at: Instant,
  by: z.string(),
  /** Item ids in order of rank. */
  items: z.array(z.string()),
});
export type Draw = z.infer<typeof Draw>;
