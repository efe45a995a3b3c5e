import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import Database from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { Session } from "../../../electron/engine/session.ts";
import { exportBundle } from "../../../electron/engine/steps/export-step.ts";
import { pullSources } from "../../../electron/engine/steps/pull-step.ts";
import { openEngagement } from "../../../electron/store/engagement-file.ts";
import type { VerificationProgress } from "../../../electron/verifier/pace.ts";
import { verifyFiles } from "../../../electron/verifier/verify-files.ts";
import type { DocumentBounds } from "../../../shared/bundle/document-bounds.ts";
import { RedactionRules } from "../../../shared/model/redaction-rules.ts";
import { tickmarkJson } from "../cli/command-line.ts";
import { makeSmallEngagement } from "../cli/small-engagement.ts";
import { temporaryFolder } from "../export/real-tools.ts";
import { newSigner } from "../export/signers.ts";

const folder = temporaryFolder();
afterAll(() => folder[Symbol.dispose]());
const zipOf = (name: string) => folder.at(`${name}.zip`);
/** What 36 changes and 12 deployments are beyond, as 10,000 items are beyond the usual bounds. */
const small: DocumentBounds = { observations: 20, sheetRows: 10, pageItems: 5, pageResults: 2, heldText: 500 };

/** She is known by what the last commit says of her, and named before and after it. Two others have names that statements are read by. */
const thanks: Readonly<Record<number, string>> = {
  33: "Reported-by: git <git@example.net>",
  34: "Reported-by: Deployment <noreply@example.net>",
  35: "Reported-by: Grace Moll <moll@example.net>",
};
const thank = (index: number) =>
  `\n\n${thanks[index] ?? (index % 3 === 0 ? "Asked for by Grace Moll." : "Asked for.")}`;
const rules = RedactionRules.parse({});
/** As of an engagement of which the records are too many for their facts to be held. */
const many = { role: "preparer", mostMadeAgain: 0 } as const;

beforeAll(async () => {
  const file = await makeSmallEngagement(folder.path, "", thank);
  for (const population of ["change", "deployment"]) {
    const all = ["--method", "everything", "--rationale", "All."];
    await tickmarkJson("sample", "draw", file, "--population", population, ...all);
  }
  await tickmarkJson("evaluate", file);
  const session = new Session(() => undefined);
  await session.adopt(openEngagement(file, session), file);
  const { identity } = await newSigner();
  const whole = await exportBundle(session, zipOf("whole"), "sampled", identity, { role: "preparer" });
  await exportBundle(session, zipOf("bounded"), "sampled", identity, { role: "preparer", bounds: small });
  const byKept = await exportBundle(session, zipOf("by-kept"), "sampled", identity, many);
  expect([whole.itemsMadeAgain, byKept.itemsMadeAgain]).toEqual([true, false]);
  await exportBundle(session, zipOf("outsiders"), "all", identity, { role: "preparer", redaction: rules });
  await session.close();
});

const read = (name: string, path: string) => execFileSync("unzip", ["-p", zipOf(name), path]).toString();
const resultOf = (name: string) =>
  JSON.parse(read(name, "oscal/assessment-results.json"))["assessment-results"].results[0];
const dataOf = (name: string) => JSON.parse(/id="data">(.*?)<\/script>/.exec(read(name, "index.html"))?.[1] ?? "null");
const hashesOf = (name: string): string[] =>
  JSON.parse(read(name, "manifest.json"))
    .files.filter(({ path }: { path: string }) => /\.jsonl$|\.csv$/.test(path) && !/activity|attest/.test(path))
    .map(({ path, sha256 }: { path: string; sha256: string }) => `${sha256} ${path}`);

