import { hash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nextInFrame, selectSystematically, systematicStart } from "../../../shared/sample/systematic-selection.ts";

const digest = (content: Uint8Array | string) => hash("sha256", content, "hex");
const name = (index: number) => `item-${String(index).padStart(4, "0")}`;

describe("a systematic draw", () => {
  it("has as many different items as asked for, evenly spread, whatever the order of the list", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.nat(), fc.string({ minLength: 1 }), (count, share, text) => {
        const seed = text.replace(/[|\n\0]/g, "_");
        const size = 1 + (share % count);
        const frame = Array.from({ length: count }, (_, index) => name(index));
        const drawn = selectSystematically(frame.toReversed(), size, seed, digest);
        expect(new Set(drawn).size).toBe(size);
        const places = drawn.map((id) => frame.indexOf(id));
        for (let j = 1; j < places.length; j += 1) {
          const gap = (places[j] ?? 0) - (places[j - 1] ?? 0);
          expect(Math.abs(gap - count / size)).toBeLessThan(1);
        }
      }),
    );
  });

  it("begins within the first interval, at a place that the seed alone gives", () => {
    const start = systematicStart("seed", digest);
    expect(start).toBeGreaterThanOrEqual(0n);
    expect(start).toBeLessThan(2n ** 52n);
    expect(systematicStart("seed", digest)).toBe(start);
    expect(systematicStart("seeds", digest)).not.toBe(start);
  });

  it.each([0, 4, 1.5])("refuses a sample of %s from three", (size) => {
    expect(() => selectSystematically(["a", "b", "c"], size, "seed", digest)).toThrowError(
      expect.objectContaining({ code: "sample-size-invalid" }),
    );
  });
});

describe("the neighbour that replaces an item", () => {
  it("is the next one that is not in use, from the start again after the last, until there is none", () => {
    const frame = ["d", "b", "a", "c"];
    expect(nextInFrame(frame, "b", new Set(["b"]))).toBe("c");
    expect(nextInFrame(frame, "b", new Set(["b", "c"]))).toBe("d");
    expect(nextInFrame(frame, "d", new Set(["d"]))).toBe("a");
    expect(nextInFrame(frame, "d", new Set(frame))).toBeUndefined();
  });
});
