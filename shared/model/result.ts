import { z } from "zod";
import { EvidenceUse } from "./evidence.ts";
import { PopulationKind } from "./population-kind.ts";

export const Outcome = z.enum(["pass", "fail", "no-evidence", "not-applicable"]);
export type Outcome = z.infer<typeof Outcome>;

/** An assertion's outcome for an item, with the values that it read. Never edited: judgements stand beside it. */
export const Result = z.object({
  control: z.string(),
  assertion: z.string(),
  population: PopulationKind,
  item: z.string(),
  outcome: Outcome,
  /** Why, in a sentence of the catalog. */
  reason: z.string(),
  /** Path in the item or parameter → value, as read by the rule. */
  values: z.record(z.string(), z.json()),
  evidence: z.array(EvidenceUse),
});
export type Result = z.infer<typeof Result>;

/** As much of a result as counts are made of. */
export type AssertionOutcome = Pick<Result, "control" | "assertion" | "item" | "outcome">;
