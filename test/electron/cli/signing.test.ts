import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { root } from "../../../build/install.mjs";
import type { VerificationReport } from "../../../shared/model/verification-report.ts";
import type { IdentityView, SealView } from "../../../shared/model/view.ts";
import { makeSoftTokens, pin, prepareSoftTokens, softTokenModule } from "../export/identity/soft-token.ts";
import { newSigner } from "../export/signers.ts";
import { startTimestampServer, type TimestampServer } from "../export/timestamp-server.ts";
import { tickmark, tickmarkJson } from "./command-line.ts";
import { makeDemoBundle, passphrase } from "./demo-bundle.ts";

const folder = mkdtempSync(join(tmpdir(), "tickmark-signing-"));
const at = (name: string) => join(folder, name);
let clock: TimestampServer;
let signer: IdentityView;
const token = [
  ...["--token-module", softTokenModule, "--token-label", "review", "--key-id", "01"],
  ...["--pin-env", "TICKMARK_TEST_PIN"],
];

beforeAll(async () => {
  await makeDemoBundle(folder);
  signer = await tickmarkJson("identity", "show", at("signer.p12"), ...passphrase);
  const reviewer = await newSigner({ commonName: "Reviewer", validTo: "2099-01-01T00:00:00Z" });
  writeFileSync(at("reviewer.key"), reviewer.key.export({ format: "pem", type: "pkcs8" }));
  writeFileSync(at("reviewer.pem"), reviewer.certificatePem);
  writeFileSync(at("root.pem"), reviewer.rootPem);
  const certificatePaths = [at("reviewer.pem"), at("root.pem")];
  await prepareSoftTokens(folder);
  await makeSoftTokens({ review: [{ keyPath: at("reviewer.key"), label: "sign", id: "01", certificatePaths }] });
  process.env.TICKMARK_TEST_PIN = pin;
  clock = await startTimestampServer();
  const addedAt = "2026-01-01T00:00:00.000Z";
  const trusted = {
    signers: [
      { name: "Preparer", fingerprint: signer.fingerprint, addedAt },
      { name: "Reviewer", fingerprint: reviewer.fingerprint, addedAt },
    ],
    timestampAuthorities: [{ name: "Clock", fingerprint: clock.rootFingerprint, addedAt }],
  };
  writeFileSync(at("trust.json"), JSON.stringify(trusted));
});
afterAll(async () => {
  await clock.close();
  rmSync(folder, { recursive: true, force: true });
});

beforeEach(() => {
  for (const extension of ["zip", "pdf"]) copyFileSync(at(`bundle.${extension}`), at(`finished.${extension}`));
});

async function verify(): Promise<VerificationReport> {
  const args = ["--report", at("finished.pdf"), "--trust", at("trust.json")];
  return tickmarkJson("verify", at("finished.zip"), ...args);
}

