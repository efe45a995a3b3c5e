import { writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SignatureInvalid } from "../../../../electron/cms/signature-invalid.ts";
import { signDetached } from "../../../../electron/export/cms.ts";
import { digestAround, fillSignature, prepareSignature } from "../../../../electron/export/pdf-signature-field.ts";
import { requestTimestamp } from "../../../../electron/export/timestamp/timestamp-authority.ts";
import { timestampPdf } from "../../../../electron/export/timestamp/timestamp-pdf.ts";
import { verifyPdfSignatures } from "../../../../electron/verifier/pdf-signature.ts";
import { openssl, run, temporaryFolder } from "../real-tools.ts";
import { signedAt } from "../sample-parts.ts";
import { makePdf } from "../sample-pdf.ts";
import { newSigner, type Signer } from "../signers.ts";
import { startTimestampServer, type TimestampServer } from "../timestamp-server.ts";

const folder = temporaryFolder();
let clock: TimestampServer;
let ada: Signer;
let tight: Buffer;
const stamp = (sha256: Buffer) => requestTimestamp({ url: clock.url }, sha256);

/** Signed by a program that kept no room for a timestamp. */
beforeAll(async () => {
  clock = await startTimestampServer();
  ada = await newSigner();
  const head = "/Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached";
  const prepared = prepareSignature(await makePdf(), 2000, { head, members: "/M (D:20250715100000Z) " });
  tight = fillSignature(prepared, await signDetached(digestAround(prepared), ada.identity, "pades", { signedAt }));
});
afterAll(async () => {
  await clock.close();
  folder[Symbol.dispose]();
});

describe("a signature without room for a timestamp", () => {
  test("is covered by a document timestamp, appended, that openssl and pdfsig read", async () => {
    const stamped = (await timestampPdf(tight, stamp)) ?? Buffer.alloc(0);
    expect(stamped.subarray(0, tight.length).equals(tight)).toBe(true);
    const [signature] = verifyPdfSignatures(stamped);
    expect(signature?.timestamp).toBeNull();
    expect(signature?.documentTimestamps).toHaveLength(1);
    writeFileSync(folder.at("stamped.pdf"), stamped);
    const output = run("pdfsig", ["-dump", folder.at("stamped.pdf")], { cwd: folder.path });
    expect(output).toContain("stamped.pdf.sig1");
    const ranges = run("pdfsig", [folder.at("stamped.pdf")]).match(/Signed Ranges: .*/g)?.[1] ?? "";
    const [, , gap = 0, end = 0] = [0, ...(ranges.match(/\d+/g) ?? []).map(Number)];
    writeFileSync(folder.at("covered"), Buffer.concat([stamped.subarray(0, gap), stamped.subarray(end)]));
    const token = tokenIn(stamped, gap, end);
    writeFileSync(folder.at("token.tst"), token);
    const verify = ["ts", "-verify", "-token_in", "-in", folder.at("token.tst"), "-CAfile", clock.rootPath];
    expect(openssl([...verify, "-data", folder.at("covered")])).toContain("Verification: OK");
    expect(run("qpdf", ["--check", folder.at("stamped.pdf")])).toContain("No syntax or stream encoding errors found");
  });

  test("does not hold when what the document timestamp covers was changed", async () => {
    const stamped = (await timestampPdf(tight, stamp)) ?? Buffer.alloc(0);
    // Behind the first signature, so that only the timestamp covers it.
    stamped[tight.length + 30] = (stamped[tight.length + 30] ?? 0) ^ 1;
    expect(() => verifyPdfSignatures(stamped)).toThrow(SignatureInvalid);
  });

  test("gets one document timestamp and no second one", async () => {
    const stamped = (await timestampPdf(tight, stamp)) ?? Buffer.alloc(0);
    expect(await timestampPdf(stamped, stamp)).toBeNull();
  });
});

test("a PDF that is not signed, or was changed since, gets no timestamp", async () => {
  for (const pdf of [await makePdf(), Buffer.concat([tight, Buffer.from("%%EOF\n")]), Buffer.from("no PDF")])
    await expect(timestampPdf(pdf, stamp)).rejects.toMatchObject({ code: "bundle-part-invalid" });
});

/** The token in the hole of a document timestamp, without the zeros behind it. */
function tokenIn(pdf: Buffer, start: number, end: number): Buffer {
  const bytes = Buffer.from(pdf.subarray(start + 1, end - 1).toString("latin1"), "hex");
  return bytes.subarray(0, 4 + bytes.readUInt16BE(2));
}
