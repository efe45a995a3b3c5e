import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkPartPath, checkPartPaths } from "../../../shared/bundle/part-path.ts";

const invalid = expect.objectContaining({ code: "bundle-path-invalid" });

describe("the path of a part", () => {
  test.each([
    "report.pdf",
    "evidence/9f/9f86d081.json",
    "items/Änderung 42.json",
    "a/b/c/d",
    "...json",
    "console.txt",
    "com10/x",
    ".mailmap",
    "文書/変更.json",
    `${"a".repeat(240)}`,
  ])("is accepted: %s", (path) => {
    expect(checkPartPath(path)).toBe(path);
  });

  test.each([
    ["", "is empty"],
    ["/etc/passwd", "is absolute"],
    ["\\\\server\\share", "is absolute"],
    ["C:/Windows/win.ini", "drive letter"],
    ["c:evil", "drive letter"],
    ["../evil", 'segment ".."'],
    ["a/../../evil", 'segment ".."'],
    ["a/..", 'segment ".."'],
    ["./a", 'segment "."'],
    ["a//b", "empty segment"],
    ["a/", "empty segment"],
    ["a\\..\\b", "Windows does not allow"],
    ["a/b:stream", "Windows does not allow"],
    ["what?.txt", "Windows does not allow"],
    ["CON", "device name"],
    ["a/nul.txt", "device name"],
    ["a/Com1 .json/b", "device name"],
    ["lpt¹", "device name"],
    ["a./b", "ends with a dot or a space"],
    ["a /b", "ends with a dot or a space"],
    ["a\u0000b", "control or invisible"],
    ["a\nb", "control or invisible"],
    ["a\u202egnp.exe", "control or invisible"],
    ["a\u200bb", "control or invisible"],
    ["e\u0301.txt", "NFC"],
    ["\ud800", "surrogate"],
    ["-rf", "hyphen"],
    ["a".repeat(241), "longer than 240 bytes"],
    ["ä".repeat(121), "longer than 240 bytes"],
  ])("is refused: %j", (path, reason) => {
    expect(() => checkPartPath(path)).toThrow(invalid);
    expect(() => checkPartPath(path)).toThrow(reason);
  });

  test("never reaches the terminal with its control characters", () => {
    expect(() => checkPartPath("a\u001b[2Jb")).toThrow("\\u{1b}[2J");
  });

  test("stays in its folder when it is accepted", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("a", ".", "/", "\\", ":", " ") }), (path) => {
        try {
          checkPartPath(path);
        } catch {
          return;
        }
        const url = new URL(path, "https://bundle.invalid/folder/");
        expect(url.pathname.startsWith("/folder/")).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});

describe("the paths of a bundle", () => {
  test("are accepted when each is a file of its own", () => {
    expect(() => checkPartPaths(["a", "b/a", "b/c", "b/d/e"])).not.toThrow();
  });

  test.each([
    ["given twice", ["a", "a"], "appears twice"],
    ["equal but for case", ["Results.json", "results.json"], "one file where case"],
    ["equal but for case in a folder", ["A/x", "a/X"], "one file where case"],
    ["equal but for the case of ß", ["straße", "STRASSE"], "one file where case"],
    ["a file and its folder", ["a", "a/b"], "also the folder"],
    ["a folder and its file", ["a/b/c", "a"], "also the folder"],
    ["a file and its folder but for case", ["A", "a/b"], "also the folder"],
    ["one of them wrong", ["a", "../b"], 'segment ".."'],
  ])("are refused when %s", (_name, paths, reason) => {
    expect(() => checkPartPaths(paths)).toThrow(invalid);
    expect(() => checkPartPaths(paths)).toThrow(reason);
  });
});
