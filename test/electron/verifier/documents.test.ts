import { deflateRawSync, deflateSync, inflateRawSync, inflateSync } from "node:zlib";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { writeReport } from "../../../electron/export/report/report.ts";
import { signPdf } from "../../../electron/export/sign-pdf.ts";
import { packWorkbook } from "../../../electron/export/workbook-file.ts";
import { compareReports } from "../../../electron/verifier/documents/report-comparison.ts";
import { compareText } from "../../../electron/verifier/documents/text-comparison.ts";
import { compareWorkbook } from "../../../electron/verifier/documents/workbook-comparison.ts";
import { inventContent } from "../export/report/report-content.ts";
import { newSigner } from "../export/signers.ts";

const inPieces = (bytes: Buffer, size: number) =>
  Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  );

describe("a document in text", () => {
  test("is the same however it is cut, and otherwise never", async () => {
    const text = fc.string({ unit: "binary", maxLength: 40 });
    const cuts = fc.integer({ min: 1, max: 9 });
    await fc.assert(
      fc.asyncProperty(fc.array(text), text, cuts, async (pieces, other, size) => {
        const whole = Buffer.from(pieces.join("").toWellFormed());
        const derived = [whole.toString()];
        expect(await compareText(inPieces(whole, size), derived)).toBeNull();
        const changed = Buffer.concat([whole, Buffer.from(other.toWellFormed())]);
        const difference = await compareText(inPieces(changed, size), derived);
        expect(difference === null).toBe(changed.equals(whole));
      }),
      { numRuns: 80 },
    );
  });

  test("is shown where it differs, with its line and both texts", async () => {
    const lines = ["Ref,Outcome", "C.1,pass", "C.2,fail for want of a review by Żaneta"];
    const stated = Buffer.from(lines.join("\n").replace("fail", "pass"));
    expect(await compareText(inPieces(stated, 7), [lines.join("\n")])).toEqual({
      place: "line 3",
      expected: "C.2,pass for want of a review by Żaneta",
      found: "C.2,fail for want of a review by Żaneta",
    });
    expect(await compareText([], ["more"])).toEqual({ place: "line 1", expected: "[the end]", found: "more" });
  });
});

describe("a workbook", () => {
  const files = [
    { path: "xl/workbook.xml", text: ["<workbook/>"] },
    { path: "xl/worksheets/sheet1.xml", text: ["<sheet>", "pass".repeat(500), "</sheet>"] },
  ];

  test("is the same when another program packed it", async () => {
    const packed = await packWorkbook(files);
    expect(await compareWorkbook(packed, files)).toBeNull();
    const again = repackZip(packed, 1);
    expect(again.equals(packed)).toBe(false);
    expect(await compareWorkbook(again, files)).toBeNull();
  });

  test("is another with one letter changed, a file more or less, bytes between files, or a comment", async () => {
    const packed = await packWorkbook(files);
    const [book, sheet] = files.map(({ path, text }) => ({ path, text: [text.join("").replace("pass", "Pass")] }));
    expect(await compareWorkbook(await packWorkbook([book, sheet].flatMap((each) => each ?? [])), files)).toMatchObject(
      {
        place: "xl/worksheets/sheet1.xml, line 1",
        expected: expect.stringMatching(/^<sheet>Pass/),
        found: expect.stringMatching(/^<sheet>pass/),
      },
    );
    const others = [
      await packWorkbook(files.slice(0, 1)),
      await packWorkbook([...files, { path: "xl/other.xml", text: ["<other/>"] }]),
      Buffer.concat([packed, Buffer.from("more")]),
      Buffer.concat([Buffer.from("more"), packed]),
      packed.subarray(0, -1),
      Buffer.alloc(0),
    ];
    for (const other of others) expect((await compareWorkbook(other, files))?.place).toBe("its files");
  });
});

