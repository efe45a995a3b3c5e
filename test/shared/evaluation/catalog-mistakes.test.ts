import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileCatalog, listMistakes } from "../../../shared/evaluation/catalog-compilation.ts";
import { catalogText } from "./catalog-under-test.ts";
import { writeCatalog } from "./edited-catalog.ts";

const small = writeCatalog([
  { id: "SML-01", limit: 200, assertions: ["small", "titled"] },
  { id: "SML-02", limit: 100, assertions: ["small", "reviewed"] },
]).replaceAll("{id: ", "\n{id: ");

/** Line and column of a part of the text, both from 1. */
function placeOf(text: string, part: string) {
  const before = text.slice(0, text.indexOf(part)).split("\n");
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

describe("what is wrong with a catalog while it is written", () => {
  it("is nothing in the catalog that Tickmark brings", () => {
    expect(listMistakes(catalogText)).toEqual([]);
  });

  it("is told of every assertion at once, each in its place, in the order of the text", () => {
    const text = small
      .replace("change.title != ''", "change.titel != ''")
      .replace("change.reviews.exists", "change.revews.exists");
    const mistakes = listMistakes(text);
    expect(mistakes.map(({ what }) => what)).toEqual([
      expect.stringMatching(/^SML-01 pass: .*titel/),
      expect.stringMatching(/^SML-02 pass: .*revews/),
    ]);
    expect(mistakes[0]?.place).toEqual({ line: placeOf(text, "change.titel").line, column: expect.any(Number) });
    expect(mistakes[1]?.place.line).toBe(placeOf(text, "change.revews").line);
  });

  it("is told of every part that has another shape, and of every fault of the YAML", () => {
    const shape = small.replace("title: Edited", "title: 4").replace("risk: It is large.", "risk: []");
    const parts = new Set(listMistakes(shape).map(({ what }) => what.split(":")[0]));
    expect([...parts]).toEqual(["title", "SML-01 risk"]);
    const [first] = listMistakes("id: a\nid: b\ntitle: [\n");
    expect(first?.place.line).toBe(2);
    expect(listMistakes("a: &x 1\nb: *x\n").map(({ what }) => what)).toEqual([expect.stringContaining("alias")]);
    expect(listMistakes("")).toHaveLength(1);
  });

  it("is not told twice of a control that is tested on two populations", () => {
    const twice = "population: deployment, pass: \"deployment.id != ''\"";
    const text = small
      .replace(
        "[{id: small",
        `[{id: also, needs: [requests], passes: It has an id., fails: It has none., ${twice}}, {id: small`,
      )
      .replace("type: int", "type: bool");
    const told = listMistakes(text).map(({ message }) => message);
    expect(told).toEqual([expect.stringContaining("the default of limit is not of type bool")]);
  });

  it("is what stops the catalog from being loaded: never one without the other", () => {
    const cut = fc.record({
      at: fc.nat(small.length),
      length: fc.nat(12),
      instead: fc.constantFrom("", "x", ":", "'", "{", "\n"),
    });
    fc.assert(
      fc.property(cut, ({ at, length, instead }) => {
        const text = small.slice(0, at) + instead + small.slice(at + length);
        const stopped = messageOf(() => compileCatalog(text));
        const told = listMistakes(text).map(({ message }) => message);
        expect(told.length > 0).toBe(stopped !== null);
        if (stopped !== null) expect(told).toContain(stopped);
      }),
      { numRuns: 150 },
    );
  });
});

function messageOf(load: () => unknown): string | null {
  try {
    load();
    return null;
  } catch (thrown) {
    return (thrown as Error).message;
  }
}
