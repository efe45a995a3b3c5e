import { z } from "zod";
import { RateText } from "./decimal-text.ts";

/** How often a control operates. */
export const ControlFrequency = z.enum([
  "annual",
  "quarterly",
  "monthly",
  "semi-monthly",
  "weekly",
  "daily",
  "many-times-a-day",
  "event-driven",
]);
export type ControlFrequency = z.infer<typeof ControlFrequency>;

/** The risk that the auditor assessed for the control. */
export const ControlRisk = z.enum(["lower", "moderate", "higher"]);
export type ControlRisk = z.infer<typeof ControlRisk>;

const Size = z.int().positive();

/** A share of the population, rounded up, within bounds; it needs the population's size. */
const SizeByShare = z
  .strictObject({ share: RateText, atLeast: Size, atMost: Size })
  .refine(({ atLeast, atMost }) => atLeast <= atMost, { path: ["atMost"], message: "is below atLeast" });

export const HouseSize = z.union([Size, SizeByShare], {
  error: "must be a whole number above zero, or a share with atLeast and atMost",
});
export type HouseSize = z.infer<typeof HouseSize>;

/** What a row was taken from, and how well that is known. */
export const HouseSource = z.strictObject({
  /** `read`: the text itself was read; `secondary`: somebody else's account of it; `memory`: not checked. */
  grade: z.enum(["read", "secondary", "memory"]),
  where: z.string().min(1),
});
export type HouseSource = z.infer<typeof HouseSource>;

const HouseRow = z.strictObject({
  frequency: ControlFrequency,
  sizes: z.strictObject({ lower: HouseSize, moderate: HouseSize, higher: HouseSize }),
  sources: z.array(HouseSource).min(1),
});

/**
 * Sample sizes by how often a control operates, as firms use them. No statistics stand behind them, and a table says so
 * itself: samples of these sizes show no limit.
 */
export const HouseTable = z
  .strictObject({
    id: z.string().regex(/^[a-z][a-z0-9-]*$/, "must be lower-case letters, digits and hyphens"),
    version: z.string().min(1),
    title: z.string().min(1),
    statistical: z.literal(false),
    remark: z.string().min(1),
    rows: z.array(HouseRow).min(1),
  })
  .refine(({ rows }) => new Set(rows.map(({ frequency }) => frequency)).size === rows.length, {
    path: ["rows"],
    message: "name a frequency twice",
  });
export type HouseTable = z.infer<typeof HouseTable>;

/** A size by a house table, for a workpaper. */
export interface HousePlan {
  readonly statistical: false;
  readonly table: { readonly id: string; readonly version: string; readonly title: string };
  readonly frequency: ControlFrequency;
  readonly risk: ControlRisk;
  readonly populationSize: number | null;
  readonly size: number;
  readonly sources: readonly HouseSource[];
  /** What is tested, by which table, and that no limit can be stated. */
  readonly sentence: string;
}
