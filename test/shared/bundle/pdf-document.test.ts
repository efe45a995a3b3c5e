import { describe, expect, test } from "vitest";
import { PdfDocument } from "../../../shared/bundle/pdf/pdf-document.ts";
import { PdfUnreadable } from "../../../shared/bundle/pdf/pdf-value.ts";
import { PdfValueReader } from "../../../shared/bundle/pdf/pdf-value-reader.ts";

const bytesOf = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const read = (text: string) => new PdfValueReader(bytesOf(text), 0).readValue();

describe("a PDF value", () => {
  test("is read with the bytes that it takes", () => {
    const text = " << /A#20b [1 -2.5 (x \\) (y)) <0aF>] /R 12 0 R /N 12 /T true >> rest";
    const value = read(text);
    expect(value.kind).toBe("dictionary");
    if (value.kind !== "dictionary") return;
    expect(text.slice(value.start, value.end)).toBe(text.slice(1, -5));
    expect([...value.entries.keys()]).toEqual(["A b", "R", "N", "T"]);
    expect(value.entries.get("R")).toMatchObject({ kind: "reference", object: 12, generation: 0 });
    expect(value.entries.get("N")).toMatchObject({ kind: "number", value: 12 });
    expect(value.entries.get("A b")).toMatchObject({
      kind: "array",
      items: [{ value: 1 }, { value: -2.5 }, { kind: "string", hex: false }, { kind: "string", hex: true }],
    });
  });

  test.each([
    ["a dictionary with a key twice", "<< /A 1 /A 2 >>"],
    ["a dictionary with a key twice, once escaped", "<< /A 1 /#41 2 >>"],
    ["a dictionary without end", "<< /A 1"],
    ["an array without end", "[1 2"],
    ["a string without end", "(a (b)"],
    ["a hexadecimal string without end", "<00"],
    ["nothing", "   % a comment"],
    ["something that is no value", "]"],
    ["nesting without end", "[".repeat(100_000)],
    ["a word without end", "a".repeat(100_000)],
  ])("is refused: %s", (_name, text) => {
    expect(() => read(text)).toThrow(PdfUnreadable);
  });
});

describe("a PDF document", () => {
  const make = (trailer: string, table = "0 1\n0000000000 65535 f \n1 1\n0000000009 00000 n \n") => {
    const body = "%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n";
    return `${body}xref\n${table}trailer\n<< ${trailer} >>\nstartxref\n${body.length}\n%%EOF\n`;
  };
  const open = (text: string) => new PdfDocument(bytesOf(text));

  test("gives its objects", () => {
    const document = open(make("/Root 1 0 R /Size 2"));
    expect(document.get(document.trailer, "Root")).toMatchObject({ kind: "dictionary" });
    expect(() => document.object(0)).toThrow("object 0 is missing");
    expect(() => document.object(7)).toThrow("object 7 is missing");
  });

  test.each([
    ["with data behind its end", `${make("")}more`],
    ["without an end", make("").replace("%%EOF", "")],
    ["with a table somewhere else", make("").replace(/startxref\n\d+/, "startxref\n3")],
    ["with a table outside of the file", make("").replace(/startxref\n\d+/, "startxref\n999999")],
    ["with revisions in a circle", make("/Prev 46")],
    ["with a cross-reference stream beside its table", make("/XRefStm 9")],
    ["with a damaged table", make("", "0 1\n0000000000 65535 x \n")],
    ["with more entries promised than there are", make("", "0 999999999\n0000000000 65535 f \n")],
  ])("is refused: %s", (_name, text) => {
    expect(() => open(text)).toThrow(PdfUnreadable);
  });

  test("is refused when an object is not where the table says", () => {
    const document = open(make("", "1 1\n0000000010 00000 n \n"));
    expect(() => document.object(1)).toThrow(PdfUnreadable);
  });
});