describe("a report", () => {
  let derived: Buffer;
  let signed: (pdf: Buffer) => Promise<Buffer>;
  beforeAll(async () => {
    derived = await writeReport(inventContent({ changes: 3, deployments: 1 }));
    const { identity } = await newSigner();
    const details = { name: "Ada", reason: "Prepared", signedAt: "2025-07-15T10:00:00.000Z" };
    signed = (pdf) => signPdf(pdf, identity, details);
  });

  test("is the same when its streams were packed by another program, and then signed", async () => {
    expect(compareReports(await signed(derived), derived)).toBeNull();
    const again = repackPdf(derived, (stream) => stream);
    expect(again.equals(derived)).toBe(false);
    expect(compareReports(await signed(again), derived)).toBeNull();
  });

  test("is shown with its page and both texts where it says something else", async () => {
    const content = inventContent({ changes: 3, deployments: 1 });
    const other = await writeReport({
      ...content,
      engagement: { ...content.engagement, entity: "Southwind Traders" },
    });
    const { entity } = content.engagement;
    expect(compareReports(await signed(other), derived)).toEqual({
      place: "page 1",
      expected: expect.stringContaining("Southwind Traders"),
      found: expect.stringContaining(entity),
    });
  });

  test("is another when a stream of it is, though no letter is", async () => {
    const blank = repackPdf(derived, (stream) =>
      Buffer.from(stream.toString("latin1").replace(/0\.8 w/, "9.8 w"), "latin1"),
    );
    expect(compareReports(await signed(blank), derived)).toMatchObject({ place: "its objects" });
  });

  test("is another with bytes between its objects, and with no signature behind its pages", async () => {
    const hidden = Buffer.from(derived.toString("latin1").replace("endobj\n", "endobj\n%more\n"), "latin1");
    expect(compareReports(hidden, derived)).not.toBeNull();
    expect(compareReports(Buffer.concat([derived, Buffer.from("%more\n")]), derived)).not.toBeNull();
    expect(compareReports(Buffer.from("no PDF"), derived)).not.toBeNull();
  });
});

/** Every packed stream as another program packs it, with a table that fits. */
function repackPdf(pdf: Buffer, change: (stream: Buffer) => Buffer): Buffer {
  const [body = "", tail = ""] = splitAt(pdf.toString("latin1"), "\nxref\n");
  const pieces = body.split(/(?<=\nendobj\n)/).map((piece) => {
    const match =
      /^([\s\S]*?)\/Length \d+([\s\S]*?\/FlateDecode[\s\S]*?\nstream\n)([\s\S]*)(\nendstream\n?[\s\S]*)$/.exec(piece);
    if (match === null) return piece;
    const [, head, middle, packed = "", end] = match;
    const stream = deflateSync(change(inflateSync(Buffer.from(packed, "latin1"))), { level: 1 }).toString("latin1");
    return `${head}/Length ${stream.length}${middle}${stream}${end}`;
  });
  const offsets = new Map<number, number>();
  let at = 0;
  for (const piece of pieces) {
    const start = /(\d+) 0 obj\n/.exec(piece);
    if (start !== null) offsets.set(Number(start[1]), at + start.index);
    at += piece.length;
  }
  const entries = [...offsets.keys()].sort((one, other) => one - other);
  const table = entries.map((object) => `${String(offsets.get(object)).padStart(10, "0")} 00000 n \n`).join("");
  const trailer = tail.slice(tail.indexOf("trailer"), tail.indexOf("startxref"));
  const whole = pieces.join("");
  const text = `${whole}\nxref\n0 ${entries.length + 1}\n0000000000 65535 f \n${table}${trailer}startxref\n${whole.length + 1}\n%%EOF\n`;
  return Buffer.from(text, "latin1");
}

function splitAt(text: string, mark: string): [string, string] {
  const at = text.lastIndexOf(mark);
  return [text.slice(0, at), text.slice(at)];
}

/** The files of a ZIP, packed anew in the same records. */
function repackZip(zip: Buffer, level: number): Buffer {
  const end = zip.length - 22;
  const [count, start] = [zip.readUInt16LE(end + 10), zip.readUInt32LE(end + 16)];
  const [files, directory]: [Buffer[], Buffer[]] = [[], []];
  let [at, offset] = [start, 0];
  for (let index = 0; index < count; index += 1) {
    const record = Buffer.from(zip.subarray(at, at + 46 + zip.readUInt16LE(at + 28)));
    const from = record.readUInt32LE(42);
    const head = zip.subarray(from, from + 30 + zip.readUInt16LE(from + 26));
    const packed = zip.subarray(from + head.length, from + head.length + record.readUInt32LE(20));
    const again = deflateRawSync(inflateRawSync(packed), { level });
    const descriptor = Buffer.from(zip.subarray(from + head.length + packed.length).subarray(0, 16));
    descriptor.writeUInt32LE(again.length, 8);
    record.writeUInt32LE(again.length, 20);
    record.writeUInt32LE(offset, 42);
    files.push(head, again, descriptor);
    directory.push(record);
    offset += head.length + again.length + descriptor.length;
    at += record.length;
  }
  const last = Buffer.from(zip.subarray(end));
  last.writeUInt32LE(offset, 16);
  return Buffer.concat([...files, ...directory, last]);
}
