import fc from "fast-check";
import type { z } from "zod";
import { ItemCoverage } from "../../../shared/model/change.ts";
import { Instant } from "../../../shared/model/instant.ts";
import { type Item, itemSchemas } from "../../../shared/model/item.ts";
import { PersonRef } from "../../../shared/model/person.ts";
import type { PopulationKind } from "../../../shared/model/population-kind.ts";

/*
 * Items out of their schemas alone: whatever the schema allows, also what no source would ever tell. Words, people and moments
 * are few, so that those of different fields often meet.
 */

const moment = fc
  .integer({ min: 0, max: 12 })
  .map((days) => new Date(Date.UTC(2026, 1, 1 + days, days)).toISOString() as Instant);

const words = ["", "a", "LED-1", "LED-2", "v1", "main", "release", "test", "src/a.ts", "test/a.test.ts", "infra/x.tf"];
const odd = ["\u{1F600}", "\u202E", "é", " ", "null", "true", "0", "2026-02-30T00:00:00.000Z", "'\"\\", "\n", "*"];
const settled = ["Approved", "Done", "production", "staging", "security", "approved", "status", "emergency", "deploy"];
const text = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...words) },
  { weight: 3, arbitrary: fc.constantFrom(...settled) },
  { weight: 1, arbitrary: fc.constantFrom(...odd) },
  { weight: 1, arbitrary: fc.string({ maxLength: 12, unit: "grapheme" }) },
);

const mostly = (value: boolean) =>
  fc.oneof({ weight: 9, arbitrary: fc.constant(value) }, { weight: 1, arbitrary: fc.constant(!value) });

const person: fc.Arbitrary<PersonRef> = fc.record({
  id: fc.constantFrom("ada", "ben", "cleo", "", "dan"),
  name: text,
  known: mostly(true),
  bot: mostly(false),
  account: text,
  roles: fc.subarray(PersonRef.shape.roles.element.options),
});

const coverage: fc.Arbitrary<ItemCoverage> = fc.record(
  Object.fromEntries(
    Object.keys(ItemCoverage.shape).map((kind) => [
      kind,
      fc.oneof({ weight: 15, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
    ]),
  ) as Record<keyof ItemCoverage, fc.Arbitrary<boolean>>,
);

/** Schemas that are more than their form says. */
const told = new Map<z.ZodType, fc.Arbitrary<unknown>>([
  [Instant, moment],
  [PersonRef, person],
  [ItemCoverage, coverage],
]);

export function generatedItem(population: PopulationKind): fc.Arbitrary<Item> {
  return arbitraryOf(itemSchemas[population]) as fc.Arbitrary<Item>;
}

interface Definition {
  readonly type: string;
  readonly shape: Readonly<Record<string, z.ZodType>>;
  readonly element: z.ZodType;
  readonly options: readonly z.ZodType[];
  readonly values: readonly unknown[];
  readonly entries: Readonly<Record<string, unknown>>;
  readonly innerType: z.ZodType;
  readonly checks?: readonly unknown[];
}

function arbitraryOf(schema: z.ZodType): fc.Arbitrary<unknown> {
  const known = told.get(schema);
  if (known) return known;
  const made = makeArbitrary(schema);
  told.set(schema, made);
  return made;
}

function makeArbitrary(schema: z.ZodType): fc.Arbitrary<unknown> {
  const { def } = schema as unknown as { readonly def: Definition };
  switch (def.type) {
    case "object":
      return fc.record(
        Object.fromEntries(Object.entries(def.shape).map(([name, inner]) => [name, arbitraryOf(inner)])),
      );
    case "array":
      return fc.array(arbitraryOf(def.element), { maxLength: 3 });
    case "union":
      return fc.oneof(...def.options.map(arbitraryOf));
    case "enum":
      return fc.constantFrom(...Object.values(def.entries));
    case "literal":
      return fc.constantFrom(...def.values);
    case "boolean":
      return fc.boolean();
    case "number":
      // Whole and not negative, as all numbers of items are: counts, lines, days.
      return fc.oneof(fc.nat({ max: 20 }), fc.nat({ max: 2_000 }), fc.constantFrom(0, Number.MAX_SAFE_INTEGER));
    case "string":
      return (def.checks?.length ?? 0) > 0 ? patterned(schema) : text;
    case "default":
      return arbitraryOf(def.innerType);
    default:
      throw new TypeError(`Items have no ${def.type}.`);
  }
}

/** Texts of a form, such as digests and object ids. */
function patterned(schema: z.ZodType): fc.Arbitrary<string> {
  const shapes = ["a".repeat(40), "b".repeat(40), "c".repeat(64), "2026-W05", "2026-02-02", "a"];
  const fitting = shapes.filter((shape) => schema.safeParse(shape).success);
  if (fitting.length === 0) throw new TypeError("No text is known that fits a pattern of the items.");
  return fc.constantFrom(...fitting);
}
