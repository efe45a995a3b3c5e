import { expect, it } from "vitest";
import { childrenOf, childText, parseXml } from "../../../shared/facts/xml-evidence.ts";
import { evidenceInput } from "./evidence-under-test.ts";

function rootOf(text: string) {
  const document = parseXml(evidenceInput(text));
  if ("reason" in document) throw new Error(document.reason);
  return document.root;
}

function reasonOf(text: string): string {
  const document = parseXml(evidenceInput(text));
  return "reason" in document ? document.reason : "";
}

it("elements have their names, attributes, text and the line that they begin on", () => {
  const root = rootOf(
    '<?xml version="1.0"?>\n<x:suite xmlns:x="urn:x" name="a&amp;b">\n  <case>one<![CDATA[ <two>]]></case>\n</x:suite>',
  );
  expect(root).toMatchObject({ name: "suite", namespace: "urn:x", place: "line 2" });
  expect(root.attributes.get("name")).toBe("a&b");
  expect(childText(root, "case")).toBe("one <two>");
  expect(childrenOf(root, "case")[0]?.place).toBe("line 3");
});

it("a document type or an entity of its own is refused, whatever it would expand to", () => {
  expect(reasonOf('<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>')).toMatch(/DOCTYPE/);
  expect(reasonOf('<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>')).toMatch(/DOCTYPE/);
  expect(reasonOf("<a>&x;</a>")).toMatch(/not XML that is read/);
});

it("what is cut off, or nested without end, is refused", () => {
  expect(reasonOf("<a><b></b>")).toMatch(/not XML that is read/);
  expect(reasonOf("<a>".repeat(100_000))).toMatch(/nested more than 256 deep/);
  expect(reasonOf("")).toMatch(/not XML that is read/);
});
