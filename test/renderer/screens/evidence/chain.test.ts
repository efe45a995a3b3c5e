import { describe, expect, test } from "vitest";
import { usualCoverage } from "../../../../build/bench/item-parts.ts";
import { chainOf, worstOf } from "../../../../renderer/screens/evidence/chain.ts";
import type { LinkKind } from "../../../../renderer/screens/evidence/link-entry.ts";
import type { Change } from "../../../../shared/model/change.ts";
import type { ItemView } from "../../../../shared/model/view.ts";
import { changeAt, itemView } from "../../fixtures/item-fixture.ts";
import { catalog } from "../../fixtures/testing-fixture.ts";

const whole = itemView("change", 1, 100);

function viewOf(change: Partial<Change>, results = whole.results): ItemView {
  return { ...whole, item: { ...changeAt(1, 100), ...change }, results };
}

function linkOf(view: ItemView, kind: LinkKind) {
  const link = chainOf(view, catalog.catalog).find((each) => each.kind === kind);
  if (!link) throw new Error(`There is no link ${kind}.`);
  return link;
}

const textsOf = (view: ItemView, kind: LinkKind) => linkOf(view, kind).entries.map(({ text }) => text);

describe("the chain of a change", () => {
  test("goes from ticket to deployment", () => {
    expect(chainOf(whole, catalog.catalog).map(({ kind }) => kind)).toEqual([
      "ticket",
      "commit",
      "review",
      "build",
      "deployment",
    ]);
  });

  test("tells each result once, at the link that it is most about", () => {
    const links = chainOf(whole, catalog.catalog);
    const told = links.flatMap((link) => link.told.map(({ control }) => `${control} at ${link.kind}`));
    expect(told.sort()).toEqual([
      "REV-01 at review",
      "REV-06 at review",
      "SOD-01 at deployment",
      "TRC-01 at ticket",
      "TST-01 at build",
    ]);
    expect(linkOf(whole, "commit").alsoRead.map(({ control }) => control)).toEqual(["REV-01", "SOD-01"]);
  });

  test("a result that the catalog does not know is told at the end, not dropped", () => {
    const [result] = whole.results;
    if (!result) throw new Error("The fixture has no result.");
    const view = viewOf({}, [{ ...result, control: "XXX-01" }]);
    expect(linkOf(view, "deployment").told).toHaveLength(1);
  });

  test("puts each record of evidence to the link that was read from it", () => {
    expect(linkOf(whole, "review").evidence.map(({ as }) => as)).toEqual(["request", "review"]);
  });

  test("says whose clock a time is from", () => {
    expect(linkOf(viewOf({ clock: "committer" }), "commit").entries[0]?.clock).toBe("committer");
    expect(linkOf(whole, "deployment").entries[0]?.clock).toBe("deployment-log");
  });

  test("a link whose evidence was not pulled says so and finds nothing missing", () => {
    const coverage = {
      ...usualCoverage,
      requests: false,
      reviews: false,
      tickets: false,
      builds: false,
      deployments: false,
    };
    const request = { ...changeAt(1, 100).request, found: false };
    const view = viewOf({
      coverage,
      request,
      reviews: [],
      builds: [],
      releases: [],
      tickets: [],
      ticketKeys: ["LED-1"],
    });
    for (const kind of ["ticket", "review", "build", "deployment"] as const) {
      const link = linkOf(view, kind);
      expect(link.isCovered).toBe(false);
      expect(link.entries.some(({ isOdd }) => isOdd)).toBe(false);
    }
    expect(linkOf(view, "commit").isCovered).toBe(true);
  });

  test("results that miss evidence are told together, with all that they miss, and are not among the others", () => {
    const coverage = { ...usualCoverage, reviews: false };
    const results = whole.results.map((result) =>
      ["REV-01", "REV-06"].includes(result.control) ? { ...result, outcome: "no-evidence" as const } : result,
    );
    const { told, unpulled, state } = linkOf(viewOf({ coverage }, results), "review");
    expect(unpulled?.missing).toEqual(["reviews"]);
    expect(unpulled?.results.map(({ control }) => control)).toEqual(["REV-01"]);
    // Its evidence is there: it says something else, and says it itself.
    expect(told.map(({ control }) => control)).toEqual(["REV-06"]);
    expect(state).toBe("no-evidence");
    expect(linkOf(whole, "review").unpulled).toBeNull();
  });

  test("absence is stated where the evidence was pulled", () => {
    const change = changeAt(1, 100);
    expect(textsOf(viewOf({ reviews: [] }), "review")).toContain("No review was given.");
    expect(textsOf(viewOf({ builds: [] }), "build")).toEqual(["No build ran on this change."]);
    expect(textsOf(viewOf({ releases: [] }), "deployment")).toEqual(["No production deployment contains this change."]);
    expect(textsOf(viewOf({ tickets: [], ticketKeys: ["LED-9"] }), "ticket")).toEqual([
      "LED-9 is named, but there is no such ticket.",
    ]);
    const unfound = viewOf({ request: { ...change.request, found: false }, claimedRequest: 12 });
    expect(textsOf(unfound, "review").join()).toContain("names #12, which proves nothing");
  });

  test("reviews and the merge stand in the order in which they happened", () => {
    const change = changeAt(1, 100);
    const review = change.reviews[0];
    if (!review) throw new Error("The fixture has no review.");
    const late = { ...review, id: "late", at: "2027-01-01T00:00:00.000Z", state: "commented" as const };
    expect(textsOf(viewOf({ reviews: [late, review] }), "review").slice(1)).toEqual([
      "Approved",
      "Merged",
      "Commented",
    ]);
  });

  test("an approval by an account without the right stands out", () => {
    const reviews = changeAt(1, 100).reviews.map((review) => ({ ...review, mayApprove: false }));
    const entry = linkOf(viewOf({ reviews }), "review").entries.find(({ text }) => text.startsWith("Approved"));
    expect(entry).toMatchObject({ isOdd: true, text: expect.stringContaining("may not approve") });
  });
});

describe("the chain of a deployment", () => {
  test("has the revision and the deployment", () => {
    const view = itemView("deployment", 4, 100);
    expect(chainOf(view, catalog.catalog).map(({ kind }) => kind)).toEqual(["commit", "deployment"]);
    expect(linkOf(view, "deployment").entries[0]).toMatchObject({ isOdd: true, clock: "deployment-log" });
  });
});

describe("the sign of a link", () => {
  const result = (outcome: "pass" | "fail" | "no-evidence" | "not-applicable") => {
    const [first] = whole.results;
    if (!first) throw new Error("The fixture has no result.");
    return { ...first, outcome };
  };

  test("is that of its worst result: no failure and no gap hides behind a pass", () => {
    expect(worstOf([result("pass"), result("fail"), result("no-evidence")])).toBe("fail");
    expect(worstOf([result("pass"), result("no-evidence"), result("not-applicable")])).toBe("no-evidence");
    expect(worstOf([result("not-applicable"), result("pass")])).toBe("pass");
    expect(worstOf([])).toBeNull();
  });
});
