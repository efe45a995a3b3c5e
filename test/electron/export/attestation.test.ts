import { writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { signStatements } from "../../../electron/export/attestation.ts";
import type { SigningIdentity } from "../../../electron/export/identity/signing-identity.ts";
import { openTokenIdentity } from "../../../electron/export/identity/token-identity.ts";
import { auditStatements } from "../../../shared/bundle/attestation/statements.ts";
import { auditRecordOf } from "../../shared/bundle/audit-record-under-test.ts";
import { makeSoftTokens, pin, prepareSoftTokens, softTokenModule } from "./identity/soft-token.ts";
import { attempt, openssl, temporaryFolder } from "./real-tools.ts";
import { newSigner } from "./signers.ts";

const folder = temporaryFolder();
afterAll(() => folder[Symbol.dispose]());

const statements = auditStatements(auditRecordOf(), [{ path: "results.jsonl", sha256: "1".repeat(64) }]);
const identities = new Map<string, SigningIdentity>();

beforeAll(async () => {
  await prepareSoftTokens(folder.path);
  for (const keyType of ["ecdsa-p256", "rsa-3072"] as const) {
    const signer = await newSigner({ keyType });
    identities.set(keyType, signer.identity);
    writeFileSync(folder.at(`${keyType}.key`), signer.key.export({ format: "pem", type: "pkcs8" }));
    writeFileSync(folder.at(`${keyType}.pem`), signer.certificatePem);
    writeFileSync(folder.at(`${keyType}-root.pem`), signer.rootPem);
  }
  const key = (keyType: string, id: string) => ({
    keyPath: folder.at(`${keyType}.key`),
    label: keyType,
    id,
    certificatePaths: [folder.at(`${keyType}.pem`), folder.at(`${keyType}-root.pem`)],
  });
  await makeSoftTokens({ office: [key("ecdsa-p256", "a1"), key("rsa-3072", "b2")] });
  for (const keyType of ["ecdsa-p256", "rsa-3072"]) {
    const place = { modulePath: softTokenModule, tokenLabel: "office", keyLabel: keyType };
    identities.set(`${keyType} on a token`, await openTokenIdentity(place, pin, "2025-06-01T12:00:00.000Z"));
  }
});

/** What anyone with openssl and base64 does: DSSE's pre-authentication encoding by hand, and the signature over it. */
function verifyByHand(line: string, keyPath: string): { status: number; output: string } {
  const { payload, payloadType, signatures } = JSON.parse(line);
  const body = Buffer.from(payload, "base64");
  const head = Buffer.from(`DSSEv1 ${Buffer.byteLength(payloadType)} ${payloadType} ${body.length} `);
  writeFileSync(folder.at("pae"), Buffer.concat([head, body]));
  writeFileSync(folder.at("sig"), Buffer.from(signatures[0].sig, "base64"));
  return attempt("openssl", ["dgst", "-sha256", "-verify", keyPath, "-signature", folder.at("sig"), folder.at("pae")]);
}

function publicKeyOf(identity: SigningIdentity): string {
  const path = folder.at("public.pem");
  writeFileSync(folder.at("signer.pem"), identity.chain[0].toString());
  writeFileSync(path, openssl(["x509", "-in", folder.at("signer.pem"), "-pubkey", "-noout"]));
  return path;
}

describe.each(["ecdsa-p256", "rsa-3072", "ecdsa-p256 on a token", "rsa-3072 on a token"])(
  "statements signed by %s",
  (who) => {
    const identityOf = () => identities.get(who) as SigningIdentity;

    test("are confirmed by openssl, and refused when changed", async () => {
      const key = publicKeyOf(identityOf());
      const lines = (await signStatements(statements, identityOf())).trimEnd().split("\n");
      expect(lines).toHaveLength(statements.length);
      for (const line of lines) expect(verifyByHand(line, key).output).toContain("Verified OK");
      const forged = JSON.parse(lines[0] ?? "");
      forged.payload = Buffer.from(
        Buffer.from(forged.payload, "base64").toString().replace("REV-01", "REV-02"),
      ).toString("base64");
      expect(verifyByHand(JSON.stringify(forged), key).status).not.toBe(0);
    });

    test("carry the statements, in the same bytes each time", async () => {
      const payloads = async () => {
        const lines = (await signStatements(statements, identityOf())).trimEnd().split("\n");
        return lines.map((line) => Buffer.from(JSON.parse(line).payload, "base64").toString());
      };
      const first = await payloads();
      expect(first).toEqual(await payloads());
      expect(first.map((text) => JSON.parse(text))).toEqual(structuredClone(statements));
    });
  },
);

test("an RSA signature comes out the same each time, and so does the whole file", async () => {
  const identity = identities.get("rsa-3072") as SigningIdentity;
  expect(await signStatements(statements, identity)).toBe(await signStatements(statements, identity));
});
