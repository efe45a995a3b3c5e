import { z } from "zod";
import { Parameter } from "./catalog.ts";
import { Sha256 } from "./digest.ts";
import { PopulationKind } from "./population-kind.ts";
import { Outcome } from "./result.ts";

/* What an edited catalog would change, tried on items of an engagement without keeping anything. */

const Count = z.int().nonnegative();

/** Items by outcome. */
export const OutcomeTally = z.object({ pass: Count, fail: Count, noEvidence: Count, notApplicable: Count });
export type OutcomeTally = z.infer<typeof OutcomeTally>;

/** `added`: only the edited catalog has it; `removed`: only the engagement's has it. */
const Difference = z.enum(["added", "removed", "changed", "same"]);

export const AssertionComparison = z.object({
  control: z.string(),
  assertion: z.string(),
  population: PopulationKind,
  difference: Difference,
  /** By the engagement's catalog; null where that has no such assertion. */
  before: OutcomeTally.nullable(),
  /** By the edited catalog; null where that has no such assertion. */
  after: OutcomeTally.nullable(),
  /** Items that come out otherwise. */
  changed: Count,
});
export type AssertionComparison = z.infer<typeof AssertionComparison>;

export const ParameterComparison = z.object({
  control: z.string(),
  parameter: z.string(),
  before: Parameter.shape.default.nullable(),
  after: Parameter.shape.default.nullable(),
});
export type ParameterComparison = z.infer<typeof ParameterComparison>;

const OutcomeWithReason = z.object({ outcome: Outcome, reason: z.string() });

export const ItemComparison = z.object({
  population: PopulationKind,
  item: z.string(),
  control: z.string(),
  assertion: z.string(),
  before: OutcomeWithReason.nullable(),
  after: OutcomeWithReason.nullable(),
});
export type ItemComparison = z.infer<typeof ItemComparison>;

export const CatalogComparison = z.object({
  before: Sha256,
  after: Sha256,
  /** The items of the tested samples, or all frozen items. */
  scope: z.enum(["sample", "population"]),
  /** Items that the catalogs were tried on. Populations on which nothing differs are not gone through. */
  items: z.array(z.object({ population: PopulationKind, count: Count })),
  /** Every control of either catalog, in the order of the edited one, removed ones last. */
  controls: z.array(z.object({ control: z.string(), title: z.string(), difference: Difference })),
  parameters: z.array(ParameterComparison),
  /** Of every control that differs. */
  assertions: z.array(AssertionComparison),
  /** Results that come out otherwise, at most as many as were asked for, with the reasons of both. */
  changes: z.array(ItemComparison),
  /** All of them, also those that are not listed. */
  totalChanges: Count,
});
export type CatalogComparison = z.infer<typeof CatalogComparison>;
