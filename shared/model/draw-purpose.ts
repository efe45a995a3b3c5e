import { z } from "zod";

/** Why an item that was drawn is not tested: the control cannot apply to it. Missing evidence is no such reason. */
export const ReplacementReason = z.enum([
  /** It was never carried out, such as a change that was withdrawn. */
  "void",
  /** It is no item of this population after all, or no control of the catalog can apply to it. */
  "not-applicable",
]);
export type ReplacementReason = z.infer<typeof ReplacementReason>;

/** What an extension does to the risk when it was not planned before the first items were tested. */
export const ExpansionRisk = z.object({
  /** Risk of relying on the control in error that the plan names: 1 − confidence. */
  planned: z.number(),
  /** That of the whole procedure as it was carried out: always more. */
  actual: z.number(),
  /** For the workpaper, and for every place where the sample is shown. */
  sentence: z.string(),
});
export type ExpansionRisk = z.infer<typeof ExpansionRisk>;

/**
 * What a draw is for. `of` is the initial draw that it follows, whose seed, method and ranking it goes on with: it never
 * has a seed of its own.
 */
export const DrawPurpose = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("initial") }),
  /** The second stage of a two-stage plan, which the first stage called for. */
  z.object({
    kind: z.literal("second-stage"),
    of: z.string(),
    /** Controls with exactly one deviation in the first stage. */
    controls: z.array(z.string()).min(1),
  }),
  /** More items, outside of any plan. */
  z.object({
    kind: z.literal("expansion"),
    of: z.string(),
    /** Null where no plan stated a risk that could grow: then none can be claimed for the whole either. */
    risk: ExpansionRisk.nullable(),
  }),
  /** One item in the place of one that cannot be tested. */
  z.object({
    kind: z.literal("replacement"),
    of: z.string(),
    /** Id of the item whose place it takes. */
    replaces: z.string(),
    reason: ReplacementReason,
    /** The auditor's words. */
    explanation: z.string(),
  }),
]);
export type DrawPurpose = z.infer<typeof DrawPurpose>;
