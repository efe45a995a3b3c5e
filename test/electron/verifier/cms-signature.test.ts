import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SignatureInvalid } from "../../../electron/cms/signature-invalid.ts";
import { signDetached } from "../../../electron/export/cms.ts";
import { buildChain, problemOfChain } from "../../../electron/verifier/certificate-chain.ts";
import { type CmsSignature, verifyCms } from "../../../electron/verifier/cms-signature.ts";
import { openssl, temporaryFolder } from "../export/real-tools.ts";
import { newSigner } from "../export/signers.ts";

const folder = temporaryFolder();
afterAll(() => folder[Symbol.dispose]());

const content = Buffer.from("what is signed\n");
const digest = createHash("sha256").update(content).digest();

/** A key and a certificate made by openssl, named by their file. */
function issue(
  name: string,
  issuer: string | null,
  extensions: string,
  options: { key?: string[]; dates?: string[] } = {},
): void {
  const key = options.key ?? ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"];
  openssl(["req", "-new", ...key, "-nodes", "-subj", `/CN=${name}`, "-keyout", `${name}.key`, "-out", `${name}.csr`], {
    cwd: folder.path,
  });
  writeFileSync(folder.at(`${name}.ext`), extensions);
  // `openssl ca` is the one command that sets both dates.
  writeFileSync(folder.at(`${name}.index`), "");
  const dates = options.dates ?? ["-startdate", "20240101000000Z", "-enddate", "20490101000000Z"];
  const signer =
    issuer === null
      ? ["-selfsign", "-keyfile", `${name}.key`]
      : ["-cert", `${issuer}.pem`, "-keyfile", `${issuer}.key`];
  writeFileSync(
    folder.at(`${name}.cnf`),
    `[ca]\ndefault_ca=d\n[d]\ndatabase=${name}.index\nnew_certs_dir=.\npolicy=p\ndefault_md=sha256\nunique_subject=no\nrand_serial=yes\n[p]\ncommonName=supplied\n`,
  );
  const files = ["-config", `${name}.cnf`, "-in", `${name}.csr`, "-out", `${name}.pem`, "-extfile", `${name}.ext`];
  openssl(["ca", "-batch", "-notext", ...files, ...signer, ...dates], { cwd: folder.path });
}

/** A signature made by openssl, at the time of the test's run. */
function signByOpenssl(
  name: string,
  certificates: readonly string[],
  options: readonly string[] = ["-cades", "-md", "sha256"],
): Buffer {
  writeFileSync(folder.at("content"), content);
  writeFileSync(
    folder.at("chain.pem"),
    certificates.map((each) => readFileSync(folder.at(`${each}.pem`), "utf8")).join(""),
  );
  const files = ["-in", "content", "-signer", `${name}.pem`, "-inkey", `${name}.key`, "-out", "made.p7s"];
  const chain = certificates.length > 0 ? ["-certfile", "chain.pem"] : [];
  openssl(["cms", "-sign", "-binary", "-outform", "DER", ...files, ...chain, ...options], { cwd: folder.path });
  return readFileSync(folder.at("made.p7s"));
}

const authority = "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\n";
const signing = "basicConstraints=CA:FALSE\nkeyUsage=critical,digitalSignature\n";

beforeAll(() => {
  issue("root", null, authority);
  issue("middle", "root", authority);
  issue("signer", "middle", signing);
  issue("plain", "root", "basicConstraints=CA:FALSE\n");
  issue("rsa", "root", signing, { key: ["-newkey", "rsa:3072"] });
});

function problemOf(signature: CmsSignature): string | null {
  return problemOfChain(buildChain(signature.signer, signature.certificates), signature.signingTime ?? "");
}

describe("a signature made by openssl", () => {
  test.each([
    ["signer", ["middle", "root"], ["CN=signer", "CN=middle", "CN=root"]],
    ["rsa", ["root"], ["CN=rsa", "CN=root"]],
  ])("holds, and so does its chain (%s)", (name, certificates, subjects) => {
    const signature = verifyCms(signByOpenssl(name, certificates), digest);
    const chain = buildChain(signature.signer, signature.certificates);
    expect(chain.certificates.map(({ subject }) => subject)).toEqual(subjects);
    expect(chain.complete).toBe(true);
    expect(problemOf(signature)).toBeNull();
  });

  test("without the certificates above its signer has no chain that holds", () => {
    for (const [certificates, last] of [
      [["root"], "CN=signer"],
      [["middle"], "CN=middle"],
    ] as const) {
      const signature = verifyCms(signByOpenssl("signer", certificates), digest);
      expect(buildChain(signature.signer, signature.certificates).complete).toBe(false);
      expect(problemOf(signature)).toContain(`The chain ends at ${last}`);
    }
  });

  test.each<[string, readonly string[], RegExp]>([
    ["without the certificate bound into it", ["-md", "sha256"], /does not bind/],
    ["with SHA-1", ["-cades", "-md", "sha1"], /another digest/],
    ["with the content in it", ["-cades", "-md", "sha256", "-nodetach"], /content of its own/],
    ["without attributes", ["-md", "sha256", "-noattr"], /does not say that it is over data/],
    ["without its certificates", ["-cades", "-md", "sha256", "-nocerts"], /does not bring the certificate/],
    [
      "with RSA-PSS, which nobody asked for",
      ["-cades", "-md", "sha256", "-keyopt", "rsa_padding_mode:pss"],
      /algorithm that is not accepted/,
    ],
    ["naming the key instead of the certificate", ["-cades", "-md", "sha256", "-keyid"], /unexpected version/],
  ])("does not hold %s", (_name, options, reason) => {
    const name = options.includes("-keyopt") ? "rsa" : "withId";
    if (name === "withId") issue("withId", "root", `${signing}subjectKeyIdentifier=hash\n`);
    const der = signByOpenssl(name, [], options);
    expect(() => verifyCms(der, digest)).toThrow(SignatureInvalid);
    expect(() => verifyCms(der, digest)).toThrow(reason);
  });

  test("by two signers does not hold, since it would be unclear whose it is", () => {
    signByOpenssl("rsa", ["root"]);
    const files = [
      "-in",
      "made.p7s",
      "-inform",
      "DER",
      "-signer",
      "signer.pem",
      "-inkey",
      "signer.key",
      "-out",
      "two.p7s",
    ];
    openssl(["cms", "-resign", "-cades", "-md", "sha256", "-binary", "-outform", "DER", ...files], {
      cwd: folder.path,
    });
    expect(() => verifyCms(readFileSync(folder.at("two.p7s")), digest)).toThrow(/exactly one signer/);
  });
});

