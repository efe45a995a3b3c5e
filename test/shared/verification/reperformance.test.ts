import { execFileSync } from "node:child_process";
import { hash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseManifest } from "../../../shared/bundle/manifest.ts";
import type { CheckId } from "../../../shared/model/verification-report.ts";
import { reperform } from "../../../shared/verification/reperformance.ts";
import { makeDemoBundle } from "../../electron/cli/demo-bundle.ts";

const folder = mkdtempSync(join(tmpdir(), "tickmark-reperform-"));
const digest = (content: Uint8Array | string) => hash("sha256", content, "hex");
const commitIdOf = (content: Uint8Array) =>
  hash("sha1", Buffer.concat([Buffer.from(`commit ${content.length}\0`), content]), "hex");
const part = (path: string) => readFileSync(join(folder, "unpacked", path));

beforeAll(async () => {
  await makeDemoBundle(folder);
  execFileSync("unzip", ["-q", join(folder, "bundle.zip"), "-d", join(folder, "unpacked")]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Checks of the bundle with some parts replaced, as somebody would do who can sign whatever he likes. */
async function checksWith(replaced: Record<string, string | Uint8Array>) {
  const manifest = parseManifest(part("manifest.json").toString());
  const read = async (path: string) => {
    const other = replaced[path];
    return other === undefined ? part(path) : typeof other === "string" ? Buffer.from(other) : other;
  };
  return reperform(
    {
      manifest,
      read,
      stream: () => {
        throw new Error("not used");
      },
    },
    { digest, commitIdOf },
  );
}

async function failuresWith(replaced: Record<string, string | Uint8Array>): Promise<CheckId[]> {
  const checks = await checksWith(replaced);
  return checks.filter(({ outcome }) => outcome === "failed").map(({ id }) => id);
}

const lines = (path: string) => part(path).toString().trim().split("\n");
const editLine = (path: string, index: number, from: string, to: string) => {
  const all = lines(path);
  const edited = all[index]?.replace(from, to) ?? "";
  expect(edited).not.toBe(all[index]);
  all[index] = edited;
  return { [path]: `${all.join("\n")}\n` };
};
const edit = (path: string, from: string | RegExp, to: string) => {
  const text = part(path).toString();
  const edited = text.replace(from, to);
  expect(edited).not.toBe(text);
  return { [path]: edited };
};

describe("doing the audit again from a bundle", () => {
  it("finds nothing wrong with an honest one", async () => {
    expect(await failuresWith({})).toEqual([]);
  });

  it("finds a result that was edited, and shows both values", async () => {
    const index = lines("results.jsonl").findIndex((line) => line.includes('"outcome":"fail"'));
    const replaced = editLine("results.jsonl", index, '"outcome":"fail"', '"outcome":"pass"');
    const failed = (await checksWith(replaced)).find(({ id }) => id === "results");
    expect(failed).toMatchObject({ outcome: "failed", expected: '"pass"', found: '"fail"' });
  });

  it("finds a result that was left out, and one that no rule gives", async () => {
    const all = lines("results.jsonl");
    expect(await failuresWith({ "results.jsonl": `${all.slice(1).join("\n")}\n` })).toContain("results");
    const invented = all[0]?.replace(/"item":"[^"]*"/, '"item":"ledger-core@nowhere"') ?? "";
    expect(await failuresWith({ "results.jsonl": `${[...all, invented].join("\n")}\n` })).toContain("results");
  });

  it("finds an item that does not come out of the evidence", async () => {
    expect(await failuresWith(editLine("items/changes.jsonl", 0, '"known":true', '"known":false'))).toContain("facts");
  });

  it("finds a rule that was loosened, even when the results were made to fit", async () => {
    const loosened = edit(
      "catalog.yaml",
      "pass: change.request.found && change.request.via == 'host'",
      "pass: change.request.found || true",
    );
    expect(await failuresWith(loosened)).toContain("activity-log");
  });

  it("finds another seed, another order and another sample", async () => {
    expect(await failuresWith(edit("sample/draws.json", "seed one", "seed six"))).toEqual(
      expect.arrayContaining(["draw", "activity-log"]),
    );
    const draws = JSON.parse(part("sample/draws.json").toString());
    draws[0].items.reverse();
    expect(await failuresWith({ "sample/draws.json": JSON.stringify(draws) })).toContain("draw");
  });

  it("finds an item that was taken out of the population", async () => {
    const ids = lines("population/changes.ids.txt");
    expect(await failuresWith({ "population/changes.ids.txt": `${ids.slice(1).join("\n")}\n` })).toContain(
      "population-digest",
    );
  });

  it("finds an entry of the activity log that was changed, dropped or moved", async () => {
    const all = lines("activity-log.jsonl");
    expect(await failuresWith(editLine("activity-log.jsonl", 2, '"by":"Test"', '"by":"Best"'))).toContain(
      "activity-log",
    );
    expect(await failuresWith({ "activity-log.jsonl": `${all.toSpliced(3, 1).join("\n")}\n` })).toContain(
      "activity-log",
    );
    expect(await failuresWith({ "activity-log.jsonl": `${all.slice(0, -1).join("\n")}\n` })).toContain("activity-log");
  });

  it("finds evidence that was changed, also when its record was made to fit", async () => {
    const index = lines("evidence/index.jsonl").map((line) => JSON.parse(line));
    const commit = index.find(({ format }) => format === "git.commit");
    const changed = Buffer.from(`${part(`evidence/${commit.sha256}`).toString()} `);
    expect(await failuresWith({ [`evidence/${commit.sha256}`]: changed })).toEqual(
      expect.arrayContaining(["evidence", "git-objects"]),
    );
    const sha256 = digest(changed);
    const refitted = index.map((record) => (record === commit ? { ...record, sha256, size: changed.length } : record));
    const replaced = {
      "evidence/index.jsonl": refitted.map((record) => JSON.stringify(record)).join("\n"),
      [`evidence/${sha256}`]: changed,
    };
    expect(await failuresWith(replaced)).toContain("git-objects");
  });

  it("finds a review that was taken out of the evidence", async () => {
    const index = lines("evidence/index.jsonl").filter((line) => !line.includes('"github.reviews"'));
    expect(await failuresWith({ "evidence/index.jsonl": `${index.join("\n")}\n` })).toEqual(
      expect.arrayContaining(["evidence", "facts"]),
    );
  });

  it("finds counts that are not those of the results", async () => {
    expect(await failuresWith(edit("summaries.json", /"fail":[1-9]\d*/, '"fail":0'))).toContain("conclusions");
  });

  it("finds a bundle that states nothing to test", async () => {
    const nothing = {
      "results.jsonl": "",
      "summaries.json": "[]",
      "items/changes.jsonl": "",
      "items/deployments.jsonl": "",
    };
    const emptied = { ...nothing, ...edit("engagement.json", /"testedDraws":\[[^\]]*\]/, '"testedDraws":[]') };
    expect(await failuresWith(emptied)).toEqual(
      expect.arrayContaining(["draw", "results", "conclusions", "activity-log"]),
    );
  });

  it("fails a bundle of which a part cannot be read, and says that nothing else could be done", async () => {
    const checks = await checksWith({ "sample/draws.json": "{" });
    expect(checks.map(({ outcome }) => outcome)).toEqual(["failed", ...checks.slice(1).map(() => "not-possible")]);
    expect(checks[0]?.detail).toContain("sample/draws.json");
  });
});
