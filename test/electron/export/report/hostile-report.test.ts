import { writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { writeReport } from "../../../../electron/export/report/report.ts";
import { run, temporaryFolder } from "../real-tools.ts";
import { hostileContent } from "./hostile-content.ts";

const folder = temporaryFolder();
afterAll(() => folder[Symbol.dispose]());

let text: string;
let pages: string[];
beforeAll(async () => {
  writeFileSync(folder.at("hostile.pdf"), await writeReport(hostileContent()));
  text = run("pdftotext", ["-layout", folder.at("hostile.pdf"), "-"]);
  pages = text.split("\f").slice(0, -1);
});

describe("a report on evidence that was written to deceive", () => {
  test("is still a sound PDF", () => {
    expect(run("qpdf", ["--check", folder.at("hostile.pdf")])).toContain("No syntax or stream encoding errors");
  });

  test("says about itself in well-formed XML what it says elsewhere", () => {
    const metadata = run("pdfinfo", ["-meta", folder.at("hostile.pdf")]);
    expect(metadata).toContain("Smith &amp; &lt;b&gt;Sons&lt;/b&gt;");
    expect(run("pdfinfo", [folder.at("hostile.pdf")])).toContain('Smith & <b>Sons</b> "GmbH"');
  });

  test("shows hidden characters by their numbers, and hides none", () => {
    expect(text).toContain("abc‹U+202E›def");
    expect(text).toContain("zero‹U+0000›width");
    expect(text).toContain("‹U+D800›");
    for (const hidden of ["\u202e", "\u200b", "\u0000"]) expect(text).not.toContain(hidden);
  });

  test("shows markup as the text that it is", () => {
    expect(text).toContain("<script>alert(1)</script> &amp; </title>");
  });

  test("cuts long texts and says how long they are", () => {
    expect(text).toContain("(5000 characters in all)");
    expect(text.match(/x{400}/)).toBeNull();
    expect(pages.length).toBeLessThan(36);
  });

  test("sets no word over the edge of a page or its margins", () => {
    const boxes = run("pdftotext", ["-bbox", folder.at("hostile.pdf"), "-"]).matchAll(
      /<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*)<\/word>/g,
    );
    let count = 0;
    for (const [, left, top, right, bottom, word] of boxes) {
      count++;
      const inside = Number(left) > 47 && Number(right) < 548.5 && Number(top) > 20 && Number(bottom) < 822;
      expect(inside ? "" : `${word} at ${left} ${top} ${right} ${bottom}`).toBe("");
    }
    expect(count).toBeGreaterThan(1_000);
  });

  test("shows names in any script, by their letters or by their numbers, and none as an empty box", () => {
    const shown = text.normalize("NFC");
    expect(shown).toContain("Łukasz Żak");
    expect(shown).toContain("Σοφία Δέλτα");
    expect(shown).toContain("Олег Ёлкин");
    expect(shown).toMatch(/田|‹U\+7530›/);
    expect(shown).toMatch(/김|‹U\+AE40›/);
    expect(shown).not.toContain("\ufffd");
  });
});
