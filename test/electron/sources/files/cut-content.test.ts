import fc from "fast-check";
import { expect, it } from "vitest";
import { createCsvCutter } from "../../../../electron/sources/files/csv-cutter.ts";
import { cutContent, type FilePart } from "../../../../electron/sources/files/cut-content.ts";
import { createElementCutter } from "../../../../electron/sources/files/element-cutter.ts";
import { createLineCutter } from "../../../../electron/sources/files/line-cutter.ts";
import type { RecordCutter } from "../../../../electron/sources/files/record-cutter.ts";
import type { TextEncoding } from "../../../../electron/sources/files/text-encoding.ts";
import { readCsv } from "../../../../shared/model/csv.ts";
import { decodeText } from "../../../../shared/model/text.ts";

const encodings: readonly TextEncoding[] = ["utf-8", "utf-16le", "utf-16be"];

function encode(text: string, encoding: TextEncoding): Buffer {
  if (encoding === "utf-16be") return Buffer.from(text, "utf16le").swap16();
  return Buffer.from(text, encoding === "utf-16le" ? "utf16le" : "utf8");
}

async function cut(
  bytes: Buffer,
  cutter: RecordCutter,
  partSize: number,
  chunkSizes: readonly number[],
): Promise<FilePart[]> {
  async function* chunks(): AsyncGenerator<Buffer> {
    for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
      const size = chunkSizes[turn % chunkSizes.length] ?? 1;
      yield bytes.subarray(at, at + size);
      at += size;
    }
  }
  const parts: FilePart[] = [];
  for await (const part of cutContent(chunks(), cutter, () => new Error("too long"), partSize)) {
    parts.push({ ...part, bytes: Buffer.from(part.bytes) });
  }
  return parts;
}

const chunkSizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 });
const partSize = fc.integer({ min: 4, max: 40 }).map((half) => half * 2);
const word = fc.string({ unit: fc.constantFrom("a", "ä", '"', ",", ";", "\r", "\n", " ", "\n", "中"), maxLength: 12 });

it("parts of lines are always the whole file, and no line is in two of them, however it was read", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(word),
      fc.constantFrom(...encodings),
      partSize,
      chunkSizes,
      async (words, encoding, size, sizes) => {
        const bytes = encode(words.join("\n"), encoding);
        const parts = await cut(bytes, createLineCutter(encoding), size, sizes);
        expect(Buffer.concat(parts.map((part) => part.bytes)).equals(bytes)).toBe(true);
        for (const part of parts.slice(0, -1)) expect(decodeText(part.bytes, { encoding })?.endsWith("\n")).toBe(true);
        const first = parts.map(({ reading }) => reading.firstLine);
        expect(first).toEqual(
          parts.map((_, index) => 1 + parts.slice(0, index).reduce((sum, { rows }) => sum + rows, 0)),
        );
        expect(await cut(bytes, createLineCutter(encoding), size, [1000])).toEqual(parts);
      },
    ),
  );
});

it("parts of a CSV file always hold the records of the whole file", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(word),
      fc.constantFrom(...encodings),
      fc.constantFrom(",", ";"),
      partSize,
      chunkSizes,
      async (words, encoding, separator, size, sizes) => {
        const text = words
          .map((one) => (one.length % 2 === 0 ? `"${one.replaceAll('"', '""')}"` : one))
          .join(separator);
        const bytes = encode(text, encoding);
        const parts = await cut(bytes, createCsvCutter(encoding, separator), size, sizes);
        expect(Buffer.concat(parts.map((part) => part.bytes)).equals(bytes)).toBe(true);
        const read = parts.flatMap((part) =>
          readCsv(decodeText(part.bytes, { encoding }) ?? "", part.reading.firstLine, separator),
        );
        expect(read).toEqual(readCsv(decodeText(bytes, { encoding }) ?? "", 1, separator));
        expect(await cut(bytes, createCsvCutter(encoding, separator), size, [1000])).toEqual(parts);
      },
    ),
  );
});

function elementsIn(part: FilePart): unknown[] {
  const { from = 0, to = 0 } = part.reading.elements ?? {};
  const text = part.bytes.subarray(from, to).toString().replace(/,\s*$/, "");
  return JSON.parse(`[${text}]`) as unknown[];
}

it("parts of a JSON document always hold the elements of its array, numbered through", async () => {
  const value = fc.jsonValue({ maxDepth: 3 });
  const space = fc.constantFrom(undefined, 2);
  await fc.assert(
    fc.asyncProperty(
      fc.array(value),
      value,
      value,
      fc.boolean(),
      space,
      partSize,
      chunkSizes,
      async (elements, before, after, isBare, indent, size, sizes) => {
        const document = isBare
          ? elements
          : { "before": before, 'a\\"[': { list: before }, "data": { list: elements }, after };
        const bytes = Buffer.from(JSON.stringify(document, null, indent));
        const pointers = [isBare ? "" : "/data/list"];
        const parts = await cut(bytes, createElementCutter(pointers), size, sizes);
        expect(Buffer.concat(parts.map((part) => part.bytes)).equals(bytes)).toBe(true);
        const read = parts.map(elementsIn);
        expect(JSON.stringify(read.flat())).toBe(JSON.stringify(elements));
        expect(parts.map(({ rows }) => rows)).toEqual(read.map(({ length }) => length));
        expect(parts.map(({ reading }) => reading.elements?.first)).toEqual(
          parts.map((_, index) => read.slice(0, index).flat(1).length),
        );
        expect(await cut(bytes, createElementCutter(pointers), size, [1000])).toEqual(parts);
      },
    ),
  );
});

it("a record of several lines is not cut where the format says that it begins", async () => {
  const mail = (number: number): string => `From ada@example.test\nSubject: ${number}\n\nLine\nFromage\n`;
  const bytes = Buffer.from([1, 2, 3, 4, 5, 6].map(mail).join(""));
  const begins = (line: string): boolean => line.startsWith("From ");
  const parts = await cut(bytes, createLineCutter("utf-8", begins), 120, [7]);
  expect(parts.length).toBeGreaterThan(2);
  for (const part of parts) expect(part.bytes.toString().startsWith("From ada")).toBe(true);
  expect(await cut(bytes, createLineCutter("utf-8", begins), 120, [1000])).toEqual(parts);
});
