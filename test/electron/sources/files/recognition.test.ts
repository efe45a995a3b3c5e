import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, test } from "vitest";
import { fileFormats } from "../../../../electron/sources/files/file-formats.ts";
import { describeSample } from "../../../../electron/sources/files/file-sample.ts";
import { recogniseFile } from "../../../../electron/sources/files/recognition.ts";
import { fixtures } from "../../../shared/facts/fixture-evidence.ts";

const sampleSize = 64 * 1024;

/** Each fixture, by the format that its folder names. */
const files = readdirSync(fixtures)
  .flatMap((format) => listFiles(join(fixtures, format)).map((path) => ({ format, path })))
  .map(({ format, path }) => ({ format, path, name: path.slice(fixtures.length + 1) }));

function listFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

function sampleOf(path: string, bytes: Uint8Array = readFileSync(path)) {
  const begin = bytes.subarray(0, sampleSize);
  return describeSample({
    name: `handed-over/${path.split("/").at(-1)}`,
    size: bytes.length,
    bytes: begin,
    isWhole: bytes.length <= sampleSize,
  });
}

describe("a file is recognised by its content", () => {
  test.each(files)("$name as $format and as nothing else that is as sure", ({ format, path }) => {
    const taken = recogniseFile(sampleOf(path));
    expect("format" in taken ? taken.format.format : taken.reason).toBe(format);
  });

  it("whatever it is called", () => {
    for (const { format, path } of files) {
      const taken = recogniseFile({ ...sampleOf(path), name: "x" });
      // A history of one issue names its issue only in the file's name.
      if (format !== "jira.changelog") expect("format" in taken && taken.format.format, path).toBe(format);
    }
  });
});

it("every format has a title and says how it is recognised, and none is there twice", () => {
  expect(new Set(fileFormats.map(({ format }) => format)).size).toBe(fileFormats.length);
  for (const { format, title, recognisedBy } of fileFormats) {
    expect(title.length, format).toBeGreaterThan(5);
    expect(recognisedBy.length, format).toBeGreaterThan(5);
  }
});

it("no recogniser throws on bytes that are nothing", () => {
  for (const bytes of [
    new Uint8Array(),
    new Uint8Array(300).fill(0xff),
    Buffer.from('{"a":'),
    Buffer.from("<"),
    Buffer.from("[[[["),
  ]) {
    expect(() => recogniseFile(sampleOf("x", bytes))).not.toThrow();
  }
});
