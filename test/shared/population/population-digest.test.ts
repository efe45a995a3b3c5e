import { execFileSync } from "node:child_process";
import { hash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareBytes, digestPopulation, listIds, sortByBytes } from "../../../shared/population/population-digest.ts";

const digest = (content: Uint8Array | string) => hash("sha256", content, "hex");
const id = fc.string({ unit: "binary", minLength: 1 }).filter((text) => !text.includes("\n") && text.isWellFormed());

describe("population digest", () => {
  it("is what sort and sha256sum give", () => {
    const ids = ["b", "a", "ä", "Z", "𝛼", "\uffee", "a b"];
    const sorted = execFileSync("sort", { input: `${ids.join("\n")}\n`, env: { ...process.env, LC_ALL: "C" } });
    expect(listIds(ids)).toBe(sorted.toString());
    expect(digestPopulation(ids, digest)).toBe(digest(sorted));
  });

  it("always orders as the UTF-8 bytes do", () => {
    fc.assert(
      fc.property(id, id, (a, b) => {
        expect(Math.sign(compareBytes(a, b))).toBe(Math.sign(Buffer.compare(Buffer.from(a), Buffer.from(b))));
      }),
    );
  });

  it("always sorts as the UTF-8 bytes do, with and without characters beyond the basic plane", () => {
    const basic = fc.string({ minLength: 1 });
    fc.assert(
      fc.property(fc.array(fc.oneof(basic, id)), fc.array(basic), (mixed, plain) => {
        for (const ids of [mixed, plain]) {
          const sorted = ids.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
          expect(sortByBytes(ids)).toEqual(sorted);
        }
      }),
    );
  });

  it("never depends on the order of the items", () => {
    fc.assert(
      fc.property(fc.uniqueArray(id), (ids) => {
        expect(digestPopulation([...ids].reverse(), digest)).toBe(digestPopulation(ids, digest));
      }),
    );
  });

  it.each([[["a", "a"]], [[""]], [["a\nb"]], [["a\ud800"]], [["\udc00b", "ok"]]])(
    "refuses ids that would make two populations look the same: %j",
    (ids) => {
      expect(() => digestPopulation(ids, digest)).toThrowError(expect.objectContaining({ code: "record-invalid" }));
    },
  );
});
