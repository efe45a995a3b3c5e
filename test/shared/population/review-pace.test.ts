import { describe, expect, it } from "vitest";
import { measurePace } from "../../../shared/population/review-pace.ts";
import { History, loginOf, repository } from "./history.ts";

const opened = Date.parse("2026-02-02T09:00:00.000Z");
const after = (seconds: number) => new Date(opened + seconds * 1000).toISOString();

interface Told {
  readonly lines: number;
  readonly seconds: number;
  readonly by?: string;
}

function changesOf(told: readonly Told[]) {
  const history = new History();
  let tip = history.commit({ at: 0 });
  for (const [index, { lines, seconds, by = "ben" }] of told.entries()) {
    const number = index + 1;
    const head = history.commit({ parents: [tip], message: `Change ${number}\n` });
    tip = history.merge(tip, head);
    const createdAt = after(0);
    history.request(number, { head, mergeCommit: tip, author: loginOf("ada"), createdAt });
    history.review(number, by, head, { at: after(seconds) });
    if (lines === 0) continue;
    const size = { added: lines, removed: 0, files: 1 };
    history.fact({ kind: "request-details", repository, request: number, labels: [], size });
  }
  history.main(tip);
  return history.population().items.change;
}

describe("time to approval against size of change", () => {
  it("has the change in the middle, and those approved soonest for their size first", () => {
    const pace = measurePace(
      changesOf([
        { lines: 100, seconds: 600 },
        { lines: 1000, seconds: 30 },
        { lines: 200, seconds: 100 },
      ]),
    );
    expect(pace).toMatchObject({ sized: 3, medianPace: 50 });
    expect(pace.quickest.map(({ lines, seconds }) => [lines, seconds])).toEqual([
      [1000, 30],
      [200, 100],
      [100, 600],
    ]);
  });

  it("correlates where larger changes take longer, and the other way round where they take less", () => {
    const longer = [10, 20, 40, 80].map((lines) => ({ lines, seconds: lines * 60 }));
    const shorter = [10, 20, 40, 80].map((lines) => ({ lines, seconds: 9000 - lines * 60 }));
    expect(measurePace(changesOf(longer)).paceBySize).toBe(1000);
    expect(measurePace(changesOf(shorter)).paceBySize).toBe(-1000);
    expect(measurePace(changesOf([10, 20, 40].map((lines) => ({ lines, seconds: 60 })))).paceBySize).toBe(0);
  });

  it("counts equal sizes as equal", () => {
    const told = [
      { lines: 10, seconds: 60 },
      { lines: 10, seconds: 90 },
      { lines: 20, seconds: 120 },
    ];
    // Ranks 0.5, 0.5, 2 against 0, 1, 2: 1.5 / sqrt(1.5 × 2).
    expect(measurePace(changesOf(told)).paceBySize).toBe(866);
  });

  it("leaves out what nobody else approved, and what has no size", () => {
    const told = [
      { lines: 10, seconds: 60, by: "ada" },
      { lines: 10, seconds: 60, by: "stranger" },
      { lines: 0, seconds: 60 },
    ];
    expect(measurePace(changesOf(told))).toEqual({ sized: 0, medianPace: 0, paceBySize: 0, quickest: [] });
  });
});
