import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import * as pkijs from "pkijs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { signDetached } from "../../../electron/export/cms.ts";
import type { SigningIdentity } from "../../../electron/export/identity/signing-identity.ts";
import { attempt, openssl, temporaryFolder } from "./real-tools.ts";
import { newSigner } from "./signers.ts";

const folder = temporaryFolder();
afterAll(() => folder[Symbol.dispose]());
const signedAt = "2025-07-15T10:00:00.123Z";
const content = Buffer.from("what is signed\n");
const digest = createHash("sha256").update(content).digest();

describe.each(["ecdsa-p256", "rsa-3072"] as const)("a detached signature (%s)", (keyType) => {
  let identity: SigningIdentity;
  beforeAll(async () => {
    const signer = await newSigner({ keyType });
    identity = signer.identity;
    writeFileSync(folder.at("root.pem"), signer.rootPem);
    writeFileSync(folder.at("content"), content);
  });

  const verifyArgs = [
    ...["cms", "-verify", "-cades", "-binary", "-inform", "DER", "-in", folder.at("cms.p7s")],
    ...[
      "-CAfile",
      folder.at("root.pem"),
      "-attime",
      String((Date.parse(signedAt) / 1000) | 0),
      "-out",
      "/dev/null",
      "-content",
    ],
  ];

  test.each(["cades", "pades"] as const)(
    "is accepted by openssl as CAdES, and only over its content (%s)",
    async (profile) => {
      writeFileSync(folder.at("cms.p7s"), await signDetached(digest, identity, profile, { signedAt }));
      expect(openssl([...verifyArgs, folder.at("content")])).toContain("CAdES Verification successful");
      writeFileSync(folder.at("other"), "what is signed.\n");
      expect(attempt("openssl", [...verifyArgs, folder.at("other")]).status).not.toBe(0);
    },
  );

  test("carries the signing time for CAdES and not for PAdES", async () => {
    const show = async (profile: "cades" | "pades") => {
      writeFileSync(folder.at("cms.p7s"), await signDetached(digest, identity, profile, { signedAt }));
      return openssl(["cms", "-cmsout", "-print", "-noout", "-inform", "DER", "-in", folder.at("cms.p7s")]);
    };
    const cades = await show("cades");
    expect(cades).toContain("UTCTIME:Jul 15 10:00:00 2025 GMT");
    expect(cades).toContain("signingCertificateV2");
    const pades = await show("pades");
    expect(pades).not.toContain("signingTime");
    expect(pades).toContain("signingCertificateV2");
  });

  test("has its attributes in the order of DER, as programs expect that encode them again", async () => {
    for (const profile of ["cades", "pades"] as const) {
      const der = await signDetached(digest, identity, profile, { signedAt });
      const signedData = new pkijs.SignedData({
        schema: pkijs.ContentInfo.fromBER(new Uint8Array(der).buffer).content,
      });
      const attributes = signedData.signerInfos[0]?.signedAttrs?.attributes ?? [];
      const encoded = attributes.map((attribute) => Buffer.from(attribute.toSchema().toBER()).toString("hex"));
      expect(encoded.length).toBeGreaterThanOrEqual(3);
      expect(encoded).toEqual(encoded.toSorted());
    }
  });

  test("brings the signer's certificate and its root", async () => {
    writeFileSync(folder.at("cms.p7s"), await signDetached(digest, identity, "cades", { signedAt }));
    const args = ["cms", "-verify", "-noverify", "-binary", "-inform", "DER", "-in", folder.at("cms.p7s"), "-content"];
    openssl([...args, folder.at("content"), "-out", "/dev/null", "-certsout", folder.at("certs.pem")]);
    const listed = openssl(["storeutl", "-noout", "-text", "-certs", folder.at("certs.pem")]);
    expect(listed.match(/Subject: /g)).toHaveLength(2);
  });

  test("is not made when the certificate is not valid", async () => {
    const signing = signDetached(digest, identity, "cades", { signedAt: "2019-01-01T00:00:00.000Z" });
    await expect(signing).rejects.toMatchObject({ code: "identity-invalid" });
  });
});
