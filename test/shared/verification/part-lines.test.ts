import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readLines } from "../../../shared/verification/part-lines.ts";

async function linesIn(pieces: readonly Uint8Array[]): Promise<string[]> {
  async function* stream() {
    yield* pieces;
  }
  const lines: string[] = [];
  for await (const line of readLines(stream())) lines.push(Buffer.from(line).toString());
  return lines;
}

describe("the lines of a part that comes in pieces", () => {
  it("are those of the whole text, wherever it was cut", async () => {
    const text = fc.string({ unit: fc.constantFrom("a", "変", "\n", "\r"), maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(text, fc.array(fc.nat({ max: 40 })), async (whole, cuts) => {
        const bytes = Buffer.from(whole);
        const ends = [...cuts.filter((cut) => cut < bytes.length).sort((a, b) => a - b), bytes.length];
        const pieces = ends.map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end));
        expect(await linesIn(pieces)).toEqual(whole.split("\n").filter((line) => line !== ""));
      }),
    );
  });
});
