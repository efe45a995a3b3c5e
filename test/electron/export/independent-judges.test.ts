import { createPrivateKey, type KeyObject } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createIdentity } from "../../../electron/export/identity/identity-creation.ts";
import { loadIdentity } from "../../../electron/export/identity/identity-loading.ts";
import type { SigningIdentity } from "../../../electron/export/identity/signing-identity.ts";
import { openTokenIdentity } from "../../../electron/export/identity/token-identity.ts";
import { signPdf } from "../../../electron/export/sign-pdf.ts";
import { requestTimestamp } from "../../../electron/export/timestamp/timestamp-authority.ts";
import { writeContainer } from "../../../electron/export/zip.ts";
import { filesOf } from "../verifier/sample-bundle.ts";
import { makeSoftTokens, pin, prepareSoftTokens, softTokenModule } from "./identity/soft-token.ts";
import { attempt, openssl, run, temporaryFolder } from "./real-tools.ts";
import { manifestInfo, sampleParts, signedAt } from "./sample-parts.ts";
import { makePdf } from "./sample-pdf.ts";
import { startTimestampServer, type TimestampServer } from "./timestamp-server.ts";

const folder = temporaryFolder();
const keyTypes = ["rsa-3072", "ecdsa-p256"] as const;
const origins = ["created", "PKCS#12 modern", "PKCS#12 legacy", "PKCS#11"] as const;
/** No word of ASCII, and a sign outside of the basic plane. */
const passphrase = "пароль – 𝕏";

let clock: TimestampServer;
const identities = new Map<string, SigningIdentity>();

/** One key of each kind, made in the app and then carried over to every other place that a key can be in. */
beforeAll(async () => {
  clock = await startTimestampServer();
  await prepareSoftTokens(folder.path);
  for (const keyType of keyTypes) {
    const subject = { commonName: keyType, organisation: "Prüf & Söhne AG", keyType };
    const created = await createIdentity(
      { ...subject, validFrom: "2025-01-01T00:00:00.000Z", validYears: 20 },
      passphrase,
    );
    writeFileSync(folder.at(`${keyType}.pem`), created.certificatePem);
    writeFileSync(folder.at(`${keyType}-root.pem`), created.rootPem);
    writeFileSync(folder.at(`${keyType}-chain.pem`), created.certificatePem + created.rootPem);
    writeFileSync(folder.at(`${keyType}.p12`), created.pkcs12);
    writeFileSync(folder.at(`${keyType}.key`), keyOf(keyType).export({ format: "pem", type: "pkcs8" }));
    identities.set(`${keyType} created`, await loadIdentity(created.pkcs12, passphrase, signedAt));
    for (const [origin, options] of [
      ["PKCS#12 modern", ["-keypbe", "AES-256-CBC", "-certpbe", "AES-256-CBC", "-macalg", "SHA256"]],
      ["PKCS#12 legacy", ["-legacy"]],
    ] as const)
      identities.set(`${keyType} ${origin}`, await loadIdentity(pkcs12(keyType, options), passphrase, signedAt));
  }
  const keys = keyTypes.map((keyType, index) => ({
    keyPath: folder.at(`${keyType}.key`),
    label: keyType,
    id: `0${index + 1}`,
    certificatePaths: [folder.at(`${keyType}.pem`), folder.at(`${keyType}-root.pem`)],
  }));
  await makeSoftTokens({ judges: keys });
  for (const keyType of keyTypes) {
    const place = { modulePath: softTokenModule, tokenLabel: "judges", keyLabel: keyType };
    identities.set(`${keyType} PKCS#11`, await openTokenIdentity(place, pin, signedAt));
    const database = folder.at(`nss-${keyType}`);
    mkdirSync(database);
    run("certutil", ["-N", "-d", `sql:${database}`, "--empty-password"]);
    const trust = ["-n", "root", "-t", "CT,CT,CT", "-i", folder.at(`${keyType}-root.pem`)];
    run("certutil", ["-A", "-d", `sql:${database}`, ...trust]);
  }
});
afterAll(async () => {
  await clock.close();
  folder[Symbol.dispose]();
});

function keyOf(keyType: string): KeyObject {
  const files = ["-in", folder.at(`${keyType}.p12`), "-nodes", "-nocerts", "-out", folder.at("bag.pem")];
  openssl(["pkcs12", ...files, "-passin", `pass:${passphrase}`]);
  return createPrivateKey(readFileSync(folder.at("bag.pem")));
}

function pkcs12(keyType: string, options: readonly string[]): Buffer {
  const files = ["-in", folder.at(`${keyType}-chain.pem`), "-inkey", folder.at(`${keyType}.key`)];
  const output = ["-out", folder.at("made.p12"), "-passout", `pass:${passphrase}`];
  openssl(["pkcs12", "-export", ...files, ...output, ...options]);
  return readFileSync(folder.at("made.p12"));
}

