import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RedactionLog } from "../../../shared/bundle/redaction/redaction-log.ts";
import type { VerificationReport } from "../../../shared/model/verification-report.ts";
import { describeWithOscalSchemas } from "../../recorded-data.ts";
import { readOscalSchema } from "../../shared/bundle/oscal/oscal-schema.ts";
import { run } from "../export/real-tools.ts";
import { tickmark, tickmarkJson } from "./command-line.ts";
import { passphrase } from "./demo-bundle.ts";
import { makeSmallEngagement } from "./small-engagement.ts";

const folder = mkdtempSync(join(tmpdir(), "tickmark-editions-"));
const at = (name: string) => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const identity = ["--identity", at("signer.p12"), ...passphrase];
/** Put together here, so that no scanner takes this file for a leak. */
const token = `gh${"p_"}aB3dE6gH9jK2mN5paB3dE6gH9jK2mN5paB3d`;

/** An engagement of which one deployment was triggered with a token in plain sight, exported as it is and for outsiders. */
beforeAll(async () => {
  const file = await makeSmallEngagement(folder);
  const log = at("deployments.csv");
  writeFileSync(log, readFileSync(log, "utf8").replace("deploy-bot,pipeline", `deploy-bot,pipeline with ${token}`));
  await tickmarkJson("pull", file, "--source", "deployments");
  await tickmarkJson("population", file, "--freeze");
  await tickmarkJson("sample", "draw", file, "--size", "10", "--seed", "one", "--rationale", "Ten.");
  const all = ["--population", "deployment", "--method", "everything", "--rationale", "All."];
  await tickmarkJson("sample", "draw", file, ...all);
  await tickmarkJson("evaluate", file);
  await tickmarkJson("export", file, at("plain.zip"), ...identity);
  writeFileSync(at("rules.yaml"), "texts: { project: [Northwind] }\n");
  await tickmarkJson("export", file, at("outsiders.zip"), ...identity, "--redact", at("rules.yaml"));
  for (const name of ["plain", "outsiders"]) execFileSync("unzip", ["-q", at(`${name}.zip`), "-d", at(name)]);
});

const read = (edition: string, name: string) => readFileSync(join(at(edition), name));
const readJson = (edition: string, name: string) => JSON.parse(read(edition, name).toString());
const logOf = (edition: string) => RedactionLog.parse(readJson(edition, "redactions.json"));
const filesOf = (edition: string): { path: string; sha256: string; role: string }[] =>
  readJson(edition, "manifest.json").files;
const hashesOf = (edition: string) => new Map(filesOf(edition).map(({ path, sha256 }) => [path, sha256]));
const verify = async (edition: string) => {
  const report = JSON.parse((await tickmark("verify", at(`${edition}.zip`), "--json")).out) as VerificationReport;
  return { ...report, outcomes: Object.fromEntries(report.checks.map(({ id, outcome }) => [id, outcome])) };
};

/** Every text of a bundle, with what is packed within its files. */
function* textsOf(edition: string): Generator<readonly [path: string, text: string]> {
  execFileSync("unzip", ["-qo", join(at(edition), "workpapers/workpapers.xlsx"), "-d", at(`${edition}-workbook`)]);
  run("pdftotext", [join(at(edition), "report.pdf"), at(`${edition}-report.txt`)]);
  const statements = read(edition, "attestations/audit.intoto.jsonl").toString().trim().split("\n");
  for (const line of statements) yield ["a statement", Buffer.from(JSON.parse(line).payload, "base64").toString()];
  for (const place of [edition, `${edition}-workbook`])
    for (const entry of readdirSync(at(place), { recursive: true, withFileTypes: true }))
      if (entry.isFile()) yield [entry.name, readFileSync(join(entry.parentPath, entry.name)).toString("utf8")];
  yield ["the report", readFileSync(at(`${edition}-report.txt`), "utf8")];
}

