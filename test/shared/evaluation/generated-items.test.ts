import fc from "fast-check";
import { expect, it } from "vitest";
import { itemSchemas } from "../../../shared/model/item.ts";
import { PopulationKind } from "../../../shared/model/population-kind.ts";
import { compare } from "./cel-oracle.ts";
import { generatedItem } from "./generated-item.ts";

/** `npm run bench -- second-opinion` runs 10,000 of them, which takes longer than a test should. */
const wanted = Number(process.env["TICKMARK_GENERATED_ITEMS"] ?? 1000);
/** Most assertions are on changes and deployments. */
const share = (kind: PopulationKind) => (kind === "change" ? 0.4 : kind === "deployment" ? 0.25 : 0.05);

it.each(PopulationKind.options)(
  "an independent CEL implementation agrees on every assertion for whatever a %s may be",
  (kind) => {
    fc.assert(
      fc.property(generatedItem(kind), (item) => compare(kind, item)),
      { numRuns: Math.ceil(wanted * share(kind)) },
    );
  },
  600_000,
);

it.each(PopulationKind.options)("what is generated as a %s is one", (kind) => {
  fc.assert(
    fc.property(generatedItem(kind), (item) => {
      expect(itemSchemas[kind].safeParse(item).success).toBe(true);
    }),
    { numRuns: 20 },
  );
});
