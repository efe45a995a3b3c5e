import { mkdirSync, readdirSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { verifyBundle } from "../../../../electron/verifier/verify-bundle.ts";
import { TickmarkError } from "../../../../shared/errors.ts";
import type { VerificationReport } from "../../../../shared/model/verification-report.ts";
import { temporaryFolder } from "../../export/real-tools.ts";
import { newSigner } from "../../export/signers.ts";
import { startTimestampServer, type TimestampServer } from "../../export/timestamp-server.ts";
import { filesOf, foundTheSame, packFiles, writeBundle } from "../sample-bundle.ts";
import { type Cast, hostileBundles } from "./bundle-corpus.ts";

const folder = temporaryFolder();
let clock: TimestampServer;
let cast: Cast;
let honest: ReadonlyMap<string, Buffer>;
beforeAll(async () => {
  clock = await startTimestampServer();
  const [ada, impostor, expired, future] = await Promise.all([
    newSigner(),
    newSigner(),
    newSigner({ validFrom: "2024-01-01T00:00:00Z", validTo: "2025-01-01T00:00:00Z" }),
    newSigner({ validFrom: "2026-01-01T00:00:00Z", validTo: "2027-01-01T00:00:00Z" }),
  ]);
  cast = { ada, impostor, expired, future, clock: clock.url };
  await writeBundle(folder.at("honest.zip"), ada.identity);
  honest = await filesOf(folder.at("honest.zip"));
});
afterAll(async () => {
  await clock.close();
  folder[Symbol.dispose]();
});

const addedAt = "2025-01-02T00:00:00.000Z";

/** By somebody who trusts all of Ada's certificates, of whatever year, so that nothing but the fault speaks against it. */
function verify(zipPath: string): Promise<VerificationReport> {
  const { ada, expired, future } = cast;
  return verifyBundle({
    zipPath,
    trustedSigners: [ada, expired, future].map(({ fingerprint }) => ({ name: "Ada", fingerprint, addedAt })),
    timestampAuthorities: [{ name: "Clock", fingerprint: clock.rootFingerprint, addedAt }],
    now: new Date("2026-01-01T00:00:00Z"),
    reperform: foundTheSame,
  });
}

test("the honest bundle, which the others are made of, is verified", async () => {
  expect((await verify(folder.at("honest.zip"))).verdict).toBe("verified");
});

describe("a hostile bundle gets the verdict that it is named after", () => {
  test.each(hostileBundles)("$name", async ({ name, detail, change }) => {
    const files = new Map(honest);
    await change(files, cast);
    const place = folder.at(name.replace(".zip", ""));
    mkdirSync(place);
    await packFiles(`${place}/${name}`, files);
    const [verdict = "", id = ""] = name.split(" ");
    const found = await verify(`${place}/${name}`).catch((error: unknown) => {
      if (error instanceof TickmarkError) return error;
      throw error;
    });
    expect(readdirSync(place)).toEqual([name]);
    if (found instanceof TickmarkError) {
      expect([found.code, found.message]).toEqual([verdict, expect.stringMatching(detail)]);
      return;
    }
    expect(found.verdict).toBe(verdict);
    const check = found.checks.find((each) => each.id === id && each.outcome !== "passed");
    expect(check?.detail).toMatch(detail);
    expect(check?.outcome).toBe(verdict === "failed" ? "failed" : "not-possible");
  });
});
