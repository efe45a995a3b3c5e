import { execFileSync } from "node:child_process";
import { hash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { listIds } from "../../../shared/population/population-digest.ts";
import { firstInRank, rankIds, selectByRank } from "../../../shared/sample/rank-selection.ts";

const digest = (content: Uint8Array | string) => hash("sha256", content, "hex");
const folder = mkdtempSync(join(tmpdir(), "tickmark-draw-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Ids of many kinds; the same letter in two normal forms makes two ids. */
const ids = fc.uniqueArray(fc.string({ unit: "binary", minLength: 1 }), { minLength: 1, maxLength: 60 });

describe("draw by rank", () => {
  it("is that of sha256sum and sort, run id by id", () => {
    const named = [
      "two words",
      " before",
      "after ",
      "'single'",
      '"double"',
      "back\\slash",
      "$HOME",
      "`x`",
      "%s",
      "-n",
      "a\tb",
    ];
    const letters = ["Änderung", "A\u0308nderung", "чг-1", "CHG-\u{1F600}", "\uFFFD", "\uE000", "x|y", "\r"];
    const all = [...named, ...letters];
    const file = join(folder, "ids.txt");
    writeFileSync(file, listIds(all));
    const script = `while IFS= read -r id; do printf '%s\\t%s\\n' "$(printf '%s|%s' "$SEED" "$id" | sha256sum | cut -c1-64)" "$id"; done |
      LC_ALL=C sort -t "$(printf '\\t')" -k1,1 -k2,2 | LC_ALL=C cut -f2-`;
    for (const seed of ["it's a seed %d", "\u{1F3B2} Würfel", "$(id)"]) {
      const ranked = execFileSync("bash", ["-c", `{ ${script}; } < "${file}"`], {
        env: { ...process.env, SEED: seed },
      });
      expect(ranked.toString(), seed).toBe(
        rankIds(all, seed, digest)
          .map((id) => `${id}\n`)
          .join(""),
      );
    }
  });

  it("keeps ids apart that look alike, for they are other bytes", () => {
    const alike = ["é", "e\u0301", "K", "\u212A"];
    expect(new Set(rankIds(alike, "seed", digest)).size).toBe(4);
    expect(digest("seed|é")).not.toBe(digest("seed|e\u0301"));
  });

  it("never depends on the order of the population", () => {
    fc.assert(
      fc.property(ids, fc.integer(), (population, turn) => {
        const shuffled = population.toSorted((a, b) => (digest(a + turn) < digest(b + turn) ? -1 : 1));
        expect(rankIds(shuffled, "seed", digest)).toEqual(rankIds(population, "seed", digest));
      }),
    );
  });

  it("only adds items when it grows, and never takes one away", () => {
    fc.assert(
      fc.property(ids, fc.nat(), fc.nat(), (population, a, b) => {
        const [small, large] = [1 + (a % population.length), 1 + (b % population.length)].sort((x, y) => x - y);
        const drawn = selectByRank(population, large ?? 1, "seed", digest);
        expect(drawn.slice(0, small)).toEqual(selectByRank(population, small ?? 1, "seed", digest));
      }),
    );
  });

  it("keeps the ranks of the others when an item is taken away", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 2 }), (population) => {
        const [gone, ...rest] = population;
        expect(rankIds(rest, "seed", digest)).toEqual(rankIds(population, "seed", digest).filter((id) => id !== gone));
      }),
    );
  });

  it("is the same when keys of the far ranks are dropped on the way", () => {
    const many = Array.from({ length: 5000 }, (_, index) => `item-${index}`);
    const all = rankIds(many, "seed", digest);
    for (const size of [1, 7, 1500]) expect(firstInRank(many, size, "seed", digest)).toEqual(all.slice(0, size));
  });

  it("orders equal keys by the ids' bytes, also beyond the basic plane", () => {
    const same = () => "0".repeat(64);
    expect(rankIds(["\u{1F600}", "\uFFFD", "b", "a"], "seed", same)).toEqual(["a", "b", "\uFFFD", "\u{1F600}"]);
  });

  it("draws each item as often as any other, over many seeds", () => {
    const population = Array.from({ length: 20 }, (_, index) => `item-${index}`);
    const counts = new Map(population.map((id) => [id, 0]));
    const runs = 4000;
    for (let run = 0; run < runs; run += 1) {
      for (const id of selectByRank(population, 5, `seed-${run}`, digest)) counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    const expected = (runs * 5) / 20;
    // Without replacement the statistic is (N − 1) ÷ (N − n) times that of independent draws.
    const sum = [...counts.values()].reduce((total, count) => total + (count - expected) ** 2 / expected, 0);
    // 99.9 % point of chi-square with 19 degrees of freedom.
    expect((sum * 19) / 15).toBeLessThan(43.82);
    // A draw that were less random than that, such as one in turn, would come out far too even.
    expect((sum * 19) / 15).toBeGreaterThan(5.407);
  });

  it.each([0, 4, -1, 1.5, Number.NaN])("refuses a sample of %s from three", (size) => {
    expect(() => selectByRank(["a", "b", "c"], size, "seed", digest)).toThrowError(
      expect.objectContaining({ code: "sample-size-invalid" }),
    );
  });

  it.each(["", "a|b", "a\nb", "a\0b", "\uD800"])("refuses the seed %j", (seed) => {
    expect(() => selectByRank(["a"], 1, seed, digest)).toThrowError(
      expect.objectContaining({ code: "sample-size-invalid" }),
    );
  });
});
