import { execFileSync } from "node:child_process";
import { hash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { parseManifest } from "../../../shared/bundle/manifest-reading.ts";
import { Draw } from "../../../shared/model/sample.ts";
import type { VerificationReport } from "../../../shared/model/verification-report.ts";
import type { DrawView, MatrixView, PopulationView } from "../../../shared/model/view.ts";
import { compareBytes } from "../../../shared/population/population-digest.ts";
import { reperform } from "../../../shared/verification/reperformance.ts";
import { tickmark, tickmarkJson } from "./command-line.ts";
import { passphrase } from "./demo-bundle.ts";
import { makeSmallEngagement } from "./small-engagement.ts";

const folder = mkdtempSync(join(tmpdir(), "tickmark-samples-"));
const file = join(folder, "small.tickmark");
const unpacked = join(folder, "unpacked");
const digest = (content: Uint8Array | string) => hash("sha256", content, "hex");
const commitIdOf = (content: Uint8Array) =>
  hash("sha1", Buffer.concat([Buffer.from(`commit ${content.length}\0`), content]), "hex");
const part = (path: string) => readFileSync(join(unpacked, path));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const draw = (...options: string[]) =>
  tickmarkJson<DrawView>("sample", "draw", file, "--rationale", "As planned.", ...options);
const list = () => tickmarkJson<DrawView[]>("sample", "list", file);

function follow(command: "replace" | "expand", view: DrawView, ...options: string[]): Promise<DrawView> {
  return tickmarkJson<DrawView>("sample", command, file, "--draw", view.draw.id, ...options);
}

function replaceIn(view: DrawView, at: number): Promise<DrawView> {
  const reason = ["--reason", "void", "--explanation", "The change was withdrawn before it arrived."];
  return follow("replace", view, "--item", view.draw.items[at] ?? "", ...reason);
}

async function failing(...args: string[]): Promise<{ status: number; err: string }> {
  const { status, out, err } = await tickmark(...args);
  return { status, err: out + err };
}

const planned = ["--two-stage", "--confidence", "0.9", "--tolerable", "0.2"];
let twoStage: DrawView;

// Processes are slow to start where many run.
beforeAll(async () => {
  await makeSmallEngagement(folder);
}, 300_000);

describe("samples of an engagement", () => {
  it("by strata in proportion: a replacement comes from the stratum of what it replaces", async () => {
    const view = await draw("--method", "stratified", "--by", "month", "--size", "10", "--seed", "strata");
    expect(view.draw).toMatchObject({
      size: 10,
      statistical: true,
      strata: { key: "month", allocation: "proportional" },
    });
    expect(view.draw.strata?.sizes.map(({ sample }) => sample).reduce((sum, count) => sum + count)).toBe(10);
    const replaced = await replaceIn(view, 4);
    expect(replaced.draw.strata?.ofItems).toEqual([view.draw.strata?.ofItems[4]]);
    expect(replaced.draw.seed).toBe("strata");
    const more = await follow("expand", view, "--size", "4", "--rationale", "More of all strata.");
    expect(more.draw.purpose).toMatchObject({ kind: "expansion", risk: null });
    expect(more.sentences.join(" ")).toContain("none can be claimed");
    const all = [...view.draw.items, ...replaced.draw.items, ...more.draw.items];
    expect(new Set(all).size).toBe(15);
  });

  it("by strata in sizes that the auditor sets, such as all of the riskier ones", async () => {
    const sizes = ["--stratum", "2026-03=7", "--stratum", "2026-01=3"];
    const view = await draw("--method", "stratified", "--by", "month", ...sizes, "--seed", "risk");
    expect(view.draw.strata?.allocation).toBe("given");
    expect(view.draw.strata?.ofItems.filter((name) => name === "2026-03")).toHaveLength(7);
    const fault = await failing("sample", "expand", file, "--draw", view.draw.id, "--size", "1", "--rationale", "R");
    expect(fault).toMatchObject({ status: 2, err: expect.stringContaining("cannot be expanded as a whole") });
  });

  it("systematic on a plan: a replacement is the neighbour, and there is no expansion", async () => {
    const view = await draw("--method", "systematic", "--confidence", "0.9", "--tolerable", "0.2", "--seed", "every");
    expect(view.draw.basis).toMatchObject({ kind: "plan", plan: { size: view.draw.size, acceptableDeviations: 0 } });
    expect(view.draw.items).toEqual([...view.draw.items].sort(compareBytes));
    const replaced = await replaceIn(view, 3);
    const [before, instead, after] = [view.draw.items[3], replaced.draw.items[0], view.draw.items[4]];
    expect(compareBytes(before ?? "", instead ?? "") < 0 && compareBytes(instead ?? "", after ?? "") < 0).toBe(true);
    const fault = await failing("sample", "expand", file, "--draw", view.draw.id, "--size", "1", "--rationale", "R");
    expect(fault).toMatchObject({ status: 2, err: expect.stringContaining("no next items") });
  });

  it("named by the auditor, each with a reason, and without a seed", async () => {
    const items = join(folder, "items.tsv");
    const [earlier] = await list();
    const [first, second] = earlier?.draw.items ?? [];
    writeFileSync(items, `${first}\tThe largest change\n${second}\tMade at night\n`);
    const view = await draw("--method", "targeted", "--items", items);
    expect(view.draw).toMatchObject({ statistical: false, seed: "", reasons: ["The largest change", "Made at night"] });
    expect(view.standing).toBe("apart");
    writeFileSync(items, `${second}\tTaken as it came\n`);
    expect((await draw("--method", "haphazard", "--items", items)).draw.statistical).toBe(false);
    writeFileSync(items, "ledger@nowhere\tWhy not\n");
    const fault = await failing("sample", "draw", file, "--method", "targeted", "--items", items, "--rationale", "R");
    expect(fault).toMatchObject({ status: 2, err: expect.stringContaining("not in the frozen population") });
  });

  it("in two stages: the second one is drawn only when the first calls for it, and once", async () => {
    twoStage = await draw(...planned, "--seed", "stage-2");
    const second = ["--second-stage", "--rationale", "The first stage calls for it."];
    const early = await failing("sample", "expand", file, "--draw", twoStage.draw.id, ...second);
    expect(early).toMatchObject({ status: 2, err: expect.stringContaining("does not call for a second one") });
    await tickmarkJson("evaluate", file);
    const stage = await follow("expand", twoStage, ...second);
    expect(stage.draw).toMatchObject({ seed: "stage-2", size: twoStage.draw.size, purpose: { kind: "second-stage" } });
    await tickmarkJson("evaluate", file);
    const again = await failing("sample", "expand", file, "--draw", twoStage.draw.id, ...second);
    expect(again.status).toBe(2);
  });

  it("expanded outside of the plan, with the true risk in the log", async () => {
    await replaceIn(twoStage, 2);
    const more = await follow("expand", twoStage, "--size", "5", "--rationale", "To be sure.");
    const { purpose } = more.draw;
    if (purpose.kind !== "expansion" || purpose.risk === null) throw new Error("no risk");
    expect(purpose.risk.planned).toBeCloseTo(0.1, 12);
    expect(purpose.risk.actual).toBeGreaterThan(0.1);
    expect(more.sentences).toContain(purpose.risk.sentence);
  });

  it("are not replaced because evidence is missing, which counts as a deviation", async () => {
    const [item = ""] = twoStage.draw.items;
    const options = ["--draw", twoStage.draw.id, "--item", item, "--reason", "no-evidence", "--explanation", "Lost."];
    expect(await failing("sample", "replace", file, ...options)).toMatchObject({
      status: 2,
      err: expect.stringContaining("counts as a deviation"),
    });
  });

  it("are refused below the size that their plan asks for, and recorded as judgement without one", async () => {
    const low = ["--size", "3", "--confidence", "0.9", "--tolerable", "0.2", "--seed", "too few", "--rationale", "R"];
    expect(await failing("sample", "draw", file, ...low)).toMatchObject({
      status: 2,
      err: expect.stringContaining("give the size as your own judgement"),
    });
    const impossible = [
      "--confidence",
      "0.9",
      "--tolerable",
      "0.01",
      "--expected-rate",
      "0.02",
      "--seed",
      "x",
      "--rationale",
      "R",
    ];
    expect((await failing("sample", "draw", file, ...impossible)).status).toBe(2);
  });

  it("of everything, and of the size that a house table gives", async () => {
    await draw("--population", "deployment", "--everything");
    const table = ["--population", "deployment", "--frequency", "weekly", "--seed", "house"];
    expect((await draw(...table)).draw).toMatchObject({ size: 10, basis: { kind: "house-table", size: 10 } });
  });

  it("use a seed once", async () => {
    const again = await failing("sample", "draw", file, "--size", "2", "--seed", "strata", "--rationale", "R");
    expect(again).toMatchObject({ status: 2, err: expect.stringContaining("was used") });
  });

  it("are marked in the weeks of the population, each item once", async () => {
    const view = await tickmarkJson<PopulationView>("population", file);
    const tested = (await list()).filter(
      ({ standing, draw: each }) => standing !== "superseded" && each.population === "change",
    );
    const replaced = new Set(
      tested.flatMap(({ draw: { purpose } }) => (purpose.kind === "replacement" ? [purpose.replaces] : [])),
    );
    const items = new Set(tested.flatMap(({ draw: each }) => each.items).filter((id) => !replaced.has(id)));
    const { change = [], deployment = [] } = view.weeks;
    expect(change.reduce((sum, { sampled }) => sum + sampled, 0)).toBe(items.size);
    expect(deployment.reduce((sum, { sampled }) => sum + sampled, 0)).toBe(10);
    for (const { count, sampled } of change) expect(sampled).toBeLessThanOrEqual(count);
  });
});

describe("a bundle with draws of every kind", () => {
  let views: DrawView[];
  beforeAll(async () => {
    const zip = join(folder, "samples.zip");
    const identity = ["--identity", join(folder, "signer.p12"), ...passphrase];
    const early = await failing("export", file, zip, ...identity);
    expect(early).toMatchObject({ status: 2, err: expect.stringContaining("has not been evaluated") });
    await tickmarkJson("evaluate", file);
    await tickmarkJson("export", file, zip, ...identity);
    execFileSync("unzip", ["-q", zip, "-d", unpacked]);
    views = await list();
  });

  it("verifies", async () => {
    const report = await tickmarkJson<VerificationReport>("verify", join(folder, "samples.zip"));
    expect(report.checks.filter(({ outcome }) => outcome === "failed")).toEqual([]);
    expect(report.checks.find(({ id }) => id === "draw")?.detail).toMatch(/^\d+ draws come out the same/);
  });

  it("gives the items of each draw to whoever runs its commands in the unpacked bundle", () => {
    const draws = z.array(Draw).parse(JSON.parse(part("sample/draws.json").toString()));
    expect(draws.map(({ id }) => id)).toEqual(views.map(({ draw: each }) => each.id));
    const kinds = new Set(draws.map(({ method, purpose }) => `${method} ${purpose.kind}`));
    expect(kinds.size).toBe(12);
    for (const { draw: each, command } of views) {
      const printed = execFileSync("bash", ["-c", shortened(each, command)], { cwd: unpacked }).toString();
      const isNamed = each.method === "targeted" || each.method === "haphazard";
      const items = isNamed ? [...each.items].sort(compareBytes) : each.items;
      expect(printed, `${each.method} ${each.purpose.kind}`).toBe(items.map((id) => `${id}\n`).join(""));
    }
  }, 300_000);

  /** The shown commands by rank start three processes for each id; all but two are given to the script, which starts fewer. */
  function shortened(each: Draw, command: string): string {
    if (each.method !== "rank" || each.seed === "house" || each.purpose.kind === "replacement") return command;
    const skip = /tail -n \+(\d+)/.exec(command)?.[1] ?? "1";
    return `bash reperform.sh '${each.seed}' ${each.size} ${Number(skip) - 1} < population/${each.population}s.ids.txt`;
  }

  it("has the same commands in VERIFY.md", () => {
    const instructions = part("VERIFY.md").toString();
    for (const { command } of views) expect(instructions).toContain(`    ${command}\n`);
  });

  it("names the script that the shared definition of a draw describes: seed, size, ids on standard input", () => {
    const view = views.find(({ draw: each }) => each.seed === "house");
    const input = part("population/deployments.ids.txt");
    const args = ["reperform.sh", view?.draw.seed ?? "", String(view?.draw.size)];
    const printed = execFileSync("bash", args, { cwd: unpacked, input }).toString();
    expect(printed.split("\n").slice(0, -1)).toEqual(view?.draw.items);
  });

  describe("of which something was altered by somebody who can sign", () => {
    type Statement = Record<string, unknown>;

    async function failuresWith(replaced: Record<string, string>) {
      const manifest = parseManifest(part("manifest.json").toString());
      const read = async (path: string) => (replaced[path] === undefined ? part(path) : Buffer.from(replaced[path]));
      async function* stream(path: string) {
        yield await read(path);
      }
      const checks = await reperform({ manifest, read, stream }, { digest, commitIdOf });
      return checks.filter(({ outcome }) => outcome === "failed");
    }

    /** The draw log with one entry changed, and the activity log made to fit but for its chain. */
    function withDraw(at: number, change: (entry: Statement) => Statement): Record<string, string> {
      const draws = JSON.parse(part("sample/draws.json").toString()) as Statement[];
      const edited = draws.map((entry, index) => (index === at ? change(structuredClone(entry)) : entry));
      expect(edited).not.toEqual(draws);
      return { "sample/draws.json": JSON.stringify(edited) };
    }

    const places = () =>
      new Map(
        views.map(({ draw: { method, purpose, population } }, at) => [`${population} ${method} ${purpose.kind}`, at]),
      );
    const place = (name: string) => {
      const at = places().get(name);
      if (at === undefined) throw new Error(`no ${name}`);
      return at;
    };

    it.each([
      ["the seed", "change systematic initial", (e: Statement) => ({ ...e, seed: "another" }), "draws another sample"],
      [
        "the order",
        "change rank second-stage",
        (e: Statement) => ({ ...e, items: (e.items as string[]).toReversed() }),
        "another sample",
      ],
      [
        "the order of a replacement",
        "change rank replacement",
        (e: Statement) => ({ ...e, items: ["ledger@x"] }),
        "another sample",
      ],
      [
        "a stratum's size",
        "change stratified initial",
        (e: Statement) => ({ ...e, strata: { ...(e.strata as object), allocation: "proportional" } }),
        "strata have other sizes",
      ],
      [
        "the strata",
        "change stratified initial",
        (e: Statement) => ({ ...e, strata: { ...(e.strata as object), digest: "0".repeat(64) } }),
        "strata are not those",
      ],
      [
        "a plan's size",
        "change rank initial",
        (e: Statement) => JSON.parse(JSON.stringify(e).replace('"stageSize":9', '"stageSize":8')) as Statement,
        "not what its basis asks",
      ],
      [
        "a plan's risk",
        "change rank initial",
        (e: Statement) =>
          JSON.parse(JSON.stringify(e).replace(/"achievedRisk":0\.\d+/, '"achievedRisk":0.01')) as Statement,
        "comes out otherwise at achievedRisk",
      ],
      [
        "the true risk",
        "change rank expansion",
        (e: Statement) => JSON.parse(JSON.stringify(e).replace(/"actual":0\.\d+/, '"actual":0.1')) as Statement,
        "true risk",
      ],
      [
        "that it is statistical",
        "change targeted initial",
        (e: Statement) => ({ ...e, statistical: true }),
        "statistical",
      ],
      ["a reason", "change targeted initial", (e: Statement) => ({ ...e, reasons: ["only one"] }), "has a reason"],
      [
        "that it was a plain draw",
        "change rank expansion",
        (e: Statement) => ({ ...e, purpose: { kind: "initial" } }),
        "used twice",
      ],
      [
        "that the stage was planned",
        "change rank expansion",
        // As a second stage is spelled: with the fields of an expansion besides, no reader would take it for one.
        (e: Statement) => {
          const { of } = e.purpose as { readonly of: string };
          return { ...e, purpose: { controls: ["ODD-01"], kind: "second-stage", of } };
        },
        "was planned",
      ],
      [
        "its basis",
        "change rank second-stage",
        (e: Statement) => ({ ...e, basis: { kind: "judgement" } }),
        "claims another basis",
      ],
      [
        "its time",
        "change rank initial",
        (e: Statement) => ({ ...e, at: "2020-01-01T00:00:00.000Z" }),
        "frozen before it",
      ],
    ])("%s of a %s is found", async (_, name, change, message) => {
      const failures = await failuresWith(withDraw(place(name), change));
      expect(failures.find(({ id }) => id === "draw")?.detail).toContain(message);
      expect(failures.map(({ id }) => id)).toContain("activity-log");
    });

    it("a draw that was left out of the log is found, tested or not", async () => {
      for (const name of ["change systematic initial", "change rank replacement", "change targeted initial"]) {
        const draws = JSON.parse(part("sample/draws.json").toString()) as Statement[];
        const left = { "sample/draws.json": JSON.stringify(draws.toSpliced(place(name), 1)) };
        const failures = await failuresWith(left);
        expect(failures.length, name).toBeGreaterThan(0);
      }
    });

    it("a tested draw that is not named as tested is found", async () => {
      const engagement = JSON.parse(part("engagement.json").toString());
      engagement.testedDraws.pop();
      const failures = await failuresWith({ "engagement.json": JSON.stringify(engagement) });
      expect(failures.find(({ id }) => id === "draw")?.detail).toContain("not the newest one with all that followed");
    });

    it("an item that was moved to another stratum is found", async () => {
      const path = "population/changes.month.strata.tsv";
      const moved = part(path).toString().replace("2026-01\t", "2026-02\t");
      const failures = await failuresWith({ [path]: moved });
      expect(failures.map(({ id }) => id)).toContain("draw");
    });
  });
});

describe("the matrix", () => {
  it("has the items of the sample under numbers that stay, without those that were replaced", async () => {
    const targeted = (await list()).find(({ draw: { method } }) => method === "targeted");
    const { createEngine } = await import("../../../electron/engine/handlers.ts");
    const engine = createEngine(() => undefined);
    await engine.call("engagement.open", { path: file });
    const matrix = (await engine.call("evaluation.matrix", { population: "change" })) as MatrixView;
    const apart = (await engine.call("evaluation.matrix", {
      population: "change",
      sampleId: targeted?.draw.id,
    })) as MatrixView;
    await engine.close();
    const refs = matrix.rows.map(({ ref }) => ref);
    expect(refs.slice(0, 3)).toEqual(["C.1", "C.2", "C.4"]);
    expect(refs).toHaveLength(twoStage.draw.size * 2 + 5);
    expect(apart.rows.map(({ ref }) => ref)).toEqual(["C.T1.1", "C.T1.2"]);
    expect(matrix.rows.every(({ outcomes }) => Object.keys(outcomes).length > 0)).toBe(true);
  });
});
