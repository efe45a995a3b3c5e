import { z } from "zod";
import { ConfidenceText, RateText } from "./decimal-text.ts";
import { ReplacementReason } from "./draw-purpose.ts";
import { ControlFrequency, ControlRisk } from "./house-table.ts";
import { PopulationKind } from "./population-kind.ts";
import { SamplingModel } from "./sample-plan.ts";
import { StratumKey } from "./stratum.ts";

/* What can be asked of the sampling stage. Sizes of populations are not asked for: they come from the freeze. */

const ItemId = z.string().min(1).max(1000);
const DrawId = z.string().min(1).max(200);
const Size = z.int().positive();
const Rationale = z.string().trim().min(1).max(1000);

/** What the size of a draw shall rest on; the plan itself is computed, never taken over. */
export const BasisRequest = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("plan"),
    model: SamplingModel.default("hypergeometric"),
    confidence: ConfidenceText,
    tolerableRate: RateText,
    expectedRate: RateText.nullable().default(null),
    expectedDeviations: z.int().nonnegative().nullable().default(null),
  }),
  z.strictObject({
    kind: z.literal("two-stage-plan"),
    model: SamplingModel.default("hypergeometric"),
    confidence: ConfidenceText,
    tolerableRate: RateText,
  }),
  z.strictObject({
    kind: z.literal("house-table"),
    /** Name of a table that Tickmark brings, or the path of one's own. */
    table: z.string().min(1).max(4096).default("common-practice"),
    frequency: ControlFrequency,
    risk: ControlRisk.default("moderate"),
  }),
  z.strictObject({ kind: z.literal("judgement") }),
]);
export type BasisRequest = z.input<typeof BasisRequest>;
export type CheckedBasisRequest = z.output<typeof BasisRequest>;

const byChance = {
  population: PopulationKind,
  seed: z.string().max(200),
  /** Null: as many as the basis asks for. */
  size: Size.nullable().default(null),
  basis: BasisRequest.default({ kind: "judgement" }),
  rationale: Rationale,
};

const byName = {
  population: PopulationKind,
  items: z
    .array(z.strictObject({ id: ItemId, reason: Rationale }))
    .min(1)
    .max(10_000),
  rationale: Rationale,
};

export const DrawRequest = z.discriminatedUnion("method", [
  z.strictObject({ method: z.literal("rank"), ...byChance }),
  z.strictObject({ method: z.literal("systematic"), ...byChance }),
  z.strictObject({
    method: z.literal("stratified"),
    ...byChance,
    key: StratumKey,
    /** Items of each stratum; one that is not named gets none. Null: proportional. */
    sizes: z.record(z.string().min(1).max(200), z.int().nonnegative()).nullable().default(null),
  }),
  z.strictObject({ method: z.literal("targeted"), ...byName }),
  z.strictObject({ method: z.literal("haphazard"), ...byName }),
  z.strictObject({ method: z.literal("everything"), population: PopulationKind, rationale: Rationale }),
]);
export type DrawRequest = z.input<typeof DrawRequest>;
export type CheckedDrawRequest = z.output<typeof DrawRequest>;

export const ReplaceRequest = z.strictObject({
  /** The draw that has the item. */
  drawId: DrawId,
  item: ItemId,
  /** `no-evidence` can be asked, so that the answer can say why it is none. */
  reason: z.enum([...ReplacementReason.options, "no-evidence"]),
  explanation: Rationale,
});
export type ReplaceRequest = z.infer<typeof ReplaceRequest>;

export const ExpandRequest = z.discriminatedUnion("kind", [
  /** The second stage of the draw's two-stage plan: refused unless the first stage calls for it. */
  z.strictObject({ kind: z.literal("second-stage"), drawId: DrawId, rationale: Rationale }),
  /** More items outside of any plan: the true risk goes into the log. */
  z.strictObject({ kind: z.literal("expansion"), drawId: DrawId, size: Size, rationale: Rationale }),
]);
export type ExpandRequest = z.infer<typeof ExpandRequest>;
