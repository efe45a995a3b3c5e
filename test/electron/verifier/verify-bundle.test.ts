import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { crc32 } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { SigningIdentity } from "../../../electron/export/identity/signing-identity.ts";
import { createPace } from "../../../electron/verifier/pace.ts";
import type { TrustedSigner } from "../../../electron/verifier/trust.ts";
import { type VerificationRequest, verifyBundle } from "../../../electron/verifier/verify-bundle.ts";
import type { BundleContents } from "../../../shared/bundle/bundle-contents.ts";
import { formatVersion } from "../../../shared/bundle/manifest.ts";
import {
  type CheckId,
  failed,
  firstFailure,
  integrityCheckIds,
  passed,
  VerificationReport,
} from "../../../shared/model/verification-report.ts";
import { temporaryFolder } from "../export/real-tools.ts";
import { sampleParts } from "../export/sample-parts.ts";
import { makePdf } from "../export/sample-pdf.ts";
import { newSigner } from "../export/signers.ts";
import { appendUpdate } from "./pdf-update.ts";
import {
  filesOf,
  foundTheSame,
  hashOf,
  listName,
  packFiles,
  refit,
  signatureName,
  signedReport,
  signList,
  writeBundle,
} from "./sample-bundle.ts";

type NamedSigner = Awaited<ReturnType<typeof newSigner>>;

const folder = temporaryFolder();
afterAll(() => folder[Symbol.dispose]());

let ada: NamedSigner;
/** Another person, who calls herself the same. */
let impostor: NamedSigner;
let trustedSigners: TrustedSigner[];
beforeAll(async () => {
  ada = await newSigner();
  impostor = await newSigner();
  trustedSigners = [{ name: "Ada, by phone", fingerprint: ada.fingerprint, addedAt: "2025-01-02T00:00:00.000Z" }];
  await writeBundle(folder.at("honest.zip"), ada.identity);
});

let count = 0;
let zipPath: string;
beforeEach(() => {
  mkdirSync(folder.at(`case-${count}`));
  zipPath = folder.at(`case-${count++}/bundle.zip`);
});

const now = new Date("2026-01-01T00:00:00Z");

function verify(path: string, over: Partial<VerificationRequest> = {}): Promise<VerificationReport> {
  return verifyBundle({ zipPath: path, trustedSigners, now, reperform: foundTheSame, ...over });
}

/** The honest bundle after `change`, packed without a flaw. */
async function tampered(change: (files: Map<string, Buffer>) => void | Promise<void>): Promise<VerificationReport> {
  const files = await filesOf(folder.at("honest.zip"));
  await change(files);
  await packFiles(zipPath, files);
  return verify(zipPath);
}

function outcomes(report: VerificationReport): Partial<Record<CheckId, string>> {
  return Object.fromEntries(report.checks.map(({ id, outcome }) => [id, outcome]));
}

function checkOf(report: VerificationReport, id: CheckId) {
  return report.checks.find((check) => check.id === id);
}

