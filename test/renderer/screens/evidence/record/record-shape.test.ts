import { expect, test } from "vitest";
import { shapeOf } from "../../../../../renderer/screens/evidence/record/record-shape.ts";
import type { EvidenceText } from "../../../../../shared/model/view.ts";

function shape(text: string, given: { format?: string; locator?: string; media?: string } = {}, isWhole = true) {
  const { format = "attachment.document", locator = "file", media = "text" } = given;
  return shapeOf({ record: { format, locator }, media, text } as unknown as EvidenceText, isWhole);
}

test("a record is shown as what it begins like, and plainly where nothing says more", () => {
  expect(shape('{"a":1}')).toBe("json");
  expect(shape('{"a":1}\n{"a":2}\n')).toBe("lines");
  expect(shape("diff --git a/x b/x\n")).toBe("diff");
  expect(shape("--- a/x\n+++ b/x\n@@")).toBe("diff");
  expect(shape("# Policy", { locator: "policies/change.md" })).toBe("markdown");
  expect(shape("tree 1\nparent 2\n", { format: "git.commit" })).toBe("text");
  expect(shape("", { media: "image/png" })).toBe("image");
  expect(shape("", { media: "application/pdf" })).toBe("pdf");
});

test("half a report is no table: what is missing from it would not be missed", () => {
  expect(shape("<testsuite>", { format: "junit.xml" })).toBe("junit");
  expect(shape("<testsuite>", { format: "junit.xml" }, false)).toBe("text");
  expect(shape("{", { format: "sarif.json" }, false)).toBe("json");
});
