import { describe, expect, test } from "vitest";
import { showHidden, showOnOneLine } from "../../../shared/model/hidden-characters.ts";

describe("invisible characters of hostile text", () => {
  test("marks that turn the direction around are shown by their code", () => {
    expect(showHidden("ok \u202egnirts\u202c")).toBe("ok [U+202E]gnirts[U+202C]");
    expect(showHidden("\u2066x\u2069\u200f")).toBe("[U+2066]x[U+2069][U+200F]");
  });

  test("characters without width are shown, so that two names which look the same do not", () => {
    expect(showHidden("a\u200bdmin\ufeff")).toBe("a[U+200B]dmin[U+FEFF]");
  });

  test("control characters are shown, line ends and tabs stay", () => {
    expect(showHidden("a\u0000\u001b[31mb\tc\nd")).toBe("a[U+0000][U+001B][31mb\tc\nd");
  });

  test("writing of any language stays as it is", () => {
    const text = "Zoë Łukasz 東京 שלום مرحبا 🙂";
    expect(showHidden(text)).toBe(text);
  });

  test("line ends are shown where a text must stay on its line", () => {
    expect(showOnOneLine("a\r\nVERIFIED\u2028b\tc")).toBe("a[U+000D][U+000A]VERIFIED[U+2028]b[U+0009]c");
  });
});
