import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { matchPath } from "../../../shared/model/path-pattern.ts";

const paths = [
  "docs",
  "docs/a.md",
  "docs/deep/b.md",
  "src/docs/c.md",
  "src/app.ts",
  "src/app.test.ts",
  "src/deep/er/app.ts",
  "infra/main.tf",
  "modules/net/main.tf",
  "Dockerfile",
  "api/Dockerfile",
  "a.b/c+d.txt",
  "aXb/c.txt",
  "name (1).txt",
];

const patterns = [
  "docs",
  "docs/",
  "/docs",
  "/docs/",
  "docs/**",
  "**/docs",
  "**/docs/",
  "src/**/app.ts",
  "*.ts",
  "/*.ts",
  "src/*.ts",
  "*.test.ts",
  "**/*.tf",
  "/infra/",
  "Dockerfile",
  "/Dockerfile",
  "a.b/",
  "a?b",
  "*",
  "**",
  "name (1).txt",
  "c+d.txt",
];

describe("a path pattern", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "tickmark-patterns-"));
    execFileSync("git", ["init", "--quiet", folder]);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(patterns)("%s fits the paths that git says it fits", (pattern) => {
    writeFileSync(join(folder, ".gitignore"), `${pattern}\n`);
    const ignored = new Set(checkIgnore(folder));
    expect(paths.filter((path) => matchPath(pattern)(path))).toEqual(paths.filter((path) => ignored.has(path)));
  });

  it("of a folder's files does not reach into its folders, as CODEOWNERS has it and gitignore has not", () => {
    expect(paths.filter(matchPath("docs/*"))).toEqual(["docs/a.md"]);
  });

  it("that is empty fits nothing, and a lone slash everything", () => {
    expect(paths.some(matchPath(""))).toBe(false);
    expect(paths.every(matchPath("/"))).toBe(true);
  });

  it("of many stars comes to an end on a long path", () => {
    const hostile = `${"*a".repeat(30)}*b`;
    expect(matchPath(hostile)("a".repeat(40))).toBe(false);
  });
});

/** Paths that git would ignore; files need not exist, and without the index none is tracked. */
function checkIgnore(folder: string): string[] {
  try {
    const input = paths.join("\n");
    return execFileSync("git", ["-C", folder, "check-ignore", "--no-index", "--stdin"], { input, encoding: "utf8" })
      .trim()
      .split("\n");
  } catch {
    return []; // git's status 1: none is ignored
  }
}
