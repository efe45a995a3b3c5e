import { createPublicKey, verify } from "node:crypto";
import { writeFileSync } from "node:fs";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { derSignature, openTokenIdentity } from "../../../../electron/export/identity/token-identity.ts";
import type { TokenPlace } from "../../../../shared/model/signing-key.ts";
import { openssl, temporaryFolder } from "../real-tools.ts";
import { newSigner } from "../signers.ts";
import { makeSoftTokens, pin, prepareSoftTokens, softTokenModule } from "./soft-token.ts";

const folder = temporaryFolder();
afterAll(() => folder[Symbol.dispose]());
const during = "2025-06-01T12:00:00.000Z";

const place = (over: Partial<TokenPlace> = {}): TokenPlace => ({
  modulePath: softTokenModule,
  tokenLabel: "office",
  ...over,
});
const open = (over: Partial<TokenPlace> = {}, withPin = pin) => openTokenIdentity(place(over), withPin, during);

const signers: Record<string, Awaited<ReturnType<typeof newSigner>>> = {};

/** The signer's key and certificates as files, as a card office would have them. */
async function writeSigner(name: string, keyType: "ecdsa-p256" | "rsa-3072"): Promise<void> {
  const signer = await newSigner({ commonName: name, keyType });
  signers[name] = signer;
  writeFileSync(folder.at(`${name}.key`), signer.key.export({ format: "pem", type: "pkcs8" }));
  writeFileSync(folder.at(`${name}.pem`), signer.certificatePem);
  writeFileSync(folder.at(`${name}-root.pem`), signer.rootPem);
  writeFileSync(folder.at(`${name}-chain.pem`), signer.certificatePem + signer.rootPem);
}

beforeAll(async () => {
  await prepareSoftTokens(folder.path);
  await writeSigner("ec", "ecdsa-p256");
  await writeSigner("rsa", "rsa-3072");
  const key = (name: string, id: string) => ({
    keyPath: folder.at(`${name}.key`),
    label: `${name} key`,
    id,
    certificatePaths: [folder.at(`${name}.pem`), folder.at(`${name}-root.pem`)],
  });
  await makeSoftTokens({
    office: [key("ec", "a1"), key("rsa", "b2")],
    bare: [{ keyPath: folder.at("ec.key"), label: "ec key", id: "c3" }],
    empty: [],
  });
});

describe("a key on a token", () => {
  test.each(["ec", "rsa"])("signs so that its certificate verifies (%s)", async (name) => {
    const identity = await open({ keyLabel: `${name} key` });
    const signer = signers[name];
    expect(identity.fingerprint).toBe(signer?.fingerprint);
    expect(identity.keyType).toBe(name === "rsa" ? "rsa" : "ecdsa");
    expect(identity.chain.map(String)).toEqual([signer?.certificatePem, signer?.rootPem]);
    const key = createPublicKey(signer?.certificatePem ?? "");
    for (const text of ["hello", "", "hello again"])
      expect(verify("sha256", Buffer.from(text), key, await identity.sign(Buffer.from(text)))).toBe(true);
  });

  test("is found by its id, and needs neither when it is alone", async () => {
    expect((await open({ keyId: "B2" })).keyType).toBe("rsa");
    const alone = await open({ tokenLabel: "bare", certificatePath: folder.at("ec-chain.pem") });
    expect(alone.fingerprint).toBe(signers.ec?.fingerprint);
  });

  test("does not show its PIN when printed", async () => {
    const identity = await open({ keyId: "a1" });
    expect(JSON.stringify(identity)).not.toContain(pin);
  });
});

