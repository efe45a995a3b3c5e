import { z } from "zod";
import { Sha256 } from "./digest.ts";
import { DrawBasis } from "./draw-basis.ts";
import { DrawPurpose } from "./draw-purpose.ts";
import { Instant } from "./instant.ts";
import { PopulationKind } from "./population-kind.ts";
import { DrawStrata } from "./stratum.ts";

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

export const SampleMethod = z.enum([
  /** The first of the ids by SHA-256 of seed and id. */
  "rank",
  /** Every so many of the ids in byte order, from a start that the seed gives. */
  "systematic",
  /** By rank within each stratum. */
  "stratified",
  /** Named by the auditor for what they are. Says nothing about the other items. */
  "targeted",
  /** Named by the auditor without any plan. Says nothing about the other items that could be computed. */
  "haphazard",
  "everything",
]);
export type SampleMethod = z.infer<typeof SampleMethod>;

/** Methods by which chance alone chose, so that limits can be stated. Testing everything needs none: its counts are exact. */
export function isStatistical(method: SampleMethod): boolean {
  return method === "rank" || method === "systematic" || method === "stratified";
}

/** Methods by which the auditor chose: kept apart from what chance chose, and never in a limit. */
export function isChosenByAuditor(method: SampleMethod): boolean {
  return method === "targeted" || method === "haphazard";
}

const DrawEntry = z.object({
  id: z.string(),
  freezeId: z.string(),
  population: PopulationKind,
  populationDigest: Sha256,
  populationSize: z.number().int().nonnegative(),
  method: SampleMethod,
  /** `isStatistical(method)`, for whoever reads the log without Tickmark. */
  statistical: z.boolean(),
  purpose: DrawPurpose.default({ kind: "initial" }),
  basis: DrawBasis.default({ kind: "judgement" }),
  /** Empty where chance plays no part. A draw that follows another one has that one's seed. */
  seed: z.string(),
  size: z.number().int().nonnegative(),
  /** Why this size, a sentence for the workpaper. */
  rationale: z.string(),
  at: Instant,
  by: z.string(),
  /** Item ids: in order of rank; by stratum and then rank; for `systematic` and `everything` in byte order. */
  items: z.array(z.string()),
  /** Of a stratified draw, and of what follows one. */
  strata: DrawStrata.nullable().default(null),
  /** Why each item was named, in the order of the items; empty where the auditor named none. */
  reasons: z.array(z.string()).default([]),
});

/**
 * An entry of the draw log. None is ever changed or taken back. Entries from before there were other methods than `rank`
 * and `everything` lack the newer fields, and are read with what was true of them.
 */
export const Draw = z.preprocess(fillInStatistical, DrawEntry);
export type Draw = z.output<typeof DrawEntry>;

function fillInStatistical(entry: unknown): unknown {
  if (typeof entry !== "object" || entry === null || !("method" in entry) || "statistical" in entry) return entry;
  const method = SampleMethod.safeParse(entry.method);
  return method.success ? { ...entry, statistical: isStatistical(method.data) } : entry;
}
