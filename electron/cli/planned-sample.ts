import { z } from "zod";
import { BasisRequest, type DrawRequest } from "../../shared/model/draw-request.ts";
import { PopulationKind } from "../../shared/model/population-kind.ts";
import { isChosenByAuditor } from "../../shared/model/sample.ts";
import { StratumKey } from "../../shared/model/stratum.ts";

const text = z.string().min(1);
/** YAML reads an unquoted number or date as such; a seed is text, whatever it looks like. */
const asText = z.union([z.string(), z.number()]).transform(String);

/** Numbers of a plan are exact decimal text; YAML has them unquoted, and JavaScript writes them back as they were. */
function writeNumbers(basis: unknown): unknown {
  if (typeof basis !== "object" || basis === null) return basis;
  const written = Object.entries(basis).map(([name, value]) => {
    const isDecimal = typeof value === "number" && name !== "expectedDeviations";
    return [name, isDecimal ? String(value) : value];
  });
  return Object.fromEntries(written);
}

const common = { population: PopulationKind, rationale: text };
const byChance = {
  ...common,
  /** Number of items; without it as many as the basis asks for. */
  size: z.int().positive().optional(),
  /** What the size rests on; without it the size is the auditor's own judgement. */
  basis: z.preprocess(writeNumbers, BasisRequest).optional(),
  /**
   * Seed of the draw. Without one a random seed is taken after the freeze, which nobody could know before. One that
   * stands in the plan was known before, and the draw log says so.
   */
  seed: asText.optional(),
};
const byName = { ...common, items: z.array(z.strictObject({ id: text, reason: text })).min(1) };

const AnySample = z.discriminatedUnion("method", [
  z.strictObject({ method: z.literal("rank"), ...byChance }),
  z.strictObject({ method: z.literal("systematic"), ...byChance }),
  z.strictObject({
    method: z.literal("stratified"),
    ...byChance,
    by: StratumKey,
    /** Size of each stratum; without them the sample is spread in proportion. */
    sizes: z.record(text, z.int().nonnegative()).optional(),
  }),
  z.strictObject({ method: z.literal("targeted"), ...byName }),
  z.strictObject({ method: z.literal("haphazard"), ...byName }),
  z.strictObject({ method: z.literal("everything"), ...common }),
]);

/** A sample of a plan. Without a method it is drawn by rank. */
export const PlannedSample = z.preprocess(
  (sample) =>
    typeof sample === "object" && sample !== null && !("method" in sample) ? { ...sample, method: "rank" } : sample,
  AnySample,
);
export type PlannedSample = z.output<typeof AnySample>;

/** A population has one sample that conclusions rest on; what the auditor names may stand beside it. */
export const PlannedSamples = z
  .array(PlannedSample)
  .min(1)
  .superRefine((samples, context) => {
    for (const kind of PopulationKind.options) {
      const own = samples.filter(({ population, method }) => population === kind && !isChosenByAuditor(method));
      if (own.length > 1) context.addIssue({ code: "custom", message: `${kind}s have more than one sample by chance` });
    }
  });

/** @param seed taken when the plan gives none */
export function requestOf(sample: PlannedSample, seed: () => string): DrawRequest {
  const { population } = sample;
  switch (sample.method) {
    case "everything":
      return { method: sample.method, population, rationale: sample.rationale };
    case "targeted":
    case "haphazard":
      return { method: sample.method, population, rationale: sample.rationale, items: sample.items };
    default: {
      const declared =
        sample.seed === undefined ? "" : " The seed stands in the plan, so it was known before the freeze.";
      const terms = {
        population,
        rationale: `${sample.rationale}${declared}`,
        seed: sample.seed ?? seed(),
        size: sample.size ?? null,
        basis: sample.basis ?? ({ kind: "judgement" } as const),
      };
      if (sample.method !== "stratified") return { method: sample.method, ...terms };
      return { method: sample.method, ...terms, key: sample.by, sizes: sample.sizes ?? null };
    }
  }
}
