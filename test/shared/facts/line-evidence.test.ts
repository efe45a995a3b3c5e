import { expect, it } from "vitest";
import { readCsvRecords } from "../../../shared/facts/csv-evidence.ts";
import { parseElements } from "../../../shared/facts/json-evidence.ts";
import { readJsonLines, readLines, textOf } from "../../../shared/facts/line-evidence.ts";
import { evidenceInput } from "./evidence-under-test.ts";

it("every line of a part is accounted for, by its number in the whole file", () => {
  const seen: string[] = [];
  const { unread, tally } = readLines(
    evidenceInput("one\r\n\r\nbad\nother\n", { firstLine: 40 }),
    (line, { place }) => {
      seen.push(`${place}: ${line}`);
      return line === "bad" ? { reason: "no time" } : line === "other" ? null : [];
    },
  );
  expect(seen).toEqual(["line 40: one", "line 42: bad", "line 43: other"]);
  expect(unread).toMatchObject([{ origin: { place: "line 42" }, reason: "no time" }]);
  expect(tally).toEqual({ read: 1, passedOver: 1, blank: 1, unread: 1 });
});

it.each([
  ["utf-8", Buffer.from("﻿Zoë\n")],
  ["utf-16le", Buffer.from("﻿Zoë\n", "utf16le")],
  ["utf-16be", Buffer.from("﻿Zoë\n", "utf16le").swap16()],
  ["latin-1", Buffer.from("Zoë\n", "latin1")],
] as const)("a line in %s is read as written, without a byte order mark", (encoding, bytes) => {
  const lines: string[] = [];
  readLines(evidenceInput(bytes, { encoding }), (line) => {
    lines.push(line);
    return null;
  });
  expect(lines).toEqual(["Zoë"]);
});

it("Latin-1 is read as Windows-1252, as files are written", () => {
  expect(textOf(evidenceInput(Uint8Array.of(0x80, 0x96), { encoding: "latin-1" }))).toEqual({ text: "€–" });
});

it("a line that is not in its file's encoding is unread, with the reason, and costs no other", () => {
  const { unread, tally } = readLines(evidenceInput(Buffer.from("one\nZoë\r\ntwo\n", "latin1")), () => []);
  expect(unread).toMatchObject([{ origin: { place: "line 2" }, reason: "not UTF-8" }]);
  expect(tally).toMatchObject({ read: 2, unread: 1 });
});

it("a line that is no JSON costs no other line", () => {
  const { unread, tally } = readJsonLines(evidenceInput('{"a":1}\n{"a":\n{"a":3}'), () => []);
  expect(unread).toMatchObject([{ origin: { place: "line 2" }, reason: "not JSON" }]);
  expect(tally?.read).toBe(2);
});

it("a part of a CSV file is read by the file's columns and separator", () => {
  const reading = { firstLine: 7, columns: ["Key", "Label", "Label"], separator: ";" } as const;
  const read: unknown[] = [];
  const { unread } = readCsvRecords(
    evidenceInput('A-1;"x;\ny"; z\nA-2;only\n', { ...reading, columns: [...reading.columns] }),
    (record, { place }) => {
      read.push([place, record.cell("Key"), record.cells("Label"), record.cell("Other")]);
      return [];
    },
  );
  expect(read).toEqual([["line 7", "A-1", ["x;\ny", "z"], ""]]);
  expect(unread).toMatchObject([
    { origin: { place: "line 9" }, reason: "it has 2 cells where the file has 3 columns" },
  ]);
});

it("the first line of a CSV file names its columns and is passed over", () => {
  const { tally } = readCsvRecords(evidenceInput("Key,Label\nA-1,x\n"), (record) =>
    record.cell("Label") === "x" ? [] : null,
  );
  expect(tally).toEqual({ read: 1, passedOver: 1, blank: 0, unread: 0 });
});

it("elements of a part of a large document are those between its two places", () => {
  const text = '{"n":1,"Records":[{"a":1},\n{"a":2},';
  const elements = { pointer: "/Records", first: 0, from: text.indexOf("[") + 1, to: text.length };
  expect(parseElements(evidenceInput(text, { elements }), "/Records")).toEqual({
    elements: [{ a: 1 }, { a: 2 }],
    first: 0,
  });
  const last = { pointer: "/Records", first: 2, from: 0, to: 7 };
  expect(parseElements(evidenceInput('{"a":3}],"b":2}', { elements: last }), "/Records")).toEqual({
    elements: [{ a: 3 }],
    first: 2,
  });
});

it("a document without the array says so", () => {
  expect(parseElements(evidenceInput('{"a":1}'), "/issues")).toEqual({ reason: "issues: expected array" });
  expect(parseElements(evidenceInput('{"a":1}'), "")).toEqual({ reason: "not an array" });
});