it("a bundle of what was kept at the freeze has the same evidence, items and ids", () => {
  const filesOf = (name: string): string[] =>
    JSON.parse(read(name, "manifest.json"))
      .files.filter(({ path }: { path: string }) => /^(evidence|items|population)\//.test(path))
      .map(({ path, sha256 }: { path: string; sha256: string }) => `${sha256} ${path}`);
  expect(filesOf("whole").length).toBeGreaterThan(80);
  expect(filesOf("by-kept")).toEqual(filesOf("whole"));
});

/** A copy that is open, to be exported once. */
async function openCopy(
  name: string,
  change: (database: Database.Database) => void = () => undefined,
): Promise<Session> {
  const file = folder.at(`${name}.tickmark`);
  copyFileSync(folder.at("small.tickmark"), file);
  const database = new Database(file);
  change(database);
  database.close();
  const session = new Session(() => undefined);
  onTestFinished(() => session.close());
  await session.adopt(openEngagement(file, session), file);
  return session;
}

it("items that no longer follow from a source are not exported by what was kept before it was pulled again", async () => {
  const session = await openCopy("stale");
  const { identity } = await newSigner();
  await pullSources(session, ["git"]);
  expect(await exportBundle(session, zipOf("pulled"), "sampled", identity, many)).toMatchObject({
    itemsMadeAgain: true,
  });
  const log = folder.at("deployments.csv");
  const before = readFileSync(log, "utf8");
  onTestFinished(() => writeFileSync(log, before));
  writeFileSync(log, before.replace("d3,production", "d3,elsewhere"));
  await pullSources(session, ["deployments"]);
  const exporting = exportBundle(session, zipOf("stale"), "sampled", identity, many);
  await expect(exporting).rejects.toMatchObject({ code: "stage-order" });
});

it.each([
  ["entry-of-change", "x'ffffff7f'"],
  ["entry-of-change", "zeroblob(4 * 36 - 1)"],
  ["rests-on-from", "zeroblob(0)"],
  ["rests-on", "x'ffffff7f'"],
  ["brought-from", "zeroblob(4)"],
  ["brought", "zeroblob(4)"],
])("what was kept is not believed where %s was changed to %s", async (list, numbers) => {
  const session = await openCopy("damaged", (database) => {
    const trigger = database
      .prepare("SELECT sql FROM sqlite_schema WHERE name = 'number_list_no_update'")
      .pluck()
      .get();
    database.exec(`DROP TRIGGER number_list_no_update;
      UPDATE number_list SET numbers = ${numbers} WHERE name = 'footing/${list}'; ${trigger}`);
  });
  const { identity } = await newSigner();
  const exporting = exportBundle(session, zipOf("damaged"), "sampled", identity, many);
  await expect(exporting).rejects.toMatchObject({ code: "engagement-corrupt" });
});

it("an edition whose rules would replace what its statements are read by is not written, and the fault says what", async () => {
  const session = await openCopy("unreadable");
  const { identity } = await newSigner();
  const redaction = RedactionRules.parse({ texts: { month: ["2026-01"] } });
  const exporting = exportBundle(session, zipOf("unreadable"), "sampled", identity, { role: "preparer", redaction });
  await expect(exporting).rejects.toMatchObject({
    code: "usage",
    message: expect.stringMatching(/needed to read .*part\./),
  });
  expect(readdirSync(folder.path)).not.toContain("unreadable.zip");
});

it("whoever is met in one record is named in none of an edition for outsiders", async () => {
  const unpacked = folder.at("outsiders");
  execFileSync("unzip", ["-q", zipOf("outsiders"), "-d", unpacked]);
  const search = (name: string) => spawnSync("grep", ["-rlE", name, unpacked]).stdout.toString();
  expect(search("Person [0-9]+")).toContain("/redacted/");
  expect(search("Grace|Moll")).toBe("");
  const { checks } = await verifyFiles({ zipPath: zipOf("outsiders") });
  expect(checks.filter(({ outcome }) => outcome === "failed")).toEqual([]);
});

it.each(["Writing the report", "Writing the bundle"])(
  'an export that is cancelled at "%s" leaves nothing behind, and says so',
  async (step) => {
    const file = folder.at("cancelled.tickmark");
    copyFileSync(folder.at("small.tickmark"), file);
    const session: Session = new Session((event, payload) => {
      if (event === "work-progress" && "what" in payload && payload.what === step) session.cancel();
    });
    await session.adopt(openEngagement(file, session), file);
    const before = readdirSync(folder.path);
    const { identity } = await newSigner();
    const exporting = exportBundle(session, zipOf("cancelled"), "sampled", identity, { role: "preparer" });
    await expect(exporting).rejects.toMatchObject({ code: "cancelled" });
    expect(readdirSync(folder.path)).toEqual(before);
    await session.close();
  },
);

it("a verification that is cancelled while the report is written again goes no further", async () => {
  const stopping = new AbortController();
  const told: string[] = [];
  const onProgress = ({ what, done, total }: VerificationProgress) => {
    if (what !== "Writing the documents again" || done < total - 1) return;
    told.push(`${done} of ${total}`);
    // Amid the pages, not before the first one.
    setImmediate(() => stopping.abort());
  };
  const verifying = verifyFiles({ zipPath: zipOf("whole"), signal: stopping.signal, onProgress });
  await expect(verifying).rejects.toMatchObject({ code: "cancelled" });
  expect(told).toHaveLength(1);
});

describe("a bundle of a sample beyond the bounds of its documents", () => {
  it("verifies, with every result and every statement about the files", async () => {
    const { checks } = await verifyFiles({ zipPath: zipOf("bounded"), bounds: small });
    const outcomes = Object.fromEntries(checks.map(({ id, outcome }) => [id, outcome]));
    expect(checks.filter(({ outcome }) => outcome === "failed")).toEqual([]);
    expect(outcomes).toMatchObject({ hashes: "passed", facts: "passed", results: "passed", documents: "passed" });
    const [line = ""] = read("bounded", "attestations/audit.intoto.jsonl").split("\n");
    const { subject } = JSON.parse(Buffer.from(JSON.parse(line).payload, "base64").toString());
    const attested = new Map(
      subject.map(({ name, digest }: { name: string; digest: { sha256: string } }) => [name, digest.sha256]),
    );
    for (const { path, role, sha256 } of JSON.parse(read("bounded", "manifest.json")).files)
      if (role !== "attestation")
        expect([path, attested.get(path)]).toEqual([path, role === "evidence" ? undefined : sha256]);
  });

  it("has the same bytes in its lists, though they are written piece by piece", () => {
    expect(hashesOf("bounded")).toEqual(hashesOf("whole"));
    expect(hashesOf("bounded").length).toBeGreaterThan(8);
  });

  it("lists deviations alone in OSCAL, counts every item, and says what is left out", () => {
    const [whole, bounded] = [resultOf("whole"), resultOf("bounded")];
    expect([whole.observations.length, whole.remarks]).toEqual([48, undefined]);
    const failed = { name: "outcome", value: "fail" };
    expect(bounded.observations).toHaveLength(2);
    for (const { props } of bounded.observations) expect(props).toContainEqual(expect.objectContaining(failed));
    expect(bounded.remarks).toMatch(/Of 48 observations this document lists 2: every deviation\..*results\.jsonl/);
    expect(bounded.findings.map(({ props }: { props: unknown }) => props)).toEqual(
      whole.findings.map(({ props }: { props: unknown }) => props),
    );
  });

  it("has a workbook whose sheets begin with deviations and point to the CSV files", () => {
    const workbook = folder.at("workpapers.xlsx");
    execFileSync("sh", ["-c", 'unzip -p "$0" workpapers/workpapers.xlsx > "$1"', zipOf("bounded"), workbook]);
    const sheets = execFileSync("unzip", ["-p", workbook, "xl/worksheets/*"]).toString();
    expect(sheets).toContain("Deviations stand first in this sheet. 38 more rows are in results.csv alone");
  });

  it("has a page with what it has room for, which counts the rest", () => {
    expect(dataOf("whole").leftOut).toEqual({ results: 0, deviations: {} });
    const { items, results, leftOut } = dataOf("bounded");
    expect([items.change.length, items.deployment.length, results.length]).toEqual([1, 0, 1]);
    expect(leftOut).toEqual({ results: 47, deviations: { "ODD-01": 1 } });
  });
});
