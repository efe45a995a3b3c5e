import { z } from "zod";
import { Instant } from "./instant.ts";
import type { ItemsByKind } from "./item.ts";

/** Something on the release branch near the period that is not in the population, and why. */
export const Exclusion = z.object({
  id: z.string(),
  at: Instant,
  title: z.string(),
  reason: z.string(),
});
export type Exclusion = z.infer<typeof Exclusion>;

/** Something in the population that a reader must know of. */
export const Remark = z.object({ id: z.string(), remark: z.string() });
export type Remark = z.infer<typeof Remark>;

/** The three-way tie of git, tickets and deployments. Lists hold ids; every list is whole. */
export const Reconciliation = z.object({
  changes: z.object({
    total: z.int(),
    merges: z.int(),
    withRequest: z.int(),
    /** Null where no source of tickets covers the period. */
    withTicket: z.int().nullable(),
    released: z.int().nullable(),
    withoutRequest: z.array(z.string()),
    withoutTicket: z.array(z.string()),
    notReleased: z.array(z.string()),
  }),
  tickets: z.object({
    total: z.int(),
    /** Different keys that changes name. */
    named: z.int(),
    /** Keys that changes name and no source of tickets has. */
    namedButAbsent: z.array(z.string()),
    /** Tickets finished in the period that no change of the pulled history names. */
    withoutChange: z.array(z.string()),
  }),
  deployments: z.object({
    total: z.int(),
    /** Deployments whose revision leads to a merge on the release branch. */
    ofMerge: z.int(),
    byTag: z.int(),
    byCommit: z.int(),
    /** By the digest of an image, or by a version. */
    byArtifact: z.int(),
    rollbacks: z.array(z.string()),
    otherBranch: z.array(z.string()),
    absent: z.array(z.string()),
    older: z.array(z.string()),
    unresolved: z.array(z.string()),
  }),
});
export type Reconciliation = z.infer<typeof Reconciliation>;

/** Everything that the population stage gives. */
export interface Population {
  readonly items: ItemsByKind;
  readonly exclusions: readonly Exclusion[];
  readonly remarks: readonly Remark[];
  readonly reconciliation: Reconciliation;
}
