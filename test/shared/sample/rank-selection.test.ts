import { execFileSync } from "node:child_process";
import { hash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { digestPopulation, listIds } from "../../../shared/population/population-digest.ts";
import { describeDraw, rankIds, selectByRank } from "../../../shared/sample/rank-selection.ts";
import { describeRecorded } from "../../recorded-data.ts";

const digest = (content: Uint8Array | string) => hash("sha256", content, "hex");
const folder = mkdtempSync(join(tmpdir(), "tickmark-draw-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("draw by rank", () => {
  it("comes out of the shell command that is shown beside it", () => {
    const ids = ["repo@1", "repo@2 with space", "répo@3", "x|y", "'quoted'", "back\\slash", "%s"];
    const file = join(folder, "ids.txt");
    writeFileSync(file, listIds(ids));
    const seed = "it's a seed %d";
    const drawn = execFileSync("bash", ["-c", describeDraw(seed, 5, file)]).toString();
    expect(drawn).toBe(
      selectByRank(ids, 5, seed, digest)
        .map((id) => `${id}\n`)
        .join(""),
    );
  });

  it("never depends on the order of the population", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1 }), (ids) => {
        expect(rankIds([...ids].reverse(), "seed", digest)).toEqual(rankIds(ids, "seed", digest));
      }),
    );
  });

  it("keeps the ranks of the others when an item is taken away", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 2 }), (ids) => {
        const [gone, ...rest] = ids;
        expect(rankIds(rest, "seed", digest)).toEqual(rankIds(ids, "seed", digest).filter((id) => id !== gone));
      }),
    );
  });

  it.each([0, 4, -1, 1.5, Number.NaN])("refuses a sample of %s from three", (size) => {
    expect(() => selectByRank(["a", "b", "c"], size, "seed", digest)).toThrowError(
      expect.objectContaining({ code: "sample-size-invalid" }),
    );
  });

  it.each(["", "a|b", "a\nb"])("refuses the seed %j", (seed) => {
    expect(() => selectByRank(["a"], 1, seed, digest)).toThrowError(
      expect.objectContaining({ code: "sample-size-invalid" }),
    );
  });
});

interface Golden {
  note: string;
  seed: string;
  ids: string[];
  n: number;
  population_sha256: string;
  ranked: string[];
  sample?: string[];
}

describeRecorded("../sampling", "golden draws", (path) => {
  const goldens = JSON.parse(readFileSync(join(path, "selection.json"), "utf8")) as Golden[];
  it("are all reproduced: digest, ranks and sample", () => {
    const ranked = goldens.filter((golden) => Array.isArray(golden.ranked));
    expect(ranked.length).toBeGreaterThan(0);
    for (const golden of ranked) {
      expect(digestPopulation(golden.ids, digest), golden.note).toBe(golden.population_sha256);
      const own = rankIds(golden.ids, golden.seed, digest);
      expect(own.slice(0, golden.ranked.length), golden.note).toEqual(golden.ranked);
      expect(selectByRank(golden.ids, golden.n, golden.seed, digest), golden.note).toEqual(
        golden.ranked.slice(0, golden.n),
      );
    }
  });
});
