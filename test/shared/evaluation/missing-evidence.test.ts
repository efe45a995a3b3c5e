import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileCatalog } from "../../../shared/evaluation/catalog-compilation.ts";
import { evaluateItem } from "../../../shared/evaluation/evaluation.ts";
import type { Change } from "../../../shared/model/change.ts";
import { EvidenceKind } from "../../../shared/model/coverage.ts";
import { History, oneRequest } from "../population/history.ts";
import { catalogText } from "./catalog-under-test.ts";

const catalog = compileCatalog(catalogText);

function wholeChange(): Change {
  const history = new History();
  const { head, merge } = oneRequest(history);
  history.review(1, "ben", head, { hour: 5 }).ticket("LED-1").tag("v1", merge).build(merge).deploy("v1");
  return history.change(merge);
}

describe("missing evidence", () => {
  it("never leaves a pass standing that needed it", () => {
    const change = wholeChange();
    const assertions = catalog.controls
      .filter(({ population }) => population === "change")
      .flatMap((control) => control.assertions.map(({ assertion }) => assertion));
    const before = evaluateItem(catalog, "change", change);
    expect(before.filter(({ outcome }) => outcome === "pass").length).toBeGreaterThan(5);
    fc.assert(
      fc.property(fc.subarray(EvidenceKind.options, { minLength: 1 }), (missing) => {
        const coverage = { ...change.coverage, ...Object.fromEntries(missing.map((kind) => [kind, false])) };
        const after = evaluateItem(catalog, "change", { ...change, coverage });
        for (const [index, result] of after.entries()) {
          const needs = assertions[index]?.needs ?? [];
          if (needs.some((kind) => missing.includes(kind))) expect(result.outcome).toBe("no-evidence");
          if (result.outcome === "pass") expect(before[index]?.outcome).toBe("pass");
        }
      }),
    );
  });

  it("is no-evidence, and not a pass, when a rule breaks on an item", () => {
    const text = catalogText.replace("pass: change.tickets.size() > 0", "pass: change.tickets[7].key != ''");
    expect(text).not.toBe(catalogText);
    const [result] = evaluateItem(compileCatalog(text), "change", wholeChange());
    expect(result).toMatchObject({
      control: "TRC-01",
      outcome: "no-evidence",
      reason: expect.stringContaining("could not be evaluated"),
    });
  });
});
