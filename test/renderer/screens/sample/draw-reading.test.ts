import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type BasisKind, readBasis } from "../../../../renderer/screens/sample/basis-reading.ts";
import { type DrawFields, requestDraw, type TypedDraw } from "../../../../renderer/screens/sample/draw-reading.ts";
import { readNamedItems } from "../../../../renderer/screens/sample/named-items.ts";
import { readPercent } from "../../../../renderer/screens/sample/percent.ts";
import { DrawRequest } from "../../../../shared/model/draw-request.ts";

const freeze = {
  id: "freeze-1",
  population: "change",
  at: "2026-07-01T09:00:00.000Z",
  by: "A. Osei",
  size: 812,
  digest: "0".repeat(64),
} as const;

const empty: Record<DrawFields, string> = {
  confidence: "95",
  tolerableRate: "5",
  expectedRate: "",
  expectedDeviations: "",
  size: "",
  seed: "20261001",
  rationale: "",
  items: "",
};

function read(kind: BasisKind, change: Partial<Record<DrawFields, string>> = {}, draw: Partial<TypedDraw> = {}) {
  const values = { ...empty, ...change };
  return requestDraw({
    freeze,
    method: "rank",
    basis: readBasis(kind, "hypergeometric", { frequency: "daily", risk: "higher" }, values),
    planned: kind === "judgement" ? null : { size: 57, sentence: "Fifty-seven are enough." },
    key: "repository",
    sizes: null,
    values,
    ...draw,
  });
}

describe("a per cent that is typed", () => {
  test.each([
    ["3.5", "0.035"],
    ["5", "0.05"],
    ["3,5 %", "0.035"],
    ["100", "1.00"],
    ["0.25", "0.0025"],
  ])("%s becomes the exact decimal %s", (typed, decimal) => {
    expect(readPercent(typed)).toBe(decimal);
  });

  test.each(["", "five", "-5", "101", "5%5"])("is refused as %j", (typed) => {
    expect(readPercent(typed)).toBeNull();
  });

  test("keeps every digit", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99 }), fc.stringMatching(/^\d{1,12}$/), (whole, fraction) => {
        expect(readPercent(`${whole}.${fraction}`)).toBe(`0.${String(whole).padStart(2, "0")}${fraction}`);
      }),
    );
  });
});

describe("a draw that is asked for", () => {
  test("under a plan has the plan's size and its sentence, where nothing else is typed", () => {
    expect(read("plan")).toEqual({
      ok: true,
      request: {
        method: "rank",
        population: "change",
        seed: "20261001",
        size: null,
        basis: {
          kind: "plan",
          model: "hypergeometric",
          confidence: "0.95",
          tolerableRate: "0.05",
          expectedRate: null,
          expectedDeviations: null,
        },
        rationale: "Fifty-seven are enough.",
      },
    });
  });

  test("for discovery expects no deviation at all", () => {
    expect(read("discovery", { expectedRate: "2" })).toMatchObject({
      request: { basis: { kind: "plan", expectedRate: null, expectedDeviations: 0 } },
    });
  });

  test("by a house table names its row, and is as large as it says", () => {
    expect(read("house-table")).toMatchObject({
      request: { size: null, basis: { kind: "house-table", frequency: "daily", risk: "higher" } },
    });
  });

  test("by the house table that the settings name says which file it is", () => {
    const house = { table: "/firm/sizes.yaml", frequency: "daily", risk: "higher" } as const;
    expect(readBasis("house-table", "hypergeometric", house, empty)).toEqual({
      ok: true,
      basis: { kind: "house-table", ...house },
    });
  });

  test("by own judgement needs a size and a reason", () => {
    expect(read("judgement")).toMatchObject({
      ok: false,
      problems: { rationale: expect.anything(), size: expect.anything() },
    });
    expect(read("judgement", { size: "25", rationale: "Usual." })).toMatchObject({ ok: true, request: { size: 25 } });
  });

  test("is not smaller than its plan", () => {
    expect(read("plan", { size: "56" })).toMatchObject({ ok: false, problems: { size: "The plan needs 57." } });
    expect(read("plan", { size: "60" })).toMatchObject({ ok: true, request: { size: 60 } });
  });

  test("is not made under a plan that cannot be carried out", () => {
    expect(read("plan", {}, { planned: null })).toMatchObject({
      ok: false,
      problems: { tolerableRate: expect.anything() },
    });
  });

  test("names one expectation and not two", () => {
    expect(read("plan", { expectedRate: "1", expectedDeviations: "1" })).toMatchObject({
      ok: false,
      problems: { expectedRate: expect.stringContaining("not both") },
    });
  });

  test("in strata has the sizes that were typed", () => {
    const strata = { method: "stratified", sizes: { ledger: "40", portal: "" } } as const;
    expect(read("plan", {}, strata)).toMatchObject({ request: { method: "stratified", sizes: { ledger: 40 } } });
    expect(read("plan", {}, { ...strata, sizes: { ledger: "many" } })).toMatchObject({ ok: false });
  });

  test("always is one that the contract takes", () => {
    const methods = ["rank", "systematic", "stratified", "everything", "targeted", "haphazard"] as const;
    const texts = fc.constantFrom("", "5", "95", "0.5", "60", "x", "a reason", "ledger@1 because");
    const fields = Object.fromEntries(Object.keys(empty).map((name) => [name, texts]));
    fc.assert(
      fc.property(
        fc.constantFrom("plan", "discovery", "two-stage-plan", "house-table", "judgement"),
        fc.constantFrom(...methods),
        fc.record(fields as Record<DrawFields, typeof texts>),
        (kind: BasisKind, method, values) => {
          const reading = read(kind, values, { method });
          if (reading.ok) expect(DrawRequest.safeParse(reading.request).success).toBe(true);
        },
      ),
    );
  });
});

describe("items that the auditor names", () => {
  test("stand on a line each, with why", () => {
    expect(readNamedItems("ledger@1  the largest one\n\n portal@2 on a Sunday ")).toEqual([
      { id: "ledger@1", reason: "the largest one" },
      { id: "portal@2", reason: "on a Sunday" },
    ]);
  });

  test("are not taken without a reason", () => {
    expect(readNamedItems("ledger@1 large\nportal@2")).toBeNull();
    expect(readNamedItems("")).toBeNull();
  });
});
