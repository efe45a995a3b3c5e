import { hash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { digestPopulation } from "../../../shared/population/population-digest.ts";
import { performDraw } from "../../../shared/sample/draw.ts";
import { rankIds } from "../../../shared/sample/rank-selection.ts";
import { allocateProportionally } from "../../../shared/sample/strata-allocation.ts";
import { countStrata } from "../../../shared/sample/stratified-selection.ts";
import { systematicStart } from "../../../shared/sample/systematic-selection.ts";
import { describeRecorded } from "../../recorded-data.ts";

const digest = (content: Uint8Array | string) => hash("sha256", content, "hex");

interface Golden {
  readonly note: string;
  readonly seed: string;
  readonly ids: string[];
  readonly n: number;
  readonly population_sha256: string;
  readonly first_hash: string;
  readonly ranked: string[];
  readonly sample: string[];
  readonly next_replacements: string[];
  readonly systematic: { readonly start_u52: number; readonly sample: string[] };
  readonly strata?: Readonly<Record<string, string[]>>;
  readonly allocation?: Readonly<Record<string, number>>;
  readonly stratified_sample?: Readonly<Record<string, string[]>>;
}

const initial = { purpose: { kind: "initial" as const }, strata: null, items: [] };

describeRecorded("../sampling", "golden draws", (path) => {
  const goldens = JSON.parse(readFileSync(join(path, "selection.json"), "utf8")) as Golden[];

  it.each(goldens.map((golden) => [golden.note, golden] as const))("by rank and systematic: %s", (_, golden) => {
    const { ids, n, seed } = golden;
    expect(digestPopulation(ids, digest)).toBe(golden.population_sha256);
    expect(rankIds(ids, seed, digest)).toEqual(golden.ranked);
    expect(digest(`${seed}|${golden.ranked[0]}`)).toBe(golden.first_hash);
    const frame = { ids, strata: null };
    const drawn = performDraw(frame, { method: "rank", seed, size: n, ...initial }, [], digest);
    expect(drawn).toEqual(golden.sample);
    expect(golden.ranked.slice(n, n + golden.next_replacements.length)).toEqual(golden.next_replacements);
    expect(systematicStart(seed, digest)).toBe(BigInt(golden.systematic.start_u52));
    const systematic = performDraw(frame, { method: "systematic", seed, size: n, ...initial }, [], digest);
    expect(systematic).toEqual(golden.systematic.sample);
  });

  const stratified = goldens.filter(({ strata }) => strata !== undefined);
  it("has a stratified draw", () => expect(stratified.length).toBeGreaterThan(0));

  it.each(stratified.map((golden) => [golden.note, golden] as const))("stratified: %s", (_, golden) => {
    const { ids, n, seed } = golden;
    const named = Object.entries(golden.strata ?? {}).flatMap(([name, own]) => own.map((id) => [id, name] as const));
    const strata = new Map(named);
    const sizes = allocateProportionally(countStrata(strata), n);
    expect(Object.fromEntries(sizes.map(({ name, sample }) => [name, sample]))).toEqual(golden.allocation);
    const terms = {
      ...{ method: "stratified" as const, seed, size: n, ...initial },
      strata: { key: "kind" as const, allocation: "proportional" as const, digest: "", sizes, ofItems: [] },
    };
    expect(performDraw({ ids, strata }, terms, [], digest)).toEqual(
      sizes.flatMap(({ name }) => golden.stratified_sample?.[name] ?? []),
    );
  });
});
