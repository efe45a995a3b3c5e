import { writeFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { SigningIdentity } from "../../../electron/export/identity/signing-identity.ts";
import { type PdfSignatureDetails, signPdf } from "../../../electron/export/sign-pdf.ts";
import { run, temporaryFolder } from "./real-tools.ts";
import { makePdf } from "./sample-pdf.ts";
import { newSigner } from "./signers.ts";

const folder = temporaryFolder();
afterAll(() => folder[Symbol.dispose]());

const details: PdfSignatureDetails = {
  reason: "Prepared (first edition)",
  name: "Ada Müller ☂",
  signedAt: "2025-07-15T10:00:00.000Z",
  location: "Zürich",
};

describe.each(["ecdsa-p256", "rsa-3072"] as const)("a signed PDF (%s)", (keyType) => {
  let identity: SigningIdentity;
  const database = folder.at(`nss-${keyType}`);
  beforeAll(async () => {
    const signer = await newSigner({ keyType });
    identity = signer.identity;
    writeFileSync(folder.at("root.pem"), signer.rootPem);
    await mkdir(database);
    run("certutil", ["-N", "-d", `sql:${database}`, "--empty-password"]);
    run("certutil", ["-A", "-d", `sql:${database}`, "-n", "root", "-t", "CT,CT,CT", "-i", folder.at("root.pem")]);
  });

  const pdfsig = (name: string) => run("pdfsig", ["-nssdir", `sql:${database}`, folder.at(name)]);

  test("is valid and trusted for pdfsig, over the whole document", async () => {
    writeFileSync(folder.at("signed.pdf"), await signPdf(await makePdf(), identity, details));
    const output = pdfsig("signed.pdf");
    expect(output).toContain("Signature is Valid.");
    expect(output).toContain("Certificate is Trusted.");
    expect(output).toContain("Total document signed");
    expect(output).toContain("Signature Type: ETSI.CAdES.detached");
    expect(output).toContain("Signing Hash Algorithm: SHA-256");
    expect(output).toContain("Signing Time: Jul 15 2025 10:00:00");
  });

  test("is well formed for qpdf, and keeps the links of its first page", async () => {
    const signed = await signPdf(await makePdf(), identity, details);
    writeFileSync(folder.at("signed.pdf"), signed);
    expect(run("qpdf", ["--check", folder.at("signed.pdf")])).toContain("No syntax or stream encoding errors found");
    const json = JSON.parse(run("qpdf", ["--json", "--json-key=qpdf", folder.at("signed.pdf")]));
    const objects = Object.values<{ value?: Record<string, unknown> }>(json.qpdf[1]);
    const subtypes = objects.map(({ value }) => value?.["/Subtype"]);
    expect(subtypes).toContain("/Link");
    expect(subtypes).toContain("/Widget");
    expect(JSON.stringify(json)).toContain("Ada Müller ☂");
    expect(JSON.stringify(json)).toContain("Prepared (first edition)");
  });

  test("keeps every byte that it was made from, and differs between two signings in nothing but the signature", async () => {
    const pdf = await makePdf();
    const [first, second] = [await signPdf(pdf, identity, details), await signPdf(pdf, identity, details)];
    expect(first.subarray(0, pdf.length).equals(pdf)).toBe(true);
    const withoutSignature = (signed: Buffer) => signed.toString("latin1").replace(/\/Contents <[0-9a-f]+>/, "");
    expect(withoutSignature(second)).toBe(withoutSignature(first));
    expect(first.length).toBe(second.length);
  });

  test("can be signed again by another person, both signatures valid", async () => {
    const once = await signPdf(await makePdf(), identity, details);
    const reviewer = await newSigner({ commonName: "Rita Reviewer", keyType });
    const twice = await signPdf(once, reviewer.identity, { ...details, name: "Rita", reason: "Reviewed" });
    writeFileSync(folder.at("twice.pdf"), twice);
    const output = pdfsig("twice.pdf");
    expect(output.match(/Signature is Valid\./g)).toHaveLength(2);
    expect(output).toContain("Signer Certificate Common Name: Rita Reviewer");
    expect(run("qpdf", ["--check", folder.at("twice.pdf")])).toContain("No syntax or stream encoding errors found");
  });

  test("is valid even when its title imitates an empty signature", async () => {
    const title = "/ByteRange [0 /********** /********** /**********] /Contents <00> startxref 5 %%EOF";
    writeFileSync(folder.at("imitating.pdf"), await signPdf(await makePdf(title), identity, details));
    const output = pdfsig("imitating.pdf");
    expect(output).toContain("Signature is Valid.");
    expect(output).toContain("Total document signed");
  });

  test("changed by one byte is not valid any more", async () => {
    const signed = await signPdf(await makePdf(), identity, details);
    const at = signed.indexOf("/Title (");
    signed[at + 8] = (signed[at + 8] ?? 0) ^ 1;
    writeFileSync(folder.at("changed.pdf"), signed);
    expect(pdfsig("changed.pdf")).not.toContain("Signature is Valid.");
  });
});

describe("a PDF is not signed", () => {
  let identity: SigningIdentity;
  beforeAll(async () => {
    identity = (await newSigner()).identity;
  });

  test("when it is none, cut off or of a kind that is not read", async () => {
    const pdf = await makePdf();
    const reason = { code: "bundle-part-invalid" };
    for (const bytes of [
      Buffer.from("no PDF"),
      pdf.subarray(0, pdf.length - 30),
      Buffer.from(pdf.toString("latin1").replace("xref\n0", "xrfe\n0"), "latin1"),
    ]) {
      await expect(signPdf(bytes, identity, details)).rejects.toMatchObject(reason);
    }
  });

  test("outside of the certificate's time", async () => {
    const signing = signPdf(await makePdf(), identity, { ...details, signedAt: "2040-01-01T00:00:00.000Z" });
    await expect(signing).rejects.toMatchObject({ code: "identity-invalid" });
  });
});