describe("a chain is refused", () => {
  test.each<[string, string, string, { key?: string[]; dates?: string[] }, RegExp]>([
    [
      "when the certificate had expired",
      "root",
      signing,
      { dates: ["-startdate", "20200101000000Z", "-enddate", "20210101000000Z"] },
      /not valid, but from 2020-01-01/,
    ],
    [
      "when the certificate was not valid yet",
      "root",
      signing,
      { dates: ["-startdate", "20480101000000Z", "-enddate", "20490101000000Z"] },
      /not valid, but from 2048-01-01/,
    ],
    ["when the certificate is not for signing", "root", "keyUsage=critical,keyAgreement\n", {}, /not for signing/],
    [
      "when it has a critical extension that nobody knows",
      "root",
      `${signing}1.2.3.4=critical,DER:0500\n`,
      {},
      /critical extension 1\.2\.3\.4/,
    ],
    ["when the key is short", "root", signing, { key: ["-newkey", "rsa:1024"] }, /key that is not accepted/],
    ["when the issuer is no authority", "plain", signing, {}, /not an authority's/],
  ])("%s", (_name, issuer, extensions, options, reason) => {
    issue("tried", issuer, extensions, options);
    const signature = verifyCms(signByOpenssl("tried", ["root", "plain"]), digest);
    expect(problemOf(signature)).toMatch(reason);
  });

  test("when a certificate comes along that has no place in it", () => {
    const signature = verifyCms(signByOpenssl("signer", ["middle", "root", "plain"]), digest);
    expect(problemOf(signature)).toMatch(/no place in the chain: CN=plain/);
  });

  test("when it is longer than an authority in it allows", () => {
    issue("short", null, "basicConstraints=critical,CA:TRUE,pathlen:0\nkeyUsage=critical,keyCertSign\n");
    issue("below", "short", authority);
    issue("tried", "below", signing);
    expect(problemOf(verifyCms(signByOpenssl("tried", ["short", "below"]), digest))).toMatch(/so long a chain/);
  });

  test("when an authority above had expired", () => {
    issue("old", null, authority, { dates: ["-startdate", "20200101000000Z", "-enddate", "20210101000000Z"] });
    issue("tried", "old", signing);
    expect(problemOf(verifyCms(signByOpenssl("tried", ["old"]), digest))).toMatch(/not valid.*CN=old/);
  });

  // Names and key identifiers can be copied by anyone; only the signature on a certificate says who issued it.
  test("when it only claims an issuer that did not sign it", () => {
    const anonymous = "subjectKeyIdentifier=none\nauthorityKeyIdentifier=none\n";
    issue("named", null, `${authority}${anonymous}`);
    issue("tried", "named", `${signing}${anonymous}`);
    issue("named", null, `${authority}${anonymous}`);
    const signature = verifyCms(signByOpenssl("tried", ["named"]), digest);
    const issuer = signature.certificates.find(({ subject }) => subject === "CN=named");
    expect(issuer && signature.signer.checkIssued(issuer)).toBe(true);
    const chain = buildChain(signature.signer, signature.certificates);
    expect(chain).toMatchObject({ complete: false, certificates: { length: 1 } });
  });
});

test("a signature of ours holds only as it is: no change of one byte goes unseen", async () => {
  const signer = await newSigner();
  const der = await signDetached(digest, signer.identity, "cades", { signedAt: "2025-07-15T10:00:00.000Z" });
  const honest = verifyCms(der, digest);
  expect(problemOf(honest)).toBeNull();
  for (let at = 0; at < der.length; at++) {
    const changed = Buffer.from(der);
    changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8));
    expect({ at, seen: isSeen(changed) }).toEqual({ at, seen: true });
  }
});

/** Whether a changed signature is told from the honest one, even by who trusts the signer's certificate itself. */
function isSeen(der: Buffer): boolean {
  try {
    return problemOf(verifyCms(der, digest)) !== null;
  } catch (error) {
    if (error instanceof SignatureInvalid) return true;
    throw error;
  }
}
