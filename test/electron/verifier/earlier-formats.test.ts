import { hash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { root } from "../../../build/install.mjs";
import { checkWrittenAgain } from "../../../electron/verifier/checks/written-again.ts";
import type { TrustedSigner } from "../../../electron/verifier/trust.ts";
import { verifyBundle } from "../../../electron/verifier/verify-bundle.ts";
import { partPaths } from "../../../shared/bundle/bundle-parts.ts";
import { asicManifestPathOf, signaturePathOf } from "../../../shared/bundle/container-names.ts";
import { documentBounds } from "../../../shared/bundle/document-bounds.ts";
import { integrityCheckIds, type VerificationReport } from "../../../shared/model/verification-report.ts";
import { unwatched } from "../../../shared/verification/pace.ts";
import { reperform } from "../../../shared/verification/reperformance.ts";
import { newSigner } from "../export/signers.ts";
import { liesInFormat4 } from "./hostile/audit-corpus.ts";
import { filesOf, packFiles, refit, signedReport, signList } from "./sample-bundle.ts";

const digest = (content: Uint8Array | string) => hash("sha256", content, "hex");
const commitIdOf = (content: Uint8Array) =>
  hash("sha1", Buffer.concat([Buffer.from(`commit ${content.length}\0`), content]), "hex");

const pathOf = (format: number, name: string) => join(root, `test/fixtures/bundles/v${format}/${name}.zip`);
/** When certificates were valid that the bundles were signed with. */
const now = new Date("2026-12-01T00:00:00Z");
const verify = (zipPath: string, trustedSigners: readonly TrustedSigner[] = []) =>
  verifyBundle({
    ...{ zipPath, trustedSigners, now },
    reperform: (contents, signer) => {
      const writing = { digest, signer, bounds: documentBounds, pace: unwatched };
      return reperform(contents, {
        ...{ digest, commitIdOf },
        checkDocuments: (bundle, statements) => checkWrittenAgain(bundle, statements, writing),
      });
    },
  });
const outcomesOf = ({ checks }: VerificationReport) =>
  Object.fromEntries(checks.map(({ id, outcome }) => [id, outcome]));

/*
 * Bundles as earlier versions wrote them, never made anew. What they sign, hash, chain, freeze and draw has to verify for
 * ever; what their own readers and rules derived needs the version that made them, and is never said to be verified.
 */
const earlier = [
  [1, "ledger", "which knew draws by rank and of everything only", "2 draws come out the same"],
  [2, "ledger", "whose items knew less of what people said and reverted", "3 draws come out the same"],
  // By version 0.4.0, with two signatures, a replaced item, a judgement, an exception, sign-offs and a note.
  [3, "ledger", "whose items did not tell whether comments were pulled", "4 draws come out the same"],
  [3, "part", "one of several for each control", "4 draws come out the same"],
  [3, "redacted", "an edition for outsiders", "4 draws come out the same"],
] as const;

const lasting = {
  ...{ "container": "passed", "manifest": "passed", "hashes": "passed", "signature": "passed" },
  ...{ "report-pdf": "passed", "activity-log": "passed", "git-objects": "passed", "evidence": "passed" },
  ...{ "population-digest": "passed", "draw": "passed" },
};

/** Persons have other names in it, so that neither the log nor most of the evidence is what was hashed. */
const notAsItWas = { "activity-log": "not-possible", "git-objects": "not-possible", "evidence": "not-possible" };

describe.each(earlier)("a bundle of format %i, %s.zip, %s", (format, name, _, draws) => {
  it("verifies in all that holds for ever, and says of the rest that nobody looked", async () => {
    const report = await verify(pathOf(format, name));
    const { checks, bundle, verdict } = report;
    expect(bundle.formatVersion).toBe(format);
    expect(checks.filter(({ outcome }) => outcome === "failed")).toEqual([]);
    expect(outcomesOf(report)).toMatchObject({
      ...lasting,
      ...{
        facts: "not-possible",
        reconciliation: "not-possible",
        results: "not-possible",
        conclusions: "not-possible",
        documents: "not-possible",
        attestations: "not-possible",
      },
      ...(name === "redacted" ? notAsItWas : {}),
    });
    expect(verdict).toBe("not-reperformed");
    expect(checks.find(({ id }) => id === "draw")?.detail).toContain(draws);
    expect(checks.find(({ id }) => id === "results")?.detail).toContain("earlier format");
  });
});

const derived = {
  ...{ people: "passed", facts: "passed", results: "passed", judgements: "passed", conclusions: "passed" },
};

/** Of a part of the evidence, and of a part or an edition of the audit, no format can tell these. */
const notWhole = { "reconciliation": "not-possible", "completeness": "not-possible", "sign-offs": "not-possible" };

/*
 * By version 0.5.0: as those of format 3, and with a judgement by another procedure and its document, which the edition for outsiders
 * withholds. The statements have the fields of now.
 */
const doneAgain = [
  ["ledger", { "reconciliation": "passed", "completeness": "passed", "sign-offs": "passed" }],
  ["part", notWhole],
  ["redacted", { ...notWhole, ...notAsItWas }],
] as const;

describe.each(doneAgain)("a bundle of format 4, %s.zip", (name, others) => {
  it("is done again as far as its kind allows, and its documents, which another version wrote, are told apart", async () => {
    const report = await verify(pathOf(4, name));
    const { checks, bundle, verdict } = report;
    expect(bundle.formatVersion).toBe(4);
    expect(checks.filter(({ outcome }) => outcome === "failed")).toEqual([]);
    // The page has other scripts since, which write an undone act out.
    const documents = { documents: "not-possible", attestations: "passed" };
    expect(outcomesOf(report)).toMatchObject({ ...lasting, ...derived, ...documents, ...others });
    expect(verdict).toBe("not-reperformed");
    expect(checks.find(({ id }) => id === "documents")?.detail).toMatch(/Tickmark 0\.5\.0/);
  });
});

/** Checks of one app that ran again before the release: 0.5.0 counted both runs. */
it("an honest bundle of format 4 that this version reads otherwise is told so with both values, and never passed or failed", async () => {
  const report = await verify(pathOf(4, "checks"));
  expect(report.checks.filter(({ outcome }) => outcome === "failed")).toEqual([]);
  const others = { facts: "not-possible", documents: "not-possible", attestations: "not-possible" };
  expect(outcomesOf(report)).toMatchObject({ ...lasting, ...derived, ...others });
  expect(report.checks.find(({ id }) => id === "facts")).toMatchObject({
    detail: expect.stringMatching(
      /otherwise at \$\.builds.* Tickmark 0\.5\.0 wrote it: .* Verify it with that version too/,
    ),
    subject: expect.stringMatching(/^ledger@[0-9a-f]{40}$/),
    expected: '"check 120"',
    found: '"check 121"',
  });
  expect(report.verdict).toBe("not-reperformed");
});

describe("a bundle of format 4 that was altered and signed anew by its trusted signer", () => {
  const folder = mkdtempSync(join(tmpdir(), "tickmark-earlier-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(liesInFormat4)("$name", async ({ name, detail, change }) => {
    const { identity } = await newSigner();
    const files = await filesOf(pathOf(4, "ledger"));
    for (const path of [asicManifestPathOf(2), signaturePathOf(2)]) files.delete(path);
    files.set(partPaths.report, await signedReport(identity));
    change(files);
    refit(files, "list");
    await signList(files, identity, now.toISOString());
    const zipPath = join(folder, name);
    await packFiles(zipPath, files, false);
    const { fingerprint } = identity;
    const { verdict, checks } = await verify(zipPath, [
      { name: "The signer", fingerprint, addedAt: now.toISOString() },
    ]);
    const [expected, id] = name.split(" ");
    const integrity: readonly string[] = integrityCheckIds;
    expect(checks.filter((check) => integrity.includes(check.id) && check.outcome === "failed")).toEqual([]);
    expect(checks.find((check) => check.id === id)).toMatchObject({
      outcome: "not-possible",
      detail: expect.stringMatching(detail),
      expected: expect.any(String),
      found: expect.any(String),
    });
    expect(checks.find((check) => check.id === "documents")?.detail).toContain("does not come out the same");
    expect(verdict).toBe(expected);
  });
});
