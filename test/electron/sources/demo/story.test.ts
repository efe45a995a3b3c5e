import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readStory } from "../../../../electron/sources/demo/story.ts";

const original = join(import.meta.dirname, "../../../../resources/demo");
let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tickmark-story-"));
  cpSync(original, folder, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function edit(name: string, from: string | RegExp, to: string): void {
  const before = readFileSync(join(folder, name), "utf8");
  const after = before.replace(from, to);
  expect(after).not.toBe(before);
  writeFileSync(join(folder, name), after);
}

test("the story is found without being told where it is", () => {
  expect(readStory()).toEqual(readStory(original));
});

describe("a story that does not hang together is refused", () => {
  test("when a file is missing", () => {
    rmSync(join(folder, "people.yaml"));
    expect(() => readStory(folder)).toThrow(expect.objectContaining({ code: "file-missing" }));
  });

  test("when a change has a field that nobody knows", () => {
    edit("changes.yaml", "approver: adaeze,", "aprover: adaeze,");
    expect(() => readStory(folder)).toThrow(expect.objectContaining({ code: "record-invalid" }));
  });

  test("when a time does not say in which zone it is", () => {
    edit("changes.yaml", "2026-01-05T10:42:00+01:00", "2026-01-05T10:42:00");
    expect(() => readStory(folder)).toThrow(expect.objectContaining({ code: "record-invalid" }));
  });

  test("when a change edits a file that is not there", () => {
    edit("changes.yaml", "file: Journal }", "file: Diary }");
    expect(() => readStory(folder)).toThrow(/Diary/);
  });

  test("when a deployment deploys a tag that is not there", () => {
    edit("deployments.yaml", /tag: v1\.41\.0, by/, "tag: v9.9.9, by");
    expect(() => readStory(folder)).toThrow(/dep-0415/);
  });
});
