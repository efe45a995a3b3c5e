import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { ListDraw } from "../../../electron/cli/commands/list-draw.ts";
import { describeRecorded } from "../../recorded-data.ts";
import { tickmark, tickmarkJson } from "./command-line.ts";

const folder = mkdtempSync(join(tmpdir(), "tickmark-list-"));
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const draw = (...options: string[]) => tickmark("sample", "draw", ...options);
const ids = ["b 2", "a", "é", "e\u0301", "\u{1F600}", " c"];
const list = write("ids.txt", ids.map((id) => `${id}\n`).join(""));

describe("a draw from a list of ids, without an engagement", () => {
  it("prints the items and nothing else, so that they can be compared with another program's", async () => {
    const { status, out, err } = await draw("--ids", list, "--seed", "s", "--size", "3");
    expect({ status, err }).toEqual({ status: 0, err: "" });
    const json = await tickmarkJson<ListDraw>("sample", "draw", "--ids", list, "--seed", "s", "--size", "3");
    expect(out).toBe(json.items.map((id) => `${id}\n`).join(""));
    expect(json).toMatchObject({ method: "rank", seed: "s", size: 3, populationSize: 6 });
    expect(json.populationDigest).toMatch(/^[0-9a-f]{64}$/);
  });

  it("takes the bytes as they are: nothing is trimmed, and the last line needs no end", async () => {
    const marked = write("marked.txt", "\uFEFFfirst\nsecond\r\n third");
    const all = await tickmarkJson<ListDraw>("sample", "draw", "--ids", marked, "--everything");
    expect(all.items).toEqual([" third", "second\r", "\uFEFFfirst"]);
  });

  it("draws systematically, and by strata from a list that names them", async () => {
    const systematic = ["--ids", list, "--method", "systematic", "--seed", "s", "--size", "2"];
    expect((await tickmarkJson<ListDraw>("sample", "draw", ...systematic)).items).toHaveLength(2);
    const strata = write("strata.tsv", ids.map((id, index) => `${index % 2 === 0 ? "even" : "odd"}\t${id}\n`).join(""));
    const stratified = ["--strata", strata, "--method", "stratified", "--seed", "s"];
    const spread = await tickmarkJson<ListDraw>("sample", "draw", ...stratified, "--size", "4");
    expect(spread.strata).toEqual([
      { name: "even", population: 3, sample: 2 },
      { name: "odd", population: 3, sample: 2 },
    ]);
    const given = await tickmarkJson<ListDraw>("sample", "draw", ...stratified, "--stratum", "odd=3");
    expect(new Set(given.items)).toEqual(new Set(["a", "e\u0301", " c"]));
  });

  it.each([
    ["an id twice", "a\nb\na\n", "occurs twice"],
    ["an empty line", "a\n\nb\n", "is empty"],
    ["bytes that are not UTF-8", Buffer.from([0x61, 0xff, 0x0a]), "not UTF-8"],
  ])("refuses a list with %s", async (_, text, message) => {
    const { status, out, err } = await draw("--ids", write("bad.txt", text), "--seed", "s", "--size", "1");
    expect(status).toBeGreaterThan(1);
    expect(out + err).toContain(message);
  });

  it.each([
    ["no seed", ["--size", "1"], "needs --seed"],
    ["a seed with a bar", ["--seed", "a|b", "--size", "1"], "cannot be a seed"],
    ["more items than there are", ["--seed", "s", "--size", "7"], "population of 6"],
    ["no size", ["--seed", "s"], "sample of 0"],
    ["a targeted draw", ["--method", "targeted"], "is of an engagement"],
    ["a stratified draw without strata", ["--method", "stratified", "--seed", "s", "--size", "1"], "needs --strata"],
    ["a size of no number", ["--seed", "s", "--size", "1.5"], "whole number"],
  ])("refuses %s", async (_, options, message) => {
    const { status, out, err } = await draw("--ids", list, ...options);
    expect(status).toBe(2);
    expect(out + err).toContain(message);
  });

  it("is one or the other: from a list or from an engagement, and a draw needs its options", async () => {
    expect((await draw("x.tickmark", "--ids", list, "--seed", "s", "--size", "1")).err).toContain("either");
    expect((await draw("--size", "1", "--rationale", "R")).err).toContain("engagement file or --ids");
    for (const [options, message] of [
      [["--size", "2"], "--rationale"],
      [["--rationale", "R"], "needs --size"],
      [["--rationale", "R", "--method", "stratified", "--size", "2"], "needs --by"],
      [["--rationale", "R", "--method", "targeted"], "needs --items"],
      [["--rationale", "R", "--everything", "--seed", "s"], "--seed is not for"],
      [["--rationale", "R", "--confidence", "0.9"], "--tolerable"],
      [["--rationale", "R", "--confidence", "0.9", "--tolerable", "0.1", "--frequency", "daily"], "either a plan"],
      [
        ["--rationale", "R", "--two-stage", "--confidence", "0.9", "--tolerable", "0.1", "--expected-rate", "0.01"],
        "two-stage",
      ],
      [["--rationale", "R", "--table", "common-practice"], "frequency"],
    ] as const) {
      const { status, out, err } = await draw("x.tickmark", ...options);
      expect(status, options.join(" ")).toBe(2);
      expect(out + err).toContain(message);
    }
  });
});

describeRecorded("../sampling", "the list of example ids", (path) => {
  it("is drawn as its golden says, through the command line", async () => {
    const [golden] = JSON.parse(readFileSync(join(path, "selection.json"), "utf8"));
    const options = ["--ids", join(path, "example_ids.txt"), "--seed", golden.seed, "--size", String(golden.n)];
    const drawn = await tickmarkJson<ListDraw>("sample", "draw", ...options);
    const file = readFileSync(join(path, "example_ids.txt"), "utf8").trim().split("\n");
    expect(drawn.populationSize).toBe(file.length);
    expect(drawn.items).toEqual(golden.sample);
  });
});