describe("a token is not used", () => {
  test.each<[string, Partial<TokenPlace>, string, RegExp]>([
    [
      "whose library is not there",
      { modulePath: "/nowhere.so" },
      "token-module-missing",
      /\/nowhere\.so cannot be loaded/,
    ],
    ["that is not plugged in", { tokenLabel: "home" }, "token-missing", /"home" is there\. There are: .*"office"/],
    [
      "without a key of that label",
      { keyLabel: "other" },
      "identity-missing",
      /There are: "ec key" with id a1, "rsa key" with id b2/,
    ],
    ["without a key of that id", { keyId: "00" }, "identity-missing", /no such signing key/],
    ["without any key", { tokenLabel: "empty" }, "identity-missing", /There is none/],
    ["with several keys, and none was named", {}, "identity-ambiguous", /Several keys/],
    ["without a certificate", { tokenLabel: "bare" }, "identity-missing", /no certificate for its key "ec key"/],
    [
      "whose certificate file is not there",
      { keyId: "a1", certificatePath: "/nowhere.pem" },
      "file-missing",
      /nowhere\.pem/,
    ],
  ])("%s", async (_name, over, code, reason) => {
    const opening = open(over);
    await expect(opening).rejects.toMatchObject({ code });
    await expect(opening).rejects.toThrow(reason);
  });

  test("without its label when several are there", async () => {
    const opening = openTokenIdentity({ modulePath: softTokenModule, keyId: "a1" }, pin, during);
    await expect(opening).rejects.toMatchObject({ code: "identity-ambiguous" });
  });

  test.each(["ec", "rsa"])("with the certificate of another key (%s)", async (name) => {
    for (const other of ["ec", "rsa"].filter((each) => each !== name)) {
      const opening = open({ keyLabel: `${name} key`, certificatePath: folder.at(`${other}-chain.pem`) });
      await expect(opening).rejects.toMatchObject({ code: "identity-invalid" });
      await expect(opening).rejects.toThrow(/not that of the token's key/);
    }
    const twin = await newSigner({ commonName: name, keyType: name === "rsa" ? "rsa-3072" : "ecdsa-p256" });
    writeFileSync(folder.at("twin.pem"), twin.certificatePem + twin.rootPem);
    const opening = open({ keyLabel: `${name} key`, certificatePath: folder.at("twin.pem") });
    await expect(opening).rejects.toThrow(/not that of the token's key/);
  });

  test("without the certificates above the key's own", async () => {
    const opening = open({ tokenLabel: "bare", certificatePath: folder.at("ec.pem") });
    await expect(opening).rejects.toMatchObject({
      code: "identity-invalid",
      action: expect.stringContaining("--certificate"),
    });
  });

  test("when its certificate has expired", async () => {
    const opening = openTokenIdentity(place({ keyId: "a1" }), pin, "2040-01-01T00:00:00.000Z");
    await expect(opening).rejects.toMatchObject({ code: "identity-invalid" });
  });

  test("with a wrong PIN, which is tried once and never again", async () => {
    const first = open({ keyId: "a1" }, "000000");
    await expect(first).rejects.toMatchObject({ code: "token-pin-wrong" });
    await expect(first).rejects.toThrow(/refuses the PIN/);
    await expect(open({ keyId: "b2" }, "000000")).rejects.toThrow(
      /refused this PIN before, and it was not tried again/,
    );
    expect((await open({ keyId: "a1" })).keyType).toBe("ecdsa");
  });
});

test("the two numbers of an ECDSA signature always become what openssl reads in DER", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 64, maxLength: 64 }), (bytes) => {
      const der = derSignature(Buffer.from(bytes));
      writeFileSync(folder.at("signature.der"), der);
      expect(der[0]).toBe(0x30);
      const [r, s] = numbersOf(der);
      expect([r, s]).toEqual(
        [bytes.subarray(0, 32), bytes.subarray(32)].map((half) => BigInt(`0x${Buffer.from(half).toString("hex")}`)),
      );
    }),
  );
  const parsed = openssl(["asn1parse", "-inform", "DER", "-in", folder.at("signature.der")]);
  expect(parsed.match(/prim: INTEGER/g)).toHaveLength(2);
});

/** The integers of a DER sequence of two, positive and in as few bytes as there can be. */
function numbersOf(der: Buffer): bigint[] {
  const found: bigint[] = [];
  for (let at = 2; at < der.length; ) {
    const length = der[at + 1] ?? 0;
    const digits = der.subarray(at + 2, at + 2 + length);
    expect((digits[0] ?? 0x80) < 0x80 && (length === 1 || digits[0] !== 0 || (digits[1] ?? 0) >= 0x80)).toBe(true);
    found.push(BigInt(`0x${digits.toString("hex")}`));
    at += 2 + length;
  }
  return found;
}
