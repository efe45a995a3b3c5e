import { describe, expect, test } from "vitest";
import { toHtmlTable, toTsv } from "../../renderer/clipboard.ts";

describe("rows copied for a spreadsheet", () => {
  test("are cells between tabs and rows between line ends", () => {
    expect(
      toTsv([
        ["Ref", "Title"],
        ["C.1", "Fix rounding"],
      ]),
    ).toBe("Ref\tTitle\nC.1\tFix rounding");
  });

  test.each(["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)"])("%s does not become a formula", (cell) => {
    expect(toTsv([[cell]])).toBe(`'${cell}`);
  });

  test("a formula behind a tab or a line end does not become one either", () => {
    expect(toTsv([["\t=1"], ["\r\n=1"]])).toBe("'=1\n'=1");
  });

  test("tabs and line ends within a cell cannot make another cell", () => {
    expect(toTsv([["a\tb\r\nc"]])).toBe("a b c");
  });

  test("markup in a cell stays text", () => {
    expect(toHtmlTable([['<img src="x">', "=1 & 2"]])).toBe(
      "<table><tr><td>&lt;img src=&quot;x&quot;&gt;</td><td>'=1 &amp; 2</td></tr></table>",
    );
  });
});