describe("a bundle that was exported offline", () => {
  it("is signed by a reviewer with a token, then stamped, and both files hold", async () => {
    const signed = await tickmarkJson<SealView>("sign", at("finished.zip"), "--role", "reviewer", ...token);
    expect(signed).toMatchObject({ changed: ["META-INF/signature002.p7s"], reportChanged: true, timestamp: null });
    const stamped = await tickmarkJson<SealView>("timestamp", at("finished.zip"), "--tsa", clock.url);
    expect(stamped.changed).toEqual(["META-INF/signature001.p7s", "META-INF/signature002.p7s"]);
    const report = await verify();
    expect(report.verdict).toBe("verified");
    expect(report.signatures).toMatchObject([
      { claimedRole: "preparer", signer: { trustedName: "Preparer" }, timestamp: { trusted: true } },
      { claimedRole: "reviewer", signer: { trustedName: "Reviewer" }, timestamp: { trusted: true } },
    ]);
    expect(report.checks.filter(({ outcome }) => outcome === "failed")).toEqual([]);
    const again = await tickmark("timestamp", at("finished.zip"), "--tsa", clock.url);
    expect(again.out).toContain("nothing to add: every signature has a timestamp");
  });

  it("shows each signer with the role that he claims and the time that is only his word", async () => {
    await tickmarkJson("sign", at("finished.zip"), ...token, "--tsa", clock.url);
    const { out } = await tickmark("verify", at("finished.zip"));
    expect(out).toContain("claimed role: preparer, on no list of yours");
    expect(out).toContain("as claimed by the signer; no timestamp");
    expect(out).toMatch(
      /CN=Reviewer, claimed role: reviewer.*\n.*\n.*timestamp .* by O=Clocks, CN=Time, an authority on no list/,
    );
  });

  it("is not signed when it does not hold, and stays as it was", async () => {
    const bytes = readFileSync(at("finished.zip"));
    const place = bytes.indexOf("signature001.p7s") + 200;
    bytes[place] = (bytes[place] ?? 0) ^ 1;
    writeFileSync(at("finished.zip"), bytes);
    const ran = await tickmark("sign", at("finished.zip"), ...token, "--json");
    expect([ran.status, JSON.parse(ran.out).fault.code]).toEqual([3, "bundle-part-invalid"]);
    expect(readFileSync(at("finished.zip")).equals(bytes)).toBe(true);
  });

  it("of an earlier format is stamped and not signed, since nobody can do its audit again", async () => {
    const earlier = at("earlier.zip");
    copyFileSync(join(root, "test/fixtures/bundles/v1/ledger.zip"), earlier);
    const before = readFileSync(earlier);
    const signing = await tickmark("sign", earlier, "--role", "reviewer", ...token);
    expect([signing.status, signing.err]).toEqual([3, expect.stringContaining("was not done again")]);
    expect(readFileSync(earlier).equals(before)).toBe(true);
    const { changed } = await tickmarkJson<SealView>("timestamp", earlier, "--tsa", clock.url);
    expect(changed).toEqual(["META-INF/signature001.p7s"]);
    expect((await tickmark("verify", earlier)).status).toBe(1);
  });

  it("gets no timestamp from an authority that cannot be reached, and stays as it was", async () => {
    const before = readFileSync(at("finished.zip"));
    const ran = await tickmark("timestamp", at("finished.zip"), "--tsa", "http://127.0.0.1:1/", "--json");
    expect([ran.status, JSON.parse(ran.out).fault.code]).toEqual([3, "timestamp-unavailable"]);
    expect(readFileSync(at("finished.zip")).equals(before)).toBe(true);
  });
});

describe("an export", () => {
  const identity = ["--identity", at("signer.p12"), ...passphrase];

  it("asks the authority and has timestamps in both files", async () => {
    await tickmarkJson("export", at("demo.tickmark"), at("finished.zip"), ...identity, "--tsa", clock.url);
    const report = await verify();
    expect(report.signatures).toMatchObject([{ claimedRole: "preparer", timestamp: { trusted: true } }]);
    expect(report.checks.find(({ id }) => id === "report-pdf")?.outcome).toBe("passed");
  });

  it("goes on without a timestamp when the authority cannot be reached, and says so", async () => {
    const ran = await tickmark(
      "export",
      at("demo.tickmark"),
      at("finished.zip"),
      ...identity,
      "--tsa",
      "http://127.0.0.1:1/",
    );
    expect(ran.status).toBe(0);
    expect(ran.out).toContain(
      "WITHOUT A TIMESTAMP: The timestamp authority http://127.0.0.1:1/ cannot be reached (ECONNREFUSED).",
    );
    expect((await verify()).verdict).not.toBe("failed");
  });

  it("is not begun with two keys, with none, or with an authority that nobody can ask", async () => {
    for (const options of [
      [...identity, ...token],
      [],
      [...identity, "--tsa", "ftp://nowhere"],
      [...identity, "--tsa-policy", "1.2.3"],
      ["--token-module", softTokenModule],
    ]) {
      const ran = await tickmark("export", at("demo.tickmark"), at("none.zip"), ...options, "--json");
      expect([options, ran.status, JSON.parse(ran.out).fault.code]).toEqual([options, 2, "usage"]);
    }
  });
});
