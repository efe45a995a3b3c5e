import { readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadIdentity } from "../../../../electron/export/identity/identity-loading.ts";
import { openssl, temporaryFolder } from "../real-tools.ts";
import { newSigner, type Signer } from "../signers.ts";
import { joinPkcs12 } from "./joined-pkcs12.ts";

const folder = temporaryFolder();
afterAll(() => folder[Symbol.dispose]());
const during = "2025-07-15T10:00:00.000Z";

let ada: Signer;
let rita: Signer;
let both: Buffer;

function pkcs12Of(signer: Signer): Buffer {
  writeFileSync(folder.at("key.pem"), signer.key.export({ format: "pem", type: "pkcs8" }));
  writeFileSync(folder.at("chain.pem"), signer.certificatePem + signer.rootPem);
  const files = ["-in", folder.at("chain.pem"), "-inkey", folder.at("key.pem"), "-out", folder.at("made.p12")];
  openssl(["pkcs12", "-export", ...files, "-passout", "pass:p", "-keypbe", "NONE", "-certpbe", "NONE", "-iter", "1"]);
  return readFileSync(folder.at("made.p12"));
}

beforeAll(async () => {
  ada = await newSigner();
  rita = await newSigner({ commonName: "Rita Reviewer" });
  both = joinPkcs12([pkcs12Of(ada), pkcs12Of(rita)], "p");
});

describe("a file that holds the keys of two people", () => {
  test("is not used before somebody says which, and both are shown", async () => {
    const loading = loadIdentity(both, "p", during);
    await expect(loading).rejects.toMatchObject({ code: "identity-ambiguous" });
    await expect(loading).rejects.toThrow(`CN=Ada Auditor, SHA-256 ${ada.fingerprint}`);
    await expect(loading).rejects.toThrow(`CN=Rita Reviewer, SHA-256 ${rita.fingerprint}`);
  });

  test("gives the one that is named by fingerprint or common name", async () => {
    const colons = (rita.fingerprint.toUpperCase().match(/../g) ?? []).join(":");
    for (const wanted of ["Rita Reviewer", rita.fingerprint, colons])
      expect((await loadIdentity(both, "p", during, wanted)).fingerprint).toBe(rita.fingerprint);
    expect((await loadIdentity(both, "p", during, "Ada Auditor")).fingerprint).toBe(ada.fingerprint);
  });

  test("gives none for a name that nobody in it has", async () => {
    const loading = loadIdentity(both, "p", during, "Nobody");
    await expect(loading).rejects.toMatchObject({ code: "identity-ambiguous" });
    await expect(loading).rejects.toThrow('holds 0 keys for "Nobody"');
  });
});
