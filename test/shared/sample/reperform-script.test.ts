import { execFileSync } from "node:child_process";
import { hash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { root } from "../../../build/install.mjs";
import type { Draw } from "../../../shared/model/sample.ts";
import { compareBytes, listIds } from "../../../shared/population/population-digest.ts";
import { performDraw } from "../../../shared/sample/draw.ts";
import { describeDraw } from "../../../shared/sample/draw-command.ts";
import { rankIds } from "../../../shared/sample/rank-selection.ts";
import { countStrata, listStrata, selectByStratum } from "../../../shared/sample/stratified-selection.ts";
import { nextInFrame, selectSystematically } from "../../../shared/sample/systematic-selection.ts";
import { plainDraw } from "../../draw-entry.ts";

const digest = (content: Uint8Array | string) => hash("sha256", content, "hex");
const script = join(root, "resources/reperform.sh");

function run(args: readonly string[], input: string): string[] {
  return execFileSync("bash", [script, ...args], { input })
    .toString()
    .split("\n")
    .slice(0, -1);
}

const odd = [
  "two words",
  " before",
  "after ",
  "'q'",
  '"qq"',
  "back\\slash",
  "$HOME",
  "%s",
  "-n",
  "a\tb",
  "01",
  "1",
  "1.0",
];
const ids = [...odd, "Änderung", "A\u0308nderung", "CHG-\u{1F600}", "\uFFFD", "x|y", "\r"];
const seeds = ["2026", "it's a seed %d", "$(id)"];

describe("reperform.sh", () => {
  it.each(seeds)("draws by rank as the product does, with the seed %s", (seed) => {
    const ranked = rankIds(ids, seed, digest);
    expect(run([seed, "5"], listIds(ids))).toEqual(ranked.slice(0, 5));
    expect(run([seed, "4", "7"], listIds(ids))).toEqual(ranked.slice(7, 11));
  });

  it("takes a list whose last line has no end, and more ids than it hashes at a time", () => {
    const many = Array.from({ length: 2001 }, (_, index) => `change ${index}`);
    const ranked = rankIds(many, "seed", digest);
    expect(run(["seed", "2001"], listIds(many).slice(0, -1))).toEqual(ranked);
  });

  it.each(seeds)("draws systematically as the product does, with the seed %s", (seed) => {
    for (const size of [1, 2, 7, ids.length]) {
      expect(run(["--systematic", seed, String(size)], listIds(ids))).toEqual(
        selectSystematically(ids, size, seed, digest),
      );
    }
  });

  it("draws systematically from more items than 53 bits can multiply", () => {
    const many = Array.from({ length: 20_000 }, (_, index) => `${1_000_000 + index}`);
    expect(run(["--systematic", "large", "997"], listIds(many))).toEqual(
      selectSystematically(many, 997, "large", digest),
    );
  });

  it("draws by strata as the product does", () => {
    const strata = new Map(ids.map((id, index) => [id, ["1", "01", "one's", "two words"][index % 4] ?? ""]));
    const sizes = [...countStrata(strata)].map(([name, population]) => ({ name, population, sample: population - 2 }));
    const args = sizes.flatMap(({ name, sample }) => [name, String(sample), "0"]);
    expect(run(["--stratified", "s", ...args], listStrata(strata))).toEqual(
      selectByStratum(strata, sizes, "s", digest),
    );
  });

  it("finds the next id that is not in use, from the start again after the last", () => {
    const frame = [...ids].sort(compareBytes);
    for (const used of [[frame[3], frame[4], frame[6]], [frame.at(-1), frame[0]], [frame[0]]]) {
      const names = used.flatMap((id) => id ?? []);
      const after = names[0] ?? "";
      expect(run(["--next", after, ...names], listIds(ids))).toEqual([nextInFrame(ids, after, new Set(names))]);
    }
  });
});

describe("the command that is shown beside a draw", () => {
  const draw: Draw = {
    ...{ id: "d1", freezeId: "f", population: "change", populationDigest: "", populationSize: ids.length },
    ...plainDraw,
    ...{ method: "rank", seed: "it's", size: 3, rationale: "R", at: "2026-01-01T00:00:00.000Z", by: "A", items: [] },
  };
  const folder = mkdtempSync(join(tmpdir(), "tickmark-command-"));
  const files = { ids: join(folder, "ids.txt"), strata: "", script };
  writeFileSync(files.ids, listIds(ids));
  afterAll(() => rmSync(folder, { recursive: true }));

  it("prints the items with coreutils alone for a draw by rank, and for what follows it", () => {
    const ranked = rankIds(ids, draw.seed, digest);
    const initial = { ...draw, items: ranked.slice(0, 3) };
    const next: Draw = { ...draw, id: "d2", size: 2, purpose: { kind: "expansion", of: "d1", risk: null } };
    const frame = { ids, strata: null };
    for (const [view, before] of [
      [initial, []],
      [next, [initial]],
    ] as const) {
      const command = describeDraw(view, [initial, next], files);
      expect(command).not.toContain(script);
      const printed = execFileSync("bash", ["-c", command]).toString();
      expect(printed.split("\n").slice(0, -1)).toEqual(performDraw(frame, view, before, digest));
    }
  });

  it("prints what the auditor named, as far as it is in the population", () => {
    const named: Draw = { ...draw, method: "targeted", seed: "", items: ["-n", "$HOME", "not there", "one"] };
    const command = describeDraw(named, [named], files);
    const printed = execFileSync("bash", ["-c", command]).toString();
    expect(printed).toBe("$HOME\n-n\n");
  });
});
