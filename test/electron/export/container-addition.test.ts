import { copyFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { addSignature, addTimestamps } from "../../../electron/export/container-addition.ts";
import { signPdf } from "../../../electron/export/sign-pdf.ts";
import { requestTimestamp } from "../../../electron/export/timestamp/timestamp-authority.ts";
import { timestampPdf } from "../../../electron/export/timestamp/timestamp-pdf.ts";
import { writeContainer } from "../../../electron/export/zip.ts";
import { verifyBundle } from "../../../electron/verifier/verify-bundle.ts";
import type { CheckId, VerificationReport } from "../../../shared/model/verification-report.ts";
import { filesOf, foundTheSame, packFiles, signedReport, writeBundle } from "../verifier/sample-bundle.ts";
import { openssl, run, temporaryFolder } from "./real-tools.ts";
import { manifestInfo, sampleParts, signedAt, textPart } from "./sample-parts.ts";
import { newSigner } from "./signers.ts";
import { startTimestampServer, type TimestampServer } from "./timestamp-server.ts";

const folder = temporaryFolder();
let ada: Awaited<ReturnType<typeof newSigner>>;
let rita: Awaited<ReturnType<typeof newSigner>>;
let clock: TimestampServer;
let report: Buffer;
const stamp = (sha256: Buffer) => requestTimestamp({ url: clock.url }, sha256);
const addedAt = "2025-01-02T00:00:00.000Z";

beforeAll(async () => {
  ada = await newSigner();
  rita = await newSigner({ commonName: "Rita Reviewer", keyType: "rsa-3072" });
  clock = await startTimestampServer();
  report = await signedReport(ada.identity);
  await writeBundle(folder.at("exported.zip"), ada.identity, sampleParts(report));
});
afterAll(async () => {
  await clock.close();
  folder[Symbol.dispose]();
});

const bundle = folder.at("bundle.zip");
beforeEach(() => copyFileSync(folder.at("exported.zip"), bundle));

const reviewed = { signedAt: "2025-08-01T09:00:00.000Z", role: "reviewer" } as const;

function verify(path: string, pdfPath?: string): Promise<VerificationReport> {
  return verifyBundle({
    zipPath: path,
    reperform: foundTheSame,
    ...(pdfPath === undefined ? {} : { pdfPath }),
    trustedSigners: [ada, rita].map(({ fingerprint }, index) => ({ name: `S${index}`, fingerprint, addedAt })),
    timestampAuthorities: [{ name: "Clock", fingerprint: clock.rootFingerprint, addedAt }],
  });
}

function outcomesOf(found: VerificationReport, id: CheckId): string[] {
  return found.checks.filter((check) => check.id === id).map(({ outcome }) => outcome);
}

/** Every entry that was there before, byte for byte. */
async function expectUntouched(except: readonly string[] = []): Promise<void> {
  const [before, after] = [await filesOf(folder.at("exported.zip")), await filesOf(bundle)];
  for (const [name, bytes] of before)
    if (!except.includes(name)) expect([name, after.get(name)?.equals(bytes)]).toEqual([name, true]);
}

describe("a signature added to a finished bundle", () => {
  test("is over the same files, by a signer of its own, with the role that he claims", async () => {
    const added = await addSignature(bundle, rita.identity, reviewed);
    expect(added.changed).toEqual(["META-INF/signature002.p7s"]);
    await expectUntouched();
    const found = await verify(bundle);
    expect(found.verdict).toBe("verified");
    expect(found.bundle.sha256).toBe(added.sha256);
    expect(outcomesOf(found, "signature")).toEqual(["passed", "passed"]);
    expect(found.signatures).toMatchObject([
      { file: "META-INF/signature001.p7s", signer: { fingerprint: ada.fingerprint }, claimedRole: null },
      {
        file: "META-INF/signature002.p7s",
        signer: { fingerprint: rita.fingerprint, trustedName: "S1" },
        claimedRole: "reviewer",
        signedAt: reviewed.signedAt,
      },
    ]);
  });

  test("is one of several: preparer, reviewer and partner", async () => {
    await addSignature(bundle, rita.identity, reviewed);
    await addSignature(bundle, ada.identity, { ...reviewed, role: "partner" }, stamp);
    const found = await verify(bundle);
    expect(found.signatures.map(({ claimedRole }) => claimedRole)).toEqual([null, "reviewer", "partner"]);
    expect(found.signatures[2]?.timestamp).toMatchObject({ trusted: true, authority: "O=Clocks, CN=Time" });
    expect(found.verdict).toBe("verified");
  });

  test("is accepted by unzip and openssl, each over its own list of the same files", async () => {
    await addSignature(bundle, rita.identity, reviewed);
    run("unzip", ["-tq", bundle]);
    for (const [number, signer] of [
      ["001", ada],
      ["002", rita],
    ] as const) {
      for (const name of [`ASiCManifest${number}.xml`, `signature${number}.p7s`])
        writeFileSync(folder.at(name), (await filesOf(bundle)).get(`META-INF/${name}`) ?? "");
      writeFileSync(folder.at("root.pem"), signer.rootPem);
      const files = ["-in", folder.at(`signature${number}.p7s`), "-content", folder.at(`ASiCManifest${number}.xml`)];
      const args = [
        "cms",
        "-verify",
        "-cades",
        "-binary",
        "-inform",
        "DER",
        ...files,
        "-CAfile",
        folder.at("root.pem"),
      ];
      expect(openssl([...args, "-out", "/dev/null"])).toContain("CAdES Verification successful");
    }
  });

  test("by somebody who is on no list leaves the bundle with an unknown signer, never verified", async () => {
    const stranger = await newSigner({ commonName: "Rita Reviewer" });
    await addSignature(bundle, stranger.identity, reviewed);
    const found = await verify(bundle);
    expect(found.verdict).toBe("verified-signer-unknown");
    expect(outcomesOf(found, "trust")).toEqual(["passed", "not-possible"]);
    expect(found.checks.find(({ id, outcome }) => id === "trust" && outcome !== "passed")).toMatchObject({
      detail: expect.stringContaining("META-INF/signature002.p7s, O=Example Auditors AG, CN=Rita Reviewer"),
    });
  });

  test("over another list than that of these files fails the bundle", async () => {
    await addSignature(bundle, rita.identity, reviewed);
    const files = await filesOf(bundle);
    const other = folder.at("other.zip");
    await writeBundle(other, ada.identity, sampleParts(report).slice(1));
    await addSignature(other, rita.identity, reviewed);
    for (const name of ["META-INF/ASiCManifest002.xml", "META-INF/signature002.p7s"])
      files.set(name, (await filesOf(other)).get(name) ?? Buffer.alloc(0));
    await packFiles(bundle, files);
    const found = await verify(bundle);
    expect(outcomesOf(found, "signature")).toEqual(["passed", "failed"]);
    expect(found.verdict).toBe("failed");
  });

  test("leaves its list behind when it is taken away, and the bundle fails", async () => {
    await addSignature(bundle, rita.identity, reviewed);
    const files = await filesOf(bundle);
    files.delete("META-INF/signature002.p7s");
    await packFiles(bundle, files);
    expect((await verify(bundle)).verdict).toBe("failed");
  });

  test("does not go to a bundle that another program packed, or that was changed", async () => {
    run("unzip", ["-q", bundle, "-d", folder.at("unpacked")]);
    run("zip", ["-qr", folder.at("packed.zip"), "."], { cwd: folder.at("unpacked") });
    const bytes = readFileSync(bundle);
    writeFileSync(folder.at("cut.zip"), bytes.subarray(0, bytes.length - 9));
    writeFileSync(folder.at("longer.zip"), Buffer.concat([bytes, Buffer.from("x")]));
    for (const name of ["packed.zip", "cut.zip", "longer.zip"]) {
      const before = readFileSync(folder.at(name));
      const adding = addSignature(folder.at(name), rita.identity, reviewed);
      await expect(adding).rejects.toMatchObject({ code: "bundle-not-an-archive" });
      expect(readFileSync(folder.at(name)).equals(before)).toBe(true);
    }
    const nowhere = addSignature(folder.at("nothing.zip"), rita.identity, reviewed);
    await expect(nowhere).rejects.toMatchObject({ code: "bundle-missing" });
  });
});

describe("a timestamp added to a bundle that was exported offline", () => {
  test("changes the signature's file and no other byte of the content", async () => {
    const added = await addTimestamps(bundle, stamp);
    expect(added?.changed).toEqual(["META-INF/signature001.p7s"]);
    await expectUntouched(["META-INF/signature001.p7s"]);
    const found = await verify(bundle);
    expect(outcomesOf(found, "timestamp")).toEqual(["passed"]);
    expect(found.verdict).toBe("verified");
  });

  test("is given to each of several signatures, once", async () => {
    await addSignature(bundle, rita.identity, reviewed);
    expect((await addTimestamps(bundle, stamp))?.changed).toHaveLength(2);
    expect(outcomesOf(await verify(bundle), "timestamp")).toEqual(["passed", "passed"]);
    const before = readFileSync(bundle);
    expect(await addTimestamps(bundle, stamp)).toBeNull();
    expect(readFileSync(bundle).equals(before)).toBe(true);
  });

  test("that is not to be had leaves the file as it was", async () => {
    const before = readFileSync(bundle);
    expect(await addTimestamps(bundle, async () => null)).toBeNull();
    await expect(addTimestamps(bundle, () => Promise.reject(new Error("offline")))).rejects.toThrow("offline");
    expect(readFileSync(bundle).equals(before)).toBe(true);
  });

  test("and more signatures fit bundles of every size of entry", async () => {
    const big = folder.at("big.zip");
    const parts = [
      textPart("large.txt", "0123456789".repeat(400_000)),
      ...Array.from({ length: 300 }, (_, index) => textPart(`evidence/${index}`, `${index}`)),
    ];
    await writeContainer({ parts, info: manifestInfo, identity: ada.identity, signedAt, target: big });
    await addSignature(big, rita.identity, reviewed, stamp);
    expect((await verify(big)).verdict).toBe("verified");
    run("unzip", ["-tq", big]);
  });
});

describe("the report beside the bundle", () => {
  const pdf = folder.at("report.pdf");

  test("may get a timestamp in the room of its signature", async () => {
    const stamped = await timestampPdf(report, stamp);
    expect(stamped?.length).toBe(report.length);
    writeFileSync(pdf, stamped ?? "");
    expect(run("pdfsig", [pdf])).toContain("Total document signed");
    const found = await verify(bundle, pdf);
    expect(outcomesOf(found, "report-pdf")).toEqual(["passed"]);
    expect(await timestampPdf(stamped ?? report, stamp)).toBeNull();
  });

  test("may be signed by those who sign the bundle later", async () => {
    await addSignature(bundle, rita.identity, reviewed);
    const details = { ...reviewed, name: "Rita", reason: "Reviewed" };
    const twice = await signPdf((await timestampPdf(report, stamp)) ?? report, rita.identity, details);
    writeFileSync(pdf, await signPdf(twice, ada.identity, { ...details, role: "partner" }, stamp));
    const found = await verify(bundle, pdf);
    expect(found.checks.find(({ id }) => id === "report-pdf")).toMatchObject({
      outcome: "passed",
      detail: expect.stringContaining("The one beside the bundle is the same, with later signatures"),
    });
    expect(run("pdfsig", [pdf]).match(/Signature is Valid\./g)).toHaveLength(3);
  });

  test("signed by somebody who did not sign the bundle is not taken for it", async () => {
    const stranger = await newSigner({ commonName: "Stranger" });
    writeFileSync(pdf, await signPdf(report, stranger.identity, { ...reviewed, name: "S", reason: "R" }));
    const found = await verify(bundle, pdf);
    expect(found.checks.find(({ id }) => id === "report-pdf")).toMatchObject({
      outcome: "not-possible",
      detail: expect.stringContaining(stranger.fingerprint),
    });
  });

  test("that shows something else since fails, even when a signer of the bundle signed that", async () => {
    const changed = appendTitle(report, "Changed");
    writeFileSync(pdf, await signPdf(changed, ada.identity, { ...reviewed, name: "Ada", reason: "R" }));
    const found = await verify(bundle, pdf);
    expect(outcomesOf(found, "report-pdf")).toEqual(["failed"]);
  });

  test("signed again by its own signer is another report", async () => {
    writeFileSync(pdf, await signedReport(ada.identity));
    expect(outcomesOf(await verify(bundle, pdf), "report-pdf")).toEqual(["failed"]);
    expect(existsSync(pdf)).toBe(true);
  });
});

/** An incremental update with another title, as any editor could append it. */
function appendTitle(pdf: Buffer, title: string): Buffer {
  const text = pdf.toString("latin1");
  const [info, number] = /\/Info (\d+) 0 R/.exec(text) ?? [];
  const [, root] = /\/Root (\d+ 0 R)/.exec(text) ?? [];
  const previous = text.slice(text.lastIndexOf("startxref")).split("\n")[1];
  const object = `${number} 0 obj\n<< /Title (${title}) >>\nendobj\n`;
  const table = `xref\n${number} 1\n${String(pdf.length).padStart(10, "0")} 00000 n \n`;
  const trailer = `trailer\n<< /Size 100 /Root ${root} ${info} /Prev ${previous} >>\nstartxref\n${pdf.length + object.length}\n%%EOF\n`;
  return Buffer.concat([pdf, Buffer.from(object + table + trailer, "latin1")]);
}
