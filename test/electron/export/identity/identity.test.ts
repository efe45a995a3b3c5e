import { createPublicKey, verify } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type CreatedIdentity,
  createIdentity,
  type NewIdentity,
} from "../../../../electron/export/identity/identity-creation.ts";
import { loadIdentity } from "../../../../electron/export/identity/identity-loading.ts";
import { checkValidAt } from "../../../../electron/export/identity/signing-identity.ts";
import { openssl, temporaryFolder } from "../real-tools.ts";

const passphrase = "correct horse – pferd ☂ 𝕏";
const request: NewIdentity = {
  commonName: "Ada Auditor, #1 + O=Other",
  organisation: "Prüf & Söhne AG",
  email: "ada@example.org",
  keyType: "ecdsa-p256",
  validFrom: "2025-01-01T00:00:00.000Z",
  validYears: 3,
};
const during = "2025-06-01T12:00:00.000Z";

const folder = temporaryFolder();
afterAll(() => folder[Symbol.dispose]());

describe.each(["ecdsa-p256", "rsa-3072"] as const)("a created identity (%s)", (keyType) => {
  let created: CreatedIdentity;
  beforeAll(async () => {
    created = await createIdentity({ ...request, keyType }, passphrase);
    writeFileSync(folder.at(`${keyType}.p12`), created.pkcs12);
    writeFileSync(folder.at(`${keyType}.pem`), created.certificatePem);
    writeFileSync(folder.at(`${keyType}-root.pem`), created.rootPem);
  });

  test("is a certificate under a private root that openssl accepts for signing", () => {
    const moment = String(Date.parse(during) / 1000);
    const args = ["verify", "-x509_strict", "-attime", moment, "-purpose", "smimesign"];
    expect(openssl([...args, "-CAfile", folder.at(`${keyType}-root.pem`), folder.at(`${keyType}.pem`)])).toContain(
      ": OK",
    );
  });

  test("names its holder as given, with the usages of a signer and no extended key usage", () => {
    const text = openssl([
      "x509",
      "-in",
      folder.at(`${keyType}.pem`),
      "-noout",
      "-text",
      "-nameopt",
      "utf8,esc_2253,sep_comma_plus",
    ]);
    expect(text).toContain("Subject: O=Prüf & Söhne AG,CN=Ada Auditor\\, #1 \\+ O=Other");
    expect(text).toContain("Digital Signature, Non Repudiation");
    expect(text).toContain("CA:FALSE");
    expect(text).toContain("email:ada@example.org");
    expect(text).toContain("Not Before: Jan  1 00:00:00 2025 GMT");
    expect(text).toContain("Not After : Jan  1 00:00:00 2028 GMT");
    expect(text).not.toContain("Extended Key Usage");
  });

  test("has the fingerprints that openssl computes", () => {
    const fingerprint = (file: string) => {
      const line = openssl(["x509", "-in", folder.at(file), "-noout", "-fingerprint", "-sha256"]);
      return line.split("=")[1]?.trim().replaceAll(":", "").toLowerCase();
    };
    expect(created.fingerprint).toBe(fingerprint(`${keyType}.pem`));
    expect(created.rootFingerprint).toBe(fingerprint(`${keyType}-root.pem`));
  });

  test("is a PKCS#12 file that openssl opens with the passphrase, key encrypted with AES-256", () => {
    const info = openssl(["pkcs12", "-in", folder.at(`${keyType}.p12`), "-passin", `pass:${passphrase}`, "-nodes"]);
    expect(info.match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
    expect(info.match(/BEGIN PRIVATE KEY/g)).toHaveLength(1);
    expect(created.pkcs12.includes(Buffer.from("060960864801650304012a", "hex"))).toBe(true);
  });

  test("loads, and signs so that its certificate verifies", async () => {
    const identity = await loadIdentity(created.pkcs12, passphrase, during);
    expect(identity.fingerprint).toBe(created.fingerprint);
    expect(identity.chain.map((certificate) => certificate.toString())).toEqual([
      created.certificatePem,
      created.rootPem,
    ]);
    const signature = await identity.sign(Buffer.from("hello"));
    expect(verify("sha256", Buffer.from("hello"), createPublicKey(created.certificatePem), signature)).toBe(true);
    expect(verify("sha256", Buffer.from("hallo"), createPublicKey(created.certificatePem), signature)).toBe(false);
  });

  test("does not show its key when printed", async () => {
    const identity = await loadIdentity(created.pkcs12, passphrase, during);
    expect(JSON.stringify(identity)).not.toMatch(/PRIVATE|"d":/);
  });

  test("does not load with another passphrase", async () => {
    for (const wrong of ["", `${passphrase} `, passphrase.toUpperCase()]) {
      await expect(loadIdentity(created.pkcs12, wrong, during)).rejects.toMatchObject({ code: "passphrase-wrong" });
    }
  });

  test("does not load before or after its time, and says which time that is", async () => {
    for (const at of ["2024-12-31T23:59:59.000Z", "2028-01-01T00:00:01.000Z"]) {
      const loading = loadIdentity(created.pkcs12, passphrase, at);
      await expect(loading).rejects.toMatchObject({ code: "identity-invalid" });
      await expect(loading).rejects.toThrow("valid from 2025-01-01T00:00:00.000Z to 2028-01-01T00:00:00.000Z");
    }
    const identity = await loadIdentity(created.pkcs12, passphrase, during);
    expect(() => checkValidAt(identity, "2030-01-01T00:00:00.000Z")).toThrow("not at 2030");
  });
});

describe("an identity is not created", () => {
  test.each([
    ["without a name", { commonName: " " }],
    ["with a name longer than X.520 allows", { commonName: "a".repeat(65) }],
    ["with a hidden character in a name", { organisation: "A\u202eG" }],
    ["with a wrong e-mail address", { email: "nobody" }],
    ["for no time", { validYears: 0 }],
  ])("%s", async (_name, wrong) => {
    await expect(createIdentity({ ...request, ...wrong }, passphrase)).rejects.toMatchObject({
      code: "request-invalid",
    });
  });

  test("without a passphrase", async () => {
    await expect(createIdentity(request, "")).rejects.toMatchObject({ code: "request-invalid" });
  });
});

describe("an identity file from openssl", () => {
  beforeAll(() => {
    for (const [name, options] of Object.entries({
      rsa: ["-newkey", "rsa:3072"],
      ec: ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"],
      ed: ["-newkey", "ed25519"],
      weak: ["-newkey", "rsa:1024"],
    })) {
      const output = ["-keyout", folder.at(`${name}.key`), "-out", folder.at(`${name}.crt`)];
      openssl(["req", "-x509", ...options, "-nodes", "-days", "30", "-subj", `/CN=${name}`, ...output]);
    }
  });

  function pkcs12(name: string, options: readonly string[], pass = passphrase): Buffer {
    const files = ["-in", folder.at(`${name}.crt`), "-inkey", folder.at(`${name}.key`), "-out", folder.at("made.p12")];
    openssl(["pkcs12", "-export", ...files, "-passout", `pass:${pass}`, ...options]);
    return readFileSync(folder.at("made.p12"));
  }

  test.each(["rsa", "ec"])("loads in every encoding (%s)", async (name) => {
    const encodings = [
      [],
      ["-legacy"],
      ["-legacy", "-keypbe", "PBE-SHA1-RC2-128", "-certpbe", "PBE-SHA1-2DES"],
      ["-keypbe", "AES-128-CBC", "-certpbe", "AES-192-CBC", "-macalg", "SHA512"],
      ["-keypbe", "NONE", "-certpbe", "NONE"],
      ["-iter", "100000"],
    ];
    for (const encoding of encodings) {
      for (const pass of ["plain", passphrase]) {
        const identity = await loadIdentity(pkcs12(name, encoding, pass), pass);
        expect(identity.keyType).toBe(name === "rsa" ? "rsa" : "ecdsa");
        expect(identity.subject).toBe(`CN=${name}`);
      }
      await expect(loadIdentity(pkcs12(name, encoding), "wrong")).rejects.toMatchObject({ code: "passphrase-wrong" });
    }
  });

  test("brings its chain in the order of issue, whatever else lies in the file", async () => {
    const config = folder.at("ca.cnf");
    writeFileSync(config, "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\n");
    const issue = (name: string, issuer: string, extensions: string[]) => {
      const key = [
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-keyout",
        folder.at(`${name}.key`),
      ];
      openssl(["req", "-new", ...key, "-subj", `/CN=${name}`, "-out", folder.at(`${name}.csr`)]);
      const signer =
        issuer === name
          ? ["-signkey", folder.at(`${name}.key`)]
          : ["-CA", folder.at(`${issuer}.crt`), "-CAkey", folder.at(`${issuer}.key`)];
      openssl([
        "x509",
        "-req",
        "-in",
        folder.at(`${name}.csr`),
        ...signer,
        "-days",
        "30",
        "-out",
        folder.at(`${name}.crt`),
        ...extensions,
      ]);
    };
    issue("top", "top", ["-extfile", config]);
    issue("middle", "top", ["-extfile", config]);
    issue("holder", "middle", []);
    const bundle = ["top", "ec", "middle"].map((name) => readFileSync(folder.at(`${name}.crt`), "utf8")).join("");
    writeFileSync(folder.at("others.pem"), bundle);
    const identity = await loadIdentity(pkcs12("holder", ["-certfile", folder.at("others.pem")]), passphrase);
    expect(identity.chain.map(({ subject }) => subject)).toEqual(["CN=holder", "CN=middle", "CN=top"]);
    // Without the root nobody could tell whether the certificates below it were changed.
    const withoutRoot = loadIdentity(pkcs12("holder", ["-certfile", folder.at("middle.crt")]), passphrase);
    await expect(withoutRoot).rejects.toMatchObject({ code: "identity-invalid" });
    await expect(withoutRoot).rejects.toThrow("certificate of CN=middle and not that of its issuer, CN=top");
  });

  test.each([
    ["without a MAC", "ec", ["-nomac"], "no MAC"],
    ["without a key", "ec", ["-nokeys"], "no private key"],
    ["without the key's certificate", "ec", ["-nocerts"], "no certificate for its private key"],
    ["with an Ed25519 key", "ed", [], "ed25519"],
    ["with a short RSA key", "weak", [], "rsa 1024"],
    [
      "with a cipher that nobody should use",
      "ec",
      ["-legacy", "-keypbe", "PBE-SHA1-RC4-128"],
      "encryption 1.2.840.113549.1.12.1.1",
    ],
  ])("is refused %s", async (_name, key, options, reason) => {
    const loading = loadIdentity(pkcs12(key, options), passphrase);
    await expect(loading).rejects.toMatchObject({ code: "identity-invalid" });
    await expect(loading).rejects.toThrow(reason);
  });

  test("is refused when it is damaged, cut or something else, and never opens", async () => {
    const whole = pkcs12("ec", []);
    for (const bytes of [
      Buffer.alloc(0),
      Buffer.from("PK"),
      whole.subarray(0, whole.length / 2),
      Buffer.from(readFileSync(folder.at("ec.key"))),
    ]) {
      await expect(loadIdentity(bytes, passphrase)).rejects.toMatchObject({ code: "identity-invalid" });
    }
    for (let at = 0; at < whole.length; at += 37) {
      const changed = Buffer.from(whole);
      changed[at] = (changed[at] ?? 0) ^ 0xff;
      await expect(loadIdentity(changed, passphrase)).rejects.toMatchObject({
        code: expect.stringMatching(/^(identity-invalid|passphrase-wrong)$/),
      });
    }
  });

  test("with a key that belongs to another certificate is refused", async () => {
    const other = [
      "-in",
      folder.at("rsa.crt"),
      "-nokeys",
      "-passout",
      `pass:${passphrase}`,
      "-out",
      folder.at("made.p12"),
    ];
    openssl(["pkcs12", "-export", ...other]);
    await expect(loadIdentity(readFileSync(folder.at("made.p12")), passphrase)).rejects.toThrow("no private key");
  });
});
