import { writeFileSync } from "node:fs";
import { afterAll, describe, expect, test } from "vitest";
import { parseTrust, readTrust } from "../../../electron/verifier/trust.ts";
import { temporaryFolder } from "../export/real-tools.ts";

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

  test("that is not there is said to be missing", async () => {
    await expect(readTrust(folder.at("nothing.json"))).rejects.toMatchObject({ code: "file-missing" });
    await expect(readTrust(folder.path)).rejects.toMatchObject({ code: "file-unreadable" });
    writeFileSync(folder.at("list.json"), JSON.stringify({ signers: [signer] }));
    expect((await readTrust(folder.at("list.json"))).signers).toEqual([signer]);
  });
});