describeWithOscalSchemas("the OSCAL documents of a bundle are valid by NIST's schema", (schemas) => {
  it.each(["assessment-plan", "assessment-results"] as const)("%s", (name) => {
    for (const edition of ["plain", "outsiders"])
      expect(readOscalSchema(schemas, name)(readJson(edition, `oscal/${name}.json`))).toEqual([]);
  });
});

describe.each(["plain", "outsiders"])("the documents of a bundle (%s)", (edition) => {
  it("point to evidence that is in it, with its hash", () => {
    const files = hashesOf(edition);
    const { resources } = readJson(edition, "oscal/assessment-results.json")["assessment-results"]["back-matter"];
    expect(resources.length).toBeGreaterThan(9);
    for (const { rlinks } of resources)
      expect(files.get(rlinks[0].href.replace("../", ""))).toBe(rlinks[0].hashes[0].value);
  });

  it("attest the other files with the hashes that they have", () => {
    const [line] = read(edition, "attestations/audit.intoto.jsonl").toString().split("\n");
    const { subject } = JSON.parse(Buffer.from(JSON.parse(line ?? "").payload, "base64").toString());
    const named = new Map(subject.map(({ name, digest }: { name: string; digest: object }) => [name, digest]));
    for (const { path, role, sha256 } of filesOf(edition))
      expect(named.get(path)).toEqual(role === "evidence" || role === "attestation" ? undefined : { sha256 });
  });
});

describe("a secret in the evidence", () => {
  it("is in no file of the bundle, and its place is told", () => {
    for (const [path, text] of textsOf("plain")) expect(text.includes(token), path).toBe(false);
    expect(read("plain", "items/deployments.jsonl").toString()).toContain("pipeline with redacted-github-token-1");
  });

  it("is listed, with the hash of the record as it was received", () => {
    const log = logOf("plain");
    const original = readFileSync(at("deployments.csv"));
    expect(log.edition).toBe("complete");
    const [only] = log.evidence;
    expect(log.evidence).toHaveLength(1);
    expect(only?.original).toEqual({
      sha256: createHash("sha256").update(original).digest("hex"),
      size: original.length,
    });
    expect(only?.replaced).toEqual([{ kind: "github-token", count: 1, places: ["line 2"] }]);
    expect(hashesOf("plain").get(only?.derived?.path ?? "")).toBe(only?.derived?.sha256);
    expect(log.statements.map(({ of }) => of)).toContain("items");
  });

  it("leaves everything else as it can be verified: the facts come out of the copy, and only its original cannot be hashed", async () => {
    const { verdict, outcomes, checks } = await verify("plain");
    expect(outcomes).toMatchObject({
      ...{ "evidence": "not-possible", "git-objects": "passed", "activity-log": "passed", "draw": "passed" },
      ...{ "population-digest": "passed", "facts": "passed", "results": "passed", "conclusions": "passed" },
      ...{ "documents": "passed", "attestations": "passed" },
    });
    expect(checks.find(({ id }) => id === "evidence")?.detail).toMatch(/1 were redacted/);
    expect(verdict).toBe("not-reperformed");
  });
});