describe("an honest bundle", () => {
  test.each(["ecdsa-p256", "rsa-3072"] as const)("is verified for whoever trusts its signer (%s)", async (keyType) => {
    const signer = await newSigner({ keyType });
    await writeBundle(zipPath, signer.identity);
    const trusted = [{ name: "S", fingerprint: signer.fingerprint, addedAt: "2025-01-02T00:00:00.000Z" }];
    const report = await verify(zipPath, { trustedSigners: trusted });
    expect(report.verdict).toBe("verified");
    const withoutTimestamp: CheckId[] = ["timestamp", "revocation"];
    for (const id of integrityCheckIds)
      expect(checkOf(report, id)?.outcome).toBe(withoutTimestamp.includes(id) ? "not-possible" : "passed");
    expect(report.signer).toMatchObject({
      fingerprint: signer.fingerprint,
      rootFingerprint: signer.rootFingerprint,
      trusted: true,
      trustedName: "S",
    });
    expect(report.signedAt).toBe("2025-07-15T10:00:00.000Z");
    expect(report.bundle).toMatchObject({ path: zipPath, sha256: hashOf(readFileSync(zipPath)), formatVersion });
    expect(VerificationReport.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
  });

  test("is verified for whoever trusts the root above its signer", async () => {
    const root = [{ name: "Root", fingerprint: ada.rootFingerprint, addedAt: "2025-01-02T00:00:00.000Z" }];
    expect((await verify(folder.at("honest.zip"), { trustedSigners: root })).verdict).toBe("verified");
  });

  test("has an unknown signer for everybody else, with the fingerprint to compare", async () => {
    const report = await verify(folder.at("honest.zip"), { trustedSigners: [] });
    expect(report.verdict).toBe("verified-signer-unknown");
    expect(report.signer).toMatchObject({ trusted: false, fingerprint: ada.fingerprint });
    expect(checkOf(report, "trust")).toMatchObject({ outcome: "not-possible" });
  });

  test("is verified with the report beside it", async () => {
    writeFileSync(folder.at("report.pdf"), (await filesOf(folder.at("honest.zip"))).get("report.pdf") ?? "");
    const report = await verify(folder.at("honest.zip"), { pdfPath: folder.at("report.pdf") });
    expect(report.verdict).toBe("verified");
    expect(checkOf(report, "report-pdf")?.detail).toContain("beside the bundle is the same");
  });

  test("is not said to be re-performed when nobody did", async () => {
    const report = await verifyBundle({ zipPath: folder.at("honest.zip"), trustedSigners, now });
    for (const id of ["draw", "facts", "results", "conclusions", "activity-log"] as const)
      expect(outcomes(report)[id]).toBe("not-possible");
    expect(report.verdict).toBe("not-reperformed");
  });

  test("long after, is by a certificate of which nobody can tell any more whether it was valid", async () => {
    const report = await verify(folder.at("honest.zip"), { now: new Date("2045-01-01T00:00:00Z") });
    expect(report.verdict).toBe("verified-signer-unknown");
    expect(checkOf(report, "certificate")).toMatchObject({
      outcome: "not-possible",
      detail: expect.stringContaining("It has expired since, on 2035-01-01"),
    });
  });
});

describe("the certificate of a bundle", () => {
  test("does not hold for a signature from the future, and nobody is trusted by it", async () => {
    const report = await verify(folder.at("honest.zip"), { now: new Date("2025-07-13T00:00:00Z") });
    expect(outcomes(report)).toMatchObject({ signature: "passed", certificate: "failed", trust: "not-possible" });
    expect(report.signer).toMatchObject({ fingerprint: ada.fingerprint, trusted: false });
    expect(report.verdict).toBe("failed");
  });

  test("holds when the clocks of signer and verifier differ by hours", async () => {
    const report = await verify(folder.at("honest.zip"), { now: new Date("2025-07-15T02:00:00Z") });
    expect(report.verdict).toBe("verified");
  });
});

describe("re-performance", () => {
  test("gets the parts, and its answers are in the report", async () => {
    let seen = "";
    const reperform = async (contents: BundleContents) => {
      seen = (await contents.read("evidence/00/a.json")).toString();
      await expect(contents.read("manifest.json")).rejects.toMatchObject({ code: "bundle-part-invalid" });
      return [
        passed("draw", "The same."),
        failed("results", "Another.", { subject: "c-1", expected: "pass", found: "fail" }),
      ];
    };
    const report = await verify(folder.at("honest.zip"), { reperform });
    expect(seen).toBe("[1]");
    expect(report.verdict).toBe("failed");
    expect(firstFailure(report)).toMatchObject({ id: "results", subject: "c-1" });
  });

  test("sees no part that was put in after the hashes were checked, even with the same CRC", async () => {
    // What begins as a picture is stored as it is.
    const note = Buffer.from("\x89PNG\r\n\x1a\n0123456789abcdef", "latin1");
    await writeBundle(zipPath, ada.identity, [{ path: "note", role: "evidence", mediaType: "image/png", bytes: note }]);
    const bytes = readFileSync(zipPath);
    const swapped = withSameCrc(note);
    const reperform = async (contents: BundleContents) => {
      writeFileSync(
        zipPath,
        Buffer.from(bytes.toString("latin1").replace(note.toString("latin1"), swapped.toString("latin1")), "latin1"),
      );
      await expect(contents.read("note")).rejects.toMatchObject({ code: "bundle-part-invalid" });
      await expect(contents.read("note")).rejects.toThrow(/not the one that the manifest names/);
      return [];
    };
    await verify(zipPath, { reperform });
    expect(readFileSync(zipPath).includes(swapped)).toBe(true);
  });

  test("is not done on parts that are not those of the manifest", async () => {
    const files = await filesOf(folder.at("honest.zip"));
    files.set("results.json", Buffer.from("[]"));
    await packFiles(zipPath, files);
    const reperform = vi.fn(async () => []);
    const report = await verify(zipPath, { reperform });
    expect(reperform).not.toHaveBeenCalled();
    expect(outcomes(report)).toMatchObject({ hashes: "failed", results: "not-possible" });
  });
});

describe("a tampered bundle fails", () => {
  test("with a part changed: both hashes are shown", async () => {
    const original = (await filesOf(folder.at("honest.zip"))).get("results.json");
    const report = await tampered((files) => void files.set("results.json", Buffer.from("[]")));
    expect(report.verdict).toBe("failed");
    expect(firstFailure(report)).toMatchObject({
      id: "hashes",
      subject: "results.json",
      expected: `${hashOf(original)} (${original?.length} bytes)`,
      found: `${hashOf(Buffer.from("[]"))} (2 bytes)`,
    });
  });

  test("with a part changed and its hash with it", async () => {
    const report = await tampered((files) => {
      files.set("results.json", Buffer.from("[]"));
      refit(files, "manifest");
    });
    expect(outcomes(report)).toMatchObject({ manifest: "passed", hashes: "passed", signature: "failed" });
    expect(checkOf(report, "signature")?.subject).toContain(`${listName} line`);
    expect(report.verdict).toBe("failed");
  });

  test("with a part changed and every list with it, but not the signature", async () => {
    const report = await tampered((files) => {
      files.set("results.json", Buffer.from("[]"));
      refit(files, "list");
    });
    const signature = checkOf(report, "signature");
    expect(signature).toMatchObject({ outcome: "failed", detail: "The signature is over other content." });
    expect(signature?.expected).not.toBe(signature?.found);
    expect(report).toMatchObject({ verdict: "failed", signer: null, signedAt: null });
  });

  test("with the list and signature of another bundle of the same signer", async () => {
    await writeBundle(folder.at("other.zip"), ada.identity, sampleParts(await signedReport(ada.identity)).slice(1));
    const other = await filesOf(folder.at("other.zip"));
    const report = await tampered((files) => {
      for (const name of [listName, signatureName]) files.set(name, other.get(name) ?? Buffer.alloc(0));
    });
    expect(outcomes(report)).toMatchObject({ hashes: "passed", signature: "failed" });
    expect(report.verdict).toBe("failed");
  });
});

describe("a bundle of an attacker with the same name", () => {
  async function resignedBy(identity: SigningIdentity): Promise<VerificationReport> {
    return tampered(async (files) => {
      files.set("results.json", Buffer.from("[]"));
      files.set("report.pdf", await signedReport(impostor.identity));
      refit(files, "list");
      await signList(files, identity);
    });
  }

  test("has an unknown signer, whatever it is called", async () => {
    const report = await resignedBy(impostor.identity);
    const honest = await verify(folder.at("honest.zip"));
    expect(report.signer?.subject).toBe(honest.signer?.subject);
    expect(report.verdict).toBe("verified-signer-unknown");
    expect(report.signer).toMatchObject({ trusted: false, fingerprint: impostor.fingerprint });
  });

  test("fails with the trusted certificate over a signature of another key", async () => {
    const report = await resignedBy({ ...ada.identity, sign: impostor.identity.sign });
    expect(checkOf(report, "signature")).toMatchObject({
      outcome: "failed",
      detail: "The signature does not fit the signer's key.",
    });
    expect(report.verdict).toBe("failed");
  });

  test("gains nothing from bringing the trusted certificates along", async () => {
    const [own] = impostor.identity.chain;
    const report = await resignedBy({ ...impostor.identity, chain: [own, ...ada.identity.chain] });
    expect(report.signer).toMatchObject({
      fingerprint: impostor.fingerprint,
      rootFingerprint: impostor.fingerprint,
      trusted: false,
    });
    expect(checkOf(report, "certificate")?.detail).toContain("did not come along");
    expect(report.verdict).toBe("failed");
  });

  test("fails when the report in it is still of the trusted signer", async () => {
    const report = await tampered(async (files) => {
      files.set("results.json", Buffer.from("[]"));
      refit(files, "list");
      await signList(files, impostor.identity);
    });
    expect(checkOf(report, "report-pdf")).toMatchObject({
      outcome: "failed",
      expected: impostor.fingerprint,
      found: ada.fingerprint,
    });
    expect(report.verdict).toBe("failed");
  });
});

describe("the report in a bundle fails", () => {
  async function withReport(pdf: Buffer): Promise<VerificationReport> {
    await writeBundle(zipPath, ada.identity, sampleParts(pdf));
    return verify(zipPath);
  }

  test("with an update appended after it was signed", async () => {
    const report = await withReport(appendUpdate(await signedReport(ada.identity)));
    expect(outcomes(report)).toMatchObject({ hashes: "passed", signature: "passed", "report-pdf": "failed" });
    expect(checkOf(report, "report-pdf")?.detail).toContain("something was added after it was signed");
    expect(report.verdict).toBe("failed");
  });

  test("without a signature", async () => {
    const report = await withReport(await makePdf());
    expect(checkOf(report, "report-pdf")).toMatchObject({
      outcome: "failed",
      detail: "The signature is missing from the PDF.",
    });
  });

  test("when it is no PDF", async () => {
    const report = await withReport(Buffer.from("%PDF-1.7\nnothing more"));
    expect(checkOf(report, "report-pdf")).toMatchObject({ outcome: "failed" });
  });

  test("when it differs from the one beside the bundle", async () => {
    writeFileSync(folder.at("other.pdf"), await signedReport(ada.identity));
    const report = await verify(folder.at("honest.zip"), { pdfPath: folder.at("other.pdf") });
    expect(checkOf(report, "report-pdf")).toMatchObject({
      outcome: "failed",
      subject: folder.at("other.pdf"),
      found: hashOf(readFileSync(folder.at("other.pdf"))),
    });
  });

  test("when one lies beside a bundle that has none", async () => {
    await writeBundle(zipPath, ada.identity, []);
    expect(outcomes(await verify(zipPath))).toMatchObject({ "report-pdf": "not-possible" });
    expect(outcomes(await verify(zipPath, { pdfPath: folder.at("other.pdf") }))).toMatchObject({
      "report-pdf": "failed",
    });
  });

  test("and a report that is not there is a fault", async () => {
    const verifying = verify(folder.at("honest.zip"), { pdfPath: folder.at("nothing.pdf") });
    await expect(verifying).rejects.toMatchObject({ code: "bundle-missing" });
  });
});

test("a verification can be cancelled", async () => {
  const stopped = { code: "cancelled" };
  const atOnce = createPace(AbortSignal.abort(), () => undefined);
  await expect(verify(folder.at("honest.zip"), { pace: atOnce })).rejects.toMatchObject(stopped);
  const amid = new AbortController();
  const pace = createPace(amid.signal, ({ what }) => what.startsWith("Checking the files") && amid.abort());
  await expect(verify(folder.at("honest.zip"), { pace })).rejects.toMatchObject(stopped);
});

/** Other bytes with the same CRC-32: the generator polynomial, laid over them, changes nothing in the remainder. */
function withSameCrc(bytes: Buffer): Buffer {
  const polynomial = `1${(0x04c11db7).toString(2).padStart(32, "0")}`;
  const changed = Buffer.from(bytes);
  for (const [bit, value] of Array.from(polynomial).entries()) {
    if (value === "1") changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  }
  expect(crc32(changed)).toBe(crc32(bytes));
  expect(changed.equals(bytes)).toBe(false);
  return changed;
}
