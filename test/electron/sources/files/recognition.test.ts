import { expect, it } from "vitest";
import type { FileFormat, Recognition } from "../../../../electron/sources/files/file-format.ts";
import { describeSample } from "../../../../electron/sources/files/file-sample.ts";
import { recogniseFile } from "../../../../electron/sources/files/recognition.ts";

function sampleOf(text: string, isWhole = true) {
  const bytes = Buffer.from(text);
  return describeSample({ name: "file", size: bytes.length, bytes, isWhole });
}

function format(name: FileFormat["format"], recognition: Recognition | null): FileFormat {
  return {
    format: name,
    system: "other",
    title: name,
    recognisedBy: "nothing",
    shape: { cut: "whole" },
    recognise: () => recognition,
  };
}

it("the surest recognition wins", () => {
  const formats = [
    format("jira.issues", { sure: "possible", because: "it may be" }),
    format("roster.csv", { sure: "certain", because: "it says so" }),
    format("jira.issue-lines", null),
  ];
  expect(recogniseFile(sampleOf("x"), undefined, formats)).toMatchObject({ format: { format: "roster.csv" } });
});

it("between two that are equally sure nobody decides but the auditor", () => {
  const formats = [
    format("jira.issues", { sure: "likely", because: "it has keys" }),
    format("roster.csv", { sure: "likely", because: "it has names" }),
  ];
  expect(recogniseFile(sampleOf("x"), undefined, formats)).toEqual({
    reason:
      "it could be jira.issues (it has keys) or roster.csv (it has names); say which format it is (`format:` in the source's description)",
  });
  expect(recogniseFile(sampleOf("x"), "roster.csv", formats)).toMatchObject({ because: "the auditor said so" });
});

it.each([
  ['{"a":1,"b":2}', /JSON of no known shape \(a, b\)/],
  ['{"a":1}\n{"a":2}\n', /JSON lines of no known shape \(a\)/],
  ["x;y;z\n1;2;3\n", /a table of no known shape \(columns x, y, z\)/],
  ["<?xml version='1.0'?><note/>", /XML with the root element note/],
  ["words\n", /text of no known format/],
  ["", /it is empty/],
])("%j is not taken, and what it looks like is said", (text, reason) => {
  expect(recogniseFile(sampleOf(text))).toMatchObject({ reason: expect.stringMatching(reason) });
});

it("a JSON document that goes on past the sample is known by its beginning", () => {
  const whole = JSON.stringify({
    total: 2,
    issues: [{ key: "ABC-1", fields: { text: 'a "quoted", [bracketed] text' } }, { key: "ABC-2" }],
  });
  for (let length = 40; length < whole.length; length += 1) {
    const { json } = sampleOf(whole.slice(0, length), false);
    expect(json).toMatchObject({ total: 2 });
  }
});