const cases = keyTypes.flatMap((keyType) =>
  origins.flatMap((origin) => (["B-B", "B-T"] as const).map((level) => [keyType, origin, level] as const)),
);

describe.each(cases)("what a key signed (%s, %s, %s)", (keyType, origin, level) => {
  const stamp = (sha256: Buffer) =>
    level === "B-B" ? Promise.resolve(null) : requestTimestamp({ url: clock.url }, sha256);
  const identity = (): SigningIdentity => {
    const found = identities.get(`${keyType} ${origin}`);
    if (found === undefined) throw new Error("there is no such identity");
    return found;
  };

  test("is accepted by pdfsig and mutool as a report", async () => {
    const details = { reason: "Prepared", name: "A", signedAt, role: "preparer" as const };
    writeFileSync(folder.at("report.pdf"), await signPdf(await makePdf(), identity(), details, stamp));
    const output = run("pdfsig", ["-nssdir", `sql:${folder.at(`nss-${keyType}`)}`, folder.at("report.pdf")]);
    expect(output).toContain("Signature is Valid.");
    expect(output).toContain("Certificate is Trusted.");
    expect(output).toContain("Total document signed");
    // It has no way to be told of a root: that the root is its own is all that it complains about.
    const second = attempt("mutool", ["sign", "-v", folder.at("report.pdf")]).output;
    expect(second).toContain("The document is unchanged since signing.");
    expect(second).toContain("Self-signed certificate in chain.");
  });

  test("is accepted by openssl as a container, also when the certificate has expired, as of the time of its timestamp", async () => {
    const parts = sampleParts(Buffer.from("%PDF-1.7"));
    const request = { parts, info: manifestInfo, identity: identity(), signedAt, role: "preparer" as const, stamp };
    await writeContainer({ ...request, target: folder.at("bundle.zip") });
    const files = await filesOf(folder.at("bundle.zip"));
    const [list, signature] = ["META-INF/ASiCManifest001.xml", "META-INF/signature001.p7s"].map((name) =>
      files.get(name),
    );
    writeFileSync(folder.at("list.xml"), list ?? "");
    writeFileSync(folder.at("made.p7s"), signature ?? "");
    const content = ["-in", folder.at("made.p7s"), "-content", folder.at("list.xml"), "-out", "/dev/null"];
    const verify = ["cms", "-verify", "-cades", "-binary", "-inform", "DER", ...content];
    const root = ["-CAfile", folder.at(`${keyType}-root.pem`)];
    const at = (moment: string) => ["-attime", String(Math.floor(Date.parse(moment) / 1000))];
    expect(openssl([...verify, ...root, ...at(signedAt)])).toContain("CAdES Verification successful");
    expect(attempt("openssl", [...verify, ...root, ...at("2060-01-01T00:00:00Z")]).output).toContain("expired");
    if (level === "B-B") return;
    const { value, token } = placesIn(signature ?? Buffer.alloc(0));
    writeFileSync(folder.at("value"), value);
    writeFileSync(folder.at("token.tst"), token);
    const stamped = ["ts", "-verify", "-token_in", "-in", folder.at("token.tst"), "-data", folder.at("value")];
    expect(openssl([...stamped, "-CAfile", clock.rootPath])).toContain("Verification: OK");
    const text = openssl(["ts", "-reply", "-token_in", "-in", folder.at("token.tst"), "-token_out", "-text"]);
    const moment = /Time stamp: (.*)/.exec(text)?.[1] ?? "";
    expect(openssl([...verify, ...root, ...at(moment)])).toContain("CAdES Verification successful");
  });
});

/** The signature's value and its timestamp, by openssl's own reading of the file. */
function placesIn(signature: Buffer): { value: Buffer; token: Buffer } {
  writeFileSync(folder.at("parsed.p7s"), signature);
  const lines = openssl(["asn1parse", "-inform", "DER", "-in", folder.at("parsed.p7s")])
    .split("\n")
    .map((line) => /^ *(\d+):d=\d+ +hl=(\d+) +l= *(\d+) (.*)$/.exec(line) ?? []);
  const at = lines.findIndex(([, , , , what]) => what?.includes("id-smime-aa-timeStampToken"));
  const [, start, header, length] =
    lines.slice(0, at).findLast(([, , , , what]) => what?.includes("OCTET STRING")) ?? [];
  const [, tokenStart, tokenHeader, tokenLength] =
    lines.slice(at).find(([, , , , what]) => what?.includes("SEQUENCE")) ?? [];
  const from = Number(start) + Number(header);
  const tokenFrom = Number(tokenStart);
  return {
    value: signature.subarray(from, from + Number(length)),
    token: signature.subarray(tokenFrom, tokenFrom + Number(tokenHeader) + Number(tokenLength)),
  };
}
