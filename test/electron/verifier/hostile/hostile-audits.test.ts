import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadIdentity } from "../../../../electron/export/identity/identity-loading.ts";
import type { SigningIdentity } from "../../../../electron/export/identity/signing-identity.ts";
import { checkAttestations } from "../../../../electron/verifier/checks/attestation-check.ts";
import { verifyFiles } from "../../../../electron/verifier/verify-files.ts";
import { faultOf } from "../../../../shared/errors.ts";
import { integrityCheckIds } from "../../../../shared/model/verification-report.ts";
import { makeDemoBundle } from "../../cli/demo-bundle.ts";
import { filesOf, packFiles, refit, signList } from "../sample-bundle.ts";
import { lies } from "./audit-corpus.ts";
import { attestationLies, contentsOf, type DocumentLie, derive, documentLies, signerIn } from "./document-corpus.ts";

const folder = mkdtempSync(join(tmpdir(), "tickmark-lies-"));
const trustPath = join(folder, "trust.json");
let honest: ReadonlyMap<string, Buffer>;
let identity: SigningIdentity;
beforeAll(async () => {
  await makeDemoBundle(folder, { changes: 4, deployments: 2 });
  honest = await filesOf(join(folder, "bundle.zip"));
  identity = await loadIdentity(readFileSync(join(folder, "signer.p12")), process.env.TICKMARK_TEST_PASSPHRASE ?? "");
  const signer = { name: "The signer", fingerprint: identity.fingerprint, addedAt: "2026-01-01T00:00:00.000Z" };
  writeFileSync(trustPath, JSON.stringify({ signers: [signer] }));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("the honest bundle, which the lies are made of, is verified", async () => {
  const report = await verifyFiles({ zipPath: join(folder, "bundle.zip"), trustPath });
  expect(report.checks.filter(({ outcome }) => outcome === "failed")).toEqual([]);
  expect(report.verdict).toBe("verified");
});

describe("a lie of the trusted signer, signed as it should be, gets the verdict that it is named after", () => {
  it.each(lies)("$name", async ({ name, detail, change }) => {
    const files = new Map(honest);
    change(files);
    refit(files, "list");
    await signList(files, identity, new Date().toISOString());
    await packFiles(join(folder, name), files, false);
    const { verdict, checks } = await verifyFiles({ zipPath: join(folder, name), trustPath });
    const [expected, id] = name.split(" ");
    expect(verdict).toBe(expected);
    expect(checks.find((check) => check.id === id && check.outcome !== "passed")?.detail).toMatch(detail);
    const integrity: readonly string[] = integrityCheckIds;
    expect(checks.filter((check) => integrity.includes(check.id) && check.outcome === "failed")).toEqual([]);
  });
});

describe("a document of the trusted signer that says something else than its data", () => {
  const signer = () => signerIn(folder, identity, process.env.TICKMARK_TEST_PASSPHRASE ?? "");

  it.each([...documentLies, ...attestationLies.slice(0, 1)])("$name", async ({ name, detail, values, change }) => {
    const files = new Map(honest);
    await change(files, signer());
    refit(files, "list");
    await signList(files, identity, new Date().toISOString());
    await packFiles(join(folder, name), files, false);
    const { verdict, checks } = await verifyFiles({ zipPath: join(folder, name), trustPath });
    const [expected, id] = name.split(" ");
    expect(verdict).toBe(expected);
    expect(checks.find((check) => check.id === id)).toMatchObject(answerOf({ detail, ...(values ? { values } : {}) }));
    // All else holds: nothing but writing the documents again can tell.
    const others = checks.filter(({ outcome }) => outcome === "failed").map((each) => each.id);
    expect(["documents", "attestations"]).toEqual(expect.arrayContaining(others));
  });

  it.each(attestationLies.slice(1))("$name", async ({ detail, values, change }) => {
    const files = new Map(honest);
    const { attested } = await derive(files, signer());
    await change(files, signer());
    refit(files, "manifest");
    const checking = { signer: identity.fingerprint, otherProgram: null };
    const check = await checkAttestations(contentsOf(files), attested, checking);
    expect(check).toMatchObject({ outcome: "failed", ...answerOf({ detail, ...(values ? { values } : {}) }) });
    const ofOther = await checkAttestations(contentsOf(files), attested, {
      ...checking,
      otherProgram: "Tickmark 0.0.1",
    });
    // A signature holds or does not hold whoever wrote the words.
    expect(ofOther.outcome).toBe(/statement says|lacks/.test(check.detail) ? "not-possible" : "failed");
  });
});

const answerOf = ({ detail, values }: Pick<DocumentLie, "detail" | "values">) => ({
  detail: expect.stringMatching(detail),
  ...(values === undefined
    ? {}
    : { expected: expect.stringMatching(values.expected), found: expect.stringMatching(values.found) }),
});

it("a change of one byte of a bundle of usual size is reported, wherever it is", async () => {
  const bytes = readFileSync(join(folder, "bundle.zip"));
  const path = join(folder, "changed.zip");
  for (let at = 11; at < bytes.length; at += Math.floor(bytes.length / 41)) {
    const changed = Buffer.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8));
    writeFileSync(path, changed);
    const outcome = await verifyFiles({ zipPath: path, trustPath }).then(({ verdict }) => verdict, faultOf);
    expect([at, typeof outcome === "string" ? outcome : outcome.code]).toEqual([
      at,
      expect.stringMatching(/^(failed|bundle-hostile)$/),
    ]);
  }
});
