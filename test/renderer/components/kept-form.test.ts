import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import {
  type Entered,
  keptChoice,
  readKeptForm,
  spellEntered,
  takeKeptForm,
  writeKeptForm,
} from "../../../renderer/components/kept-form.ts";
import { Severity } from "../../../shared/model/audit-exception.ts";

const asOf = "a".repeat(64);
const start = {
  values: { reason: "", due: "2026-05-31" },
  choices: { severity: "deficiency", ticks: [] as string[], sizes: null },
};
const fields = ["reason", "due"] as const;
const points = ["read", "approved", "dated"] as const;
const Sizes = z.record(z.string(), z.string()).nullable();

/** A form as it is after what was kept has been taken up. */
function open() {
  const values: Record<string, string> = { ...start.values };
  const chosen: Record<string, unknown> = { ...start.choices };
  const choice = <T>(name: string, choosable: z.ZodType<T>) =>
    keptChoice(`The ${name}`, choosable, chosen[name] as T, (value) => {
      chosen[name] = value;
    });
  const choices = {
    severity: choice("severity", Severity),
    ticks: choice("ticks", z.array(z.enum(points))),
    sizes: choice("sizes", Sizes),
  };
  const type = (name: string, value: string) => {
    values[name] = value;
  };
  return {
    now: { values, choices: chosen } satisfies Entered,
    take: (text: string) => {
      const kept = readKeptForm(text);
      return kept && takeKeptForm(kept, fields, type, choices);
    },
  };
}

const entered = fc.record({
  values: fc.record({ reason: fc.string({ unit: "binary" }), due: fc.constantFrom("2026-05-31", "", "2026-02-30") }),
  choices: fc.record({
    severity: fc.constantFrom(...Severity.options),
    ticks: fc.subarray([...points]),
    sizes: fc.option(fc.dictionary(fc.string(), fc.string())),
  }),
});

test("whatever was typed, chosen and ticked comes back as it was, and a form that was left as it began keeps nothing", () => {
  fc.assert(
    fc.property(entered, (now) => {
      const spelt = spellEntered(start, now);
      if (spelt === "") {
        expect(now).toEqual(start);
        return;
      }
      const form = open();
      expect(form.take(writeKeptForm(asOf, spelt))).toEqual([]);
      // As JSON has it: a record of the fast-check kind has no prototype.
      expect(JSON.parse(JSON.stringify(form.now))).toEqual(JSON.parse(JSON.stringify(now)));
    }),
    { numRuns: 60 },
  );
  expect(spellEntered(start, structuredClone(start))).toBe("");
});

test("what cannot be chosen any more is named and left alone, and what the form has not is passed over", () => {
  const form = open();
  const kept = {
    values: { reason: "Why.", by: "Somebody else" },
    choices: { severity: "catastrophe", ticks: ["read", "shredded"], method: "rank" },
  };
  expect(form.take(writeKeptForm(asOf, JSON.stringify(kept)))).toEqual(["The severity", "The ticks"]);
  expect(form.now).toEqual({ ...start, values: { ...start.values, reason: "Why." } });
});

test.each([
  ["no JSON", "{"],
  ["words alone, as an earlier version kept them", JSON.stringify({ reason: "Why." })],
  ["a word that is none", JSON.stringify({ asOf, values: { reason: 7 }, choices: {} })],
  ["more than there is", JSON.stringify({ asOf, values: {}, choices: {}, apply: true })],
  ["nothing that says what it is about", JSON.stringify({ asOf: "", values: {}, choices: {} })],
])("from a damaged file nothing is offered: %s", (_name, text) => {
  expect(readKeptForm(text)).toBeNull();
});
