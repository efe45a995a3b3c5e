import { beforeAll, describe, expect, test } from "vitest";
import { SignatureInvalid } from "../../../electron/cms/signature-invalid.ts";
import { signPdf } from "../../../electron/export/sign-pdf.ts";
import { verifyPdfSignatures } from "../../../electron/verifier/pdf-signature.ts";
import { fingerprintOf } from "../../../electron/verifier/trust.ts";
import { makePdf } from "../export/sample-pdf.ts";
import { newSigner } from "../export/signers.ts";

const details = { name: "Ada", reason: "Prepared", signedAt: "2025-07-15T10:00:00.000Z" };
let ada: Awaited<ReturnType<typeof newSigner>>;
let rita: Awaited<ReturnType<typeof newSigner>>;
let signed: Buffer;
beforeAll(async () => {
  ada = await newSigner();
  rita = await newSigner({ commonName: "Rita Reviewer" });
  signed = await signPdf(await makePdf(), ada.identity, details);
});

/** The signed PDF with one text in it replaced by another of the same length. */
function replaced(from: string | RegExp, to: (found: string) => string, pdf = signed): Buffer {
  const text = pdf.toString("latin1");
  const result = text.replace(from, (found) => {
    const put = to(found);
    expect(put).toHaveLength(found.length);
    return put;
  });
  expect(result).not.toBe(text);
  return Buffer.from(result, "latin1");
}

describe("the signature of a PDF", () => {
  test("holds, with signer and time", () => {
    const [signature] = verifyPdfSignatures(signed);
    expect(signature?.signedAt).toBe(details.signedAt);
    expect(signature && fingerprintOf(signature.signer)).toBe(ada.fingerprint);
    expect(signature?.signedLength).toBe(signed.length);
  });

  test("of a second signer holds beside the first, each over its own revision", async () => {
    const twice = await signPdf(signed, rita.identity, {
      ...details,
      name: "Rita",
      signedAt: "2025-08-01T00:00:00.000Z",
    });
    const signatures = verifyPdfSignatures(twice);
    expect(signatures.map(({ signer }) => fingerprintOf(signer))).toEqual([ada.fingerprint, rita.fingerprint]);
    expect(signatures.map(({ signedLength }) => signedLength)).toEqual([signed.length, twice.length]);
  });

  const byteRange = /\/ByteRange \[[^\]]*\]/;
  const numbersOf = (range: string) => (range.match(/\d+/g) ?? []).map(Number);
  const rangeOf = (numbers: readonly number[], width: number) => `/ByteRange [${numbers.join(" ").padEnd(width - 13)}]`;
  test.each<[string, (numbers: number[]) => number[], RegExp]>([
    ["starts behind the beginning", ([, ...rest]) => [1, ...rest], /leaves out more than itself/],
    [
      "leaves out a byte in front of it",
      ([start, gap = 0, ...rest]) => [start ?? 0, gap - 1, ...rest],
      /leaves out more than itself/,
    ],
    [
      "leaves out a byte behind it",
      ([start = 0, gap = 0, end = 0, rest = 0]) => [start, gap, end + 1, rest - 1],
      /leaves out more than itself/,
    ],
    [
      "ends before the end",
      ([start = 0, gap = 0, end = 0, rest = 0]) => [start, gap, end, rest - 1],
      /over other content|does not cover/,
    ],
    [
      "ends behind the end",
      ([start = 0, gap = 0, end = 0, rest = 0]) => [start, gap, end, rest + 1],
      /leaves out more than itself/,
    ],
    ["has fewer numbers", ([start = 0, gap = 0]) => [start, gap], /leaves out more than itself/],
  ])("does not hold when it %s", (_name, change, reason) => {
    const pdf = replaced(byteRange, (found) => rangeOf(change(numbersOf(found)), found.length));
    expect(() => verifyPdfSignatures(pdf)).toThrow(SignatureInvalid);
    expect(() => verifyPdfSignatures(pdf)).toThrow(reason);
  });

  test("does not hold when a byte in front of it or behind it is changed", () => {
    expect(() => verifyPdfSignatures(replaced("/Title (Rep", () => "/Title (Red"))).toThrow(/over other content/);
    expect(() => verifyPdfSignatures(replaced("/SigFlags 3", () => "/SigFlags 1"))).toThrow(/over other content/);
  });

  test("does not hold when its own value is changed, or something is put behind it", () => {
    expect(() => verifyPdfSignatures(replaced(/\/Contents <30/, () => "/Contents <31"))).toThrow(SignatureInvalid);
    expect(() => verifyPdfSignatures(replaced(/00> \/M/, () => "01> /M"))).toThrow(/something behind it/);
    expect(() => verifyPdfSignatures(replaced(/00> \/M/, () => "0 > /M"))).toThrow(/hexadecimal/);
  });

  test("does not hold as another kind, such as the one without the certificate in it", () => {
    const pdf = replaced("/ETSI.CAdES.detached", () => "/adbe.pkcs7.detached");
    expect(() => verifyPdfSignatures(pdf)).toThrow(/not a PAdES signature/);
  });

  test("is missing when a later revision hides it, and that revision is not signed", async () => {
    const text = signed.toString("latin1");
    const root = /\/Root (\d+) 0 R/.exec(text)?.[1] ?? "";
    const pages = /\/Pages (\d+ 0 R)/.exec(text)?.[1] ?? "";
    const previous = text.slice(text.lastIndexOf("startxref")).split("\n")[1];
    const object = `${root} 0 obj\n<< /Type /Catalog /Pages ${pages} >>\nendobj\n`;
    const table = `xref\n${root} 1\n${String(signed.length).padStart(10, "0")} 00000 n \n`;
    const trailer = `trailer\n<< /Size 100 /Root ${root} 0 R /Prev ${previous} >>\nstartxref\n${signed.length + object.length}\n%%EOF\n`;
    const hidden = Buffer.concat([signed, Buffer.from(object + table + trailer, "latin1")]);
    expect(() => verifyPdfSignatures(hidden)).toThrow(/missing/);
    // Signed again by somebody else, the hidden signature stays hidden: only the later signer speaks for the report.
    const signatures = verifyPdfSignatures(await signPdf(hidden, rita.identity, details));
    expect(signatures.map(({ signer }) => fingerprintOf(signer))).toEqual([rita.fingerprint]);
  });

  test("is not found in a PDF that is cut off", () => {
    for (const length of [signed.length - 1, signed.length - 7, 1000, 10, 0]) {
      const cut = signed.subarray(0, length);
      // The last byte is a line end, which a PDF may lack, but then it is not the file that was signed.
      expect(() => verifyPdfSignatures(cut)).toThrow(SignatureInvalid);
    }
  });
});
