import { X509Certificate } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { afterAll, describe, expect, test } from "vitest";
import { readRevocationList } from "../../../electron/verifier/revocation-list.ts";
import { parseTrust, readTrust } from "../../../electron/verifier/trust.ts";
import { openssl, temporaryFolder } from "../export/real-tools.ts";

const folder = temporaryFolder();
afterAll(() => folder[Symbol.dispose]());

const fingerprint = "ab".repeat(32);
const signer = { name: "Audit Ltd", fingerprint, addedAt: "2026-01-31T00:00:00.000Z", note: "by phone" };

describe("the list of trusted signers", () => {
  test("takes fingerprints as openssl and people write them", () => {
    const spellings = [
      fingerprint,
      fingerprint.toUpperCase(),
      (fingerprint.toUpperCase().match(/../g) ?? []).join(":"),
      ` ${fingerprint}\n`,
    ];
    for (const spelling of spellings) {
      const text = JSON.stringify({ signers: [{ ...signer, fingerprint: spelling }] });
      expect(parseTrust(text, "list.json")).toEqual({
        signers: [signer],
        timestampAuthorities: [],
        revocationLists: [],
      });
    }
  });

  test.each([
    ["that is no JSON", "signers: []"],
    ["without signers", "{}"],
    ["with a SHA-1 fingerprint", JSON.stringify({ signers: [{ ...signer, fingerprint: "ab".repeat(20) }] })],
    ["with an empty fingerprint", JSON.stringify({ signers: [{ ...signer, fingerprint: "" }] })],
    ["with a signer without a name", JSON.stringify({ signers: [{ ...signer, name: "" }] })],
  ])("%s is refused, never taken for an empty one", (_name, text) => {
    expect(() => parseTrust(text, "list.json")).toThrow(expect.objectContaining({ code: "request-invalid" }));
  });

  test("names timestamp authorities and revocation lists besides, those relative to its own folder", () => {
    const authority = { name: "Clock", fingerprint, addedAt: signer.addedAt };
    const text = JSON.stringify({
      signers: [],
      timestampAuthorities: [authority],
      revocationLists: ["a.crl", "/b.crl"],
    });
    const trust = parseTrust(text, "/lists/trusted.json");
    expect(trust.timestampAuthorities).toEqual([authority]);
    expect(trust.revocationLists).toEqual(["/lists/a.crl", "/b.crl"]);
  });

  test("names revocation lists that must be there, and be such lists", async () => {
    await expect(readRevocationList(folder.at("no.crl"))).rejects.toMatchObject({ code: "file-missing" });
    writeFileSync(folder.at("text.crl"), "no list");
    await expect(readRevocationList(folder.at("text.crl"))).rejects.toMatchObject({ code: "request-invalid" });
    const root = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", folder.at("ca.key")];
    openssl(["req", "-x509", ...root, "-subj", "/CN=Office", "-out", folder.at("ca.pem")]);
    writeFileSync(folder.at("index"), "");
    writeFileSync(folder.at("ca.cnf"), `[ca]\ndefault_ca=d\n[d]\ndatabase=${folder.at("index")}\ndefault_md=sha256\n`);
    const issuer = ["-keyfile", folder.at("ca.key"), "-cert", folder.at("ca.pem"), "-crldays", "30"];
    openssl(["ca", "-gencrl", "-config", folder.at("ca.cnf"), ...issuer, "-out", folder.at("list.pem")]);
    openssl(["crl", "-in", folder.at("list.pem"), "-outform", "DER", "-out", folder.at("list.crl")]);
    const [pem, der] = await Promise.all(["list.pem", "list.crl"].map((name) => readRevocationList(folder.at(name))));
    expect(pem?.issuedAt).toBe(der?.issuedAt);
    const certificate = new X509Certificate(readFileSync(folder.at("ca.pem")));
    expect([der?.isBy(certificate), der?.find(certificate)]).toEqual([true, null]);
  });

  test("that is not there is said to be missing", async () => {
    await expect(readTrust(folder.at("nothing.json"))).rejects.toMatchObject({ code: "file-missing" });
    await expect(readTrust(folder.path)).rejects.toMatchObject({ code: "file-unreadable" });
    writeFileSync(folder.at("list.json"), JSON.stringify({ signers: [signer] }));
    expect((await readTrust(folder.at("list.json"))).signers).toEqual([signer]);
  });
});
