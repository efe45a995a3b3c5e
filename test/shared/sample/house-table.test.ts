import { describe, expect, it } from "vitest";
import { HouseTable } from "../../../shared/model/house-table.ts";
import { type HouseRequest, lookUpSize } from "../../../shared/sample/house-table.ts";

const plain = { grade: "memory", where: "A habit" } as const;
const written = {
  ...{ id: "firm", version: "3", title: "Our sizes", statistical: false, remark: "As agreed." },
  rows: [
    { frequency: "weekly", sizes: { lower: 5, moderate: 8, higher: 12 }, sources: [plain] },
    {
      frequency: "event-driven",
      sizes: { lower: 5, moderate: { share: "0.035", atLeast: 5, atMost: 25 }, higher: 30 },
      sources: [plain],
    },
  ],
};
const table = HouseTable.parse(written);
const lookUp = (request: Partial<HouseRequest>) =>
  lookUpSize(table, { frequency: "weekly", risk: "moderate", populationSize: null, itemName: "weeks", ...request });
const byShare = (populationSize: number) => lookUp({ frequency: "event-driven", populationSize }).size;

describe("a house table", () => {
  it("gives the size by frequency and risk, never as a statistical one", () => {
    expect(["lower", "moderate", "higher"].map((risk) => lookUp({ risk } as Partial<HouseRequest>).size)).toEqual([
      5, 8, 12,
    ]);
    expect(lookUp({})).toMatchObject({ statistical: false, sources: [plain], table: { id: "firm", version: "3" } });
  });

  it("gives a share of the population, rounded up exactly, within its bounds", () => {
    expect([30, 143, 400, 401, 714, 715, 10_000].map(byShare)).toEqual([5, 6, 14, 15, 25, 25, 25]);
    expect(() => lookUp({ frequency: "event-driven" })).toThrowError(
      expect.objectContaining({ code: "request-invalid" }),
    );
  });

  it("never asks for more than there is", () => {
    expect(lookUp({ populationSize: 3 }).size).toBe(3);
    expect(byShare(2)).toBe(2);
    expect(() => lookUp({ populationSize: 0 })).toThrowError(expect.objectContaining({ code: "request-invalid" }));
  });

  it("says for the workpaper that no limit can be stated", () => {
    const end =
      'for a weekly control of moderate risk, by the table "Our sizes" (version 3): a house table, not a statistical ' +
      "plan, so that no confidence and no limit can be stated.";
    expect(lookUp({}).sentence).toBe(`8 weeks ${end}`);
    expect(lookUp({ populationSize: 52 }).sentence).toBe(`8 of 52 weeks ${end}`);
    expect(lookUp({ populationSize: 6 }).sentence).toBe(`All 6 weeks ${end}`);
  });

  it("says what it has when it has no sizes for a frequency", () => {
    expect(() => lookUp({ frequency: "daily" })).toThrowError(
      expect.objectContaining({ code: "request-invalid", action: "It has: weekly, event-driven." }),
    );
  });

  it.each([
    ["that calls itself statistical", { statistical: true }],
    ["without a version", { version: undefined }],
    ["with a field that nobody knows", { confidence: "0.95" }],
    ["without rows", { rows: [] }],
    ["that names a frequency twice", { rows: [written.rows[0], written.rows[0]] }],
    ["whose size is none", { rows: [{ ...written.rows[0], sizes: { lower: 0, moderate: 1, higher: 1 } }] }],
    ["without a size for a risk", { rows: [{ ...written.rows[0], sizes: { lower: 1, moderate: 1 } }] }],
    ["without a source", { rows: [{ ...written.rows[0], sources: [] }] }],
    ["whose bounds are crossed", { rows: [{ ...written.rows[1], sizes: { ...sizes(9, 3) } }] }],
  ])("%s is refused", (_name, change) => {
    expect(HouseTable.safeParse({ ...written, ...change }).success).toBe(false);
  });
});

function sizes(atLeast: number, atMost: number) {
  return { lower: 1, moderate: { share: "0.1", atLeast, atMost }, higher: 1 };
}
