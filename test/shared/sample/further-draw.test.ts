import { hash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DrawPurpose } from "../../../shared/model/draw-purpose.ts";
import type { Draw } from "../../../shared/model/sample.ts";
import { performDraw } from "../../../shared/sample/draw.ts";
import { splitExpansion } from "../../../shared/sample/further-draw.ts";
import { rankIds } from "../../../shared/sample/rank-selection.ts";
import { allocateProportionally } from "../../../shared/sample/strata-allocation.ts";
import { countStrata } from "../../../shared/sample/stratified-selection.ts";
import { plainDraw } from "../../draw-entry.ts";

const digest = (content: Uint8Array | string) => hash("sha256", content, "hex");
const ids = Array.from({ length: 24 }, (_, index) => `item-${index}`);
const strata = new Map(ids.map((id, index) => [id, index % 3 === 0 ? "emergency" : "standard"]));
const frame = { ids, strata };
type Method = "rank" | "systematic" | "stratified";

/** A draw log that is filled as the engine does: each draw from what the log has so far. */
class Log {
  readonly draws: Draw[] = [];
  readonly method: Method;

  constructor(method: Method, size: number) {
    this.method = method;
    const sizes = allocateProportionally(countStrata(strata), size);
    this.add({ kind: "initial" }, size, method === "stratified" ? sizes : null);
  }

  add(purpose: DrawPurpose, size: number, sizes: ReturnType<typeof allocateProportionally> | null): Draw {
    const own = sizes && { key: "kind" as const, allocation: "proportional" as const, digest: "", sizes, ofItems: [] };
    const draw: Draw = {
      ...{ id: `d${this.draws.length}`, freezeId: "f", population: "change", populationDigest: "" },
      ...{ ...plainDraw, method: this.method, seed: "seed", size, purpose, strata: own, items: [] },
      ...{ populationSize: ids.length, rationale: "R", at: "2026-01-01T00:00:00.000Z", by: "A" },
    };
    const drawn = { ...draw, items: performDraw(frame, draw, this.draws, digest) };
    this.draws.push(drawn);
    return drawn;
  }

  replace(item: string): Draw {
    const sizes = [...countStrata(strata)].map(([name, population]) => {
      return { name, population, sample: name === strata.get(item) ? 1 : 0 };
    });
    const purpose: DrawPurpose = { kind: "replacement", of: "d0", replaces: item, reason: "void", explanation: "E" };
    return this.add(purpose, 1, this.method === "stratified" ? sizes : null);
  }

  expand(size: number): Draw {
    const drawn = this.draws.flatMap(({ items }) => items);
    const sizes = [...countStrata(strata)].map(([name, population]) => {
      return { name, population, sample: drawn.filter((id) => strata.get(id) === name).length };
    });
    const split = this.method === "stratified" ? splitExpansion(sizes, size) : null;
    return this.add({ kind: "expansion", of: "d0", risk: null }, size, split);
  }

  get items(): string[] {
    return this.draws.flatMap(({ items }) => items);
  }
}

const code = (expected: string) => expect.objectContaining({ code: expected });

describe("what follows a draw", () => {
  it("takes the next items in rank order, in the order in which they are asked for", () => {
    const ranked = rankIds(ids, "seed", digest);
    const log = new Log("rank", 5);
    expect(log.replace(ranked[1] ?? "").items).toEqual([ranked[5]]);
    expect(log.expand(3).items).toEqual(ranked.slice(6, 9));
    expect(log.replace(ranked[5] ?? "").items).toEqual([ranked[9]]);
    expect(log.items).toEqual(ranked.slice(0, 10));
  });

  it("never repeats an item, whatever is replaced and expanded, until there are no more", () => {
    const steps = fc.array(
      fc.oneof(
        fc.nat().map((at) => ({ at })),
        fc.integer({ min: 1, max: 4 }).map((size) => ({ size })),
      ),
    );
    fc.assert(
      fc.property(
        fc.constantFrom("rank", "stratified", "systematic"),
        fc.integer({ min: 1, max: 24 }),
        steps,
        (method, size, all) => {
          const log = new Log(method as Method, size);
          for (const step of all) {
            if ("size" in step && method === "systematic") continue;
            try {
              if ("size" in step) log.expand(step.size);
              else log.replace(log.items[step.at % log.items.length] ?? "");
            } catch (error) {
              // Nothing else may stop it: no items are left, or an item was replaced already.
              expect(["sample-exhausted", "request-invalid"]).toContain((error as { code: string }).code);
            }
          }
          expect(new Set(log.items).size).toBe(log.items.length);
          expect(log.items.every((id) => ids.includes(id))).toBe(true);
        },
      ),
    );
  });

  it("replaces by strata within the stratum, and expands in proportion to what is left", () => {
    const log = new Log("stratified", 6);
    const emergency = log.items.find((id) => strata.get(id) === "emergency") ?? "";
    expect(strata.get(log.replace(emergency).items[0] ?? "")).toBe("emergency");
    const { items } = log.expand(6);
    expect(items.filter((id) => strata.get(id) === "emergency")).toHaveLength(2);
  });

  it("ends with the population", () => {
    const log = new Log("rank", 23);
    log.replace(log.items[0] ?? "");
    expect(() => log.replace(log.items[1] ?? "")).toThrowError(code("sample-exhausted"));
    expect(() => log.expand(1)).toThrowError(code("sample-exhausted"));
    const tight = new Log("stratified", 24);
    expect(() => tight.replace(tight.items[0] ?? "")).toThrowError(code("sample-exhausted"));
  });

  it("replaces an item once, and only one that was drawn", () => {
    const log = new Log("rank", 3);
    const [first = ""] = log.items;
    log.replace(first);
    expect(() => log.replace(first)).toThrowError(code("request-invalid"));
    expect(() => log.replace("item-nowhere")).toThrowError(code("request-invalid"));
    const undrawn = ids.find((id) => !log.items.includes(id)) ?? "";
    expect(() => log.replace(undrawn)).toThrowError(code("request-invalid"));
  });

  it("is not possible for a systematic sample beyond replacements", () => {
    expect(() => new Log("systematic", 3).expand(1)).toThrowError(code("request-invalid"));
  });
});
