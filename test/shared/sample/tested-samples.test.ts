import { describe, expect, it } from "vitest";
import type { DrawPurpose } from "../../../shared/model/draw-purpose.ts";
import type { Draw, Freeze } from "../../../shared/model/sample.ts";
import { referenceIn, testedSamples } from "../../../shared/sample/tested-samples.ts";
import { plainDraw } from "../../draw-entry.ts";

const freezes: Freeze[] = ["old", "new"].map((id) => {
  return { id, population: "change", at: "2026-01-01T00:00:00.000Z", by: "A", size: 9, digest: "0".repeat(64) };
});

function drawOf(id: string, items: string[], more: Partial<Draw> = {}): Draw {
  return {
    ...{ id, freezeId: "new", population: "change", populationDigest: "", populationSize: 9, ...plainDraw },
    ...{ method: "rank", seed: id, size: items.length, rationale: "R", at: "2026-01-01T00:00:00.000Z", by: "A", items },
    ...more,
  };
}

const follow = (id: string, items: string[], purpose: DrawPurpose) => drawOf(id, items, { purpose });
const replace = (of: string, id: string, item: string, replaces: string) =>
  follow(id, [item], { kind: "replacement", of, replaces, reason: "void", explanation: "E" });

describe("the draws that are tested", () => {
  it("are the newest one by chance of the newest freeze with all that followed it, and all that the auditor named", () => {
    const log = [
      drawOf("before", ["a"], { freezeId: "old" }),
      drawOf("first", ["a", "b"]),
      replace("first", "first-replacement", "c", "a"),
      drawOf("named", ["d"], { method: "targeted", statistical: false, seed: "" }),
      drawOf("second", ["e", "f"]),
      drawOf("as-it-came", ["g"], { method: "haphazard", statistical: false, seed: "" }),
      replace("second", "second-replacement", "h", "f"),
      follow("more", ["i"], { kind: "expansion", of: "second", risk: null }),
      drawOf("named-again", ["a"], { method: "targeted", statistical: false, seed: "" }),
    ];
    const samples = testedSamples(log, freezes);
    expect(samples.map(({ id, reference, isApart }) => [id, reference, isApart])).toEqual([
      ["second", "C", false],
      ["named", "C.T1", true],
      ["named-again", "C.T2", true],
      ["as-it-came", "C.H1", true],
    ]);
    const [sample] = samples;
    expect(sample?.draws.map(({ id }) => id)).toEqual(["second", "second-replacement", "more"]);
    expect(sample?.items).toEqual(["e", "h", "i"]);
  });

  it("keep the numbers of their items when one is replaced, also a replacement itself", () => {
    const log = [drawOf("d", ["a", "b"]), replace("d", "r1", "c", "a"), replace("d", "r2", "e", "c")];
    const [sample] = testedSamples(log, freezes);
    if (!sample) throw new Error("no sample");
    expect(sample.items).toEqual(["b", "e"]);
    expect(sample.items.map((item) => referenceIn(sample, item))).toEqual(["C.2", "C.4"]);
  });

  it("are of everything when that was drawn last", () => {
    const log = [drawOf("d", ["a"]), drawOf("all", ["a", "b"], { method: "everything", statistical: false, seed: "" })];
    expect(testedSamples(log, freezes).map(({ id }) => id)).toEqual(["all"]);
  });

  it("are none before anything was drawn from the newest freeze", () => {
    expect(testedSamples([drawOf("before", ["a"], { freezeId: "old" })], freezes)).toEqual([]);
    expect(testedSamples([], [])).toEqual([]);
  });
});