describe("an edition for outsiders", () => {
  it("names nobody in any of its files, and calls everyone the same everywhere", () => {
    for (const [path, text] of textsOf("outsiders"))
      for (const secret of ["Ada Osei", "ada@example.org", "Northwind", "northwind", token])
        expect(text.includes(secret), `${secret} in ${path}`).toBe(false);
    expect(read("outsiders", "items/changes.jsonl").toString()).toContain('"name":"Person 1"');
    const [{ derived } = {}] = logOf("outsiders").evidence.filter(({ replaced }) => replaced[0]?.kind === "person");
    expect(read("outsiders", derived?.path ?? "").toString()).toContain("Person 1 <person-1@redacted.invalid>");
  });

  it("lists what was left out with the hashes of the originals, of which none is there", () => {
    const log = logOf("outsiders");
    const [files, originals] = [hashesOf("outsiders"), hashesOf("plain")];
    expect(log.edition).toBe("redacted");
    expect(log.lookedFor).toEqual(expect.arrayContaining(["person", "project", "private-key"]));
    expect(log.evidence.length).toBeGreaterThan(9);
    for (const { original, derived } of log.evidence) {
      expect(
        originals.has(`evidence/${original.sha256}`) || originals.has(`evidence/redacted/${original.sha256}`),
      ).toBe(true);
      expect(files.has(`evidence/${original.sha256}`)).toBe(false);
      expect(files.get(derived?.path ?? "")).toBe(derived?.sha256);
    }
  });

  it("verifies in all that can be verified, and calls nothing passed that rests on what is gone", async () => {
    const { verdict, outcomes, checks } = await verify("outsiders");
    expect(verdict).toBe("not-reperformed");
    expect(outcomes).toMatchObject({
      ...{ "container": "passed", "manifest": "passed", "hashes": "passed", "signature": "passed" },
      ...{ "population-digest": "passed", "draw": "passed", "results": "passed", "conclusions": "passed" },
      ...{ "evidence": "not-possible", "git-objects": "not-possible", "activity-log": "not-possible" },
      // What is written from redacted statements says what they say.
      ...{ "documents": "passed", "attestations": "passed" },
    });
    for (const { id, outcome, detail } of checks)
      if (outcome !== "passed" && !["timestamp", "revocation", "trust", "reconciliation", "completeness"].includes(id))
        expect(detail).toMatch(/redacted/i);
  });

  it("is not made by rules that cannot be followed, or are not there", async () => {
    writeFileSync(at("wrong.yaml"), "persons: hide\n");
    for (const [rules, status, reason] of [
      ["wrong.yaml", 2, /redaction rules in .*wrong\.yaml cannot be followed: persons/],
      ["nowhere.yaml", 3, /redaction rules .*nowhere\.yaml cannot be read: /],
    ] as const) {
      const ran = await tickmark("export", at("small.tickmark"), at("never.zip"), ...identity, "--redact", at(rules));
      expect(ran.status).toBe(status);
      expect(ran.err).toMatch(reason);
    }
  });
});

describe.each([
  ["control", ["ODD-01", "DEP-01"]],
  ["sample", ["C", "D"]],
] as const)("an export that is split by %s", (by, parts) => {
  beforeAll(async () => {
    await tickmarkJson("export", at("small.tickmark"), at(`${by}.zip`), ...identity, "--split", by);
    for (const part of parts) execFileSync("unzip", ["-q", at(`${by}.${part}.zip`), "-d", at(`${by}.${part}`)]);
  });

  it("has a part for each, which names the others", () => {
    for (const part of parts) {
      const siblings = parts.filter((other) => other !== part).map((other) => `${by}.${other}.zip`);
      expect(readJson(`${by}.${part}`, "engagement.json").split).toEqual({ by, part, siblings });
    }
  });

  it("states in each part what is its own, and in all of them together everything", () => {
    const linesOf = (edition: string) => read(edition, "results.jsonl").toString().trim().split("\n");
    const [first = [], second = []] = parts.map((part) => linesOf(`${by}.${part}`));
    expect([...first, ...second].toSorted()).toEqual(linesOf("plain").toSorted());
    expect(first.filter((line) => second.includes(line))).toEqual([]);
  });

  it.each(parts)("does the audit of a part again from the part alone (%s)", async (part) => {
    const { outcomes } = await verify(`${by}.${part}`);
    expect(outcomes).toMatchObject({
      ...{ "container": "passed", "hashes": "passed", "signature": "passed", "activity-log": "passed" },
      ...{ "population-digest": "passed", "draw": "passed", "facts": "passed", "results": "passed" },
      ...{ "judgements": "passed", "conclusions": "passed", "sign-offs": "passed" },
      ...{ "documents": "passed", "attestations": "passed" },
    });
  });
});
