import { hash } from "node:crypto";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../../../build/install.mjs";
import { verifyBundle } from "../../../electron/verifier/verify-bundle.ts";
import { reperform } from "../../../shared/verification/reperformance.ts";

const digest = (content: Uint8Array | string) => hash("sha256", content, "hex");
const commitIdOf = (content: Uint8Array) =>
  hash("sha1", Buffer.concat([Buffer.from(`commit ${content.length}\0`), content]), "hex");

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

/** Persons have other names in it, so that neither the log nor most of the evidence is what was hashed. */
const notAsItWas = { "activity-log": "not-possible", "git-objects": "not-possible", "evidence": "not-possible" };

describe.each(earlier)("a bundle of format %i, %s.zip, %s", (format, name, _, draws) => {
  it("verifies in all that holds for ever, and says of the rest that nobody looked", async () => {
    const { checks, bundle, verdict } = await verifyBundle({
      zipPath: join(root, `test/fixtures/bundles/v${format}/${name}.zip`),
      trustedSigners: [],
      now: new Date("2026-12-01T00:00:00Z"),
      reperform: (contents) => reperform(contents, { digest, commitIdOf }),
    });
    expect(bundle.formatVersion).toBe(format);
    const outcomes = Object.fromEntries(checks.map(({ id, outcome }) => [id, outcome]));
    expect(checks.filter(({ outcome }) => outcome === "failed")).toEqual([]);
    expect(outcomes).toMatchObject({
      ...{ "container": "passed", "manifest": "passed", "hashes": "passed", "signature": "passed" },
      ...{ "report-pdf": "passed", "activity-log": "passed", "git-objects": "passed", "evidence": "passed" },
      ...{ "population-digest": "passed", "draw": "passed" },
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
