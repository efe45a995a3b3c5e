import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EvidenceFormat } from "../../../shared/model/evidence.ts";
import { Fact } from "../../../shared/model/facts.ts";
import { fixtures, readAs } from "./fixture-evidence.ts";

const files = readdirSync(fixtures).flatMap((folder) =>
  readdirSync(join(fixtures, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => ({
      format: EvidenceFormat.parse(folder),
      name: entry.name,
      path: join(entry.parentPath, entry.name),
    })),
);

/** Bytes that break text, numbers, JSON, XML and times. */
const harmful = [
  ...'"{}[]<>&:,-0 9\n\\\t'.split("").map((character) => character.charCodeAt(0)),
  0x00,
  0xff,
  0xc3,
  0x7f,
];

const mutation = fc.record({
  flips: fc.array(fc.tuple(fc.nat(), fc.constantFrom(...harmful)), { maxLength: 4 }),
  cut: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
  doubled: fc.option(fc.tuple(fc.nat(), fc.nat())),
});

function mutate(bytes: Uint8Array, { flips, cut, doubled }: typeof mutation extends fc.Arbitrary<infer T> ? T : never) {
  let mutated: Uint8Array = Uint8Array.from(bytes);
  for (const [at, byte] of flips) if (mutated.length > 0) mutated[at % mutated.length] = byte;
  if (doubled !== null && mutated.length > 0) {
    const [from, to] = doubled.map((at) => at % mutated.length).sort((one, other) => one - other);
    mutated = Buffer.concat([mutated.subarray(0, to), mutated.subarray(from)]);
  }
  return cut === null ? mutated : mutated.subarray(0, Math.floor(cut * mutated.length));
}

describe("no reader throws, whatever the bytes, and what it gives is always a fact", () => {
  test.each(files)("$format $name", ({ format, path, name }) => {
    const bytes = readFileSync(path);
    fc.assert(
      fc.property(mutation, (how) => {
        const { facts } = readAs(format, mutate(bytes, how), { locator: `handed-over/${name}` });
        for (const fact of facts.slice(0, 20)) expect(Fact.safeParse(fact).success).toBe(true);
      }),
      { numRuns: 40 },
    );
  });
});

describe("no reader of any format throws on what is not of its format", () => {
  test.each(EvidenceFormat.options)("%s", (format) => {
    const locators = ["handed-over/file", "https://host.example/repos/a/b/pulls/7/reviews?page=1"];
    const content = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.jsonValue({ maxDepth: 4 }).map((value) => Buffer.from(JSON.stringify(value))),
      fc.string({ unit: "grapheme-ascii", maxLength: 200 }).map((text) => Buffer.from(text)),
    );
    fc.assert(
      fc.property(content, fc.constantFrom(...locators), (bytes, locator) => {
        expect(() => readAs(format, bytes, { locator })).not.toThrow();
      }),
      { numRuns: 100 },
    );
  });
});
