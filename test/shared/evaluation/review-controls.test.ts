import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { History, loginOf, oneRequest } from "../population/history.ts";
import { test } from "./catalog-under-test.ts";

/** Request 1 by ada: opened on a base, merged at hour 10. The story adds what matters. */
const outcome = (
  control: string,
  tell: (history: History, at: ReturnType<typeof oneRequest>) => void,
  parameters = {},
) => {
  const history = new History();
  const at = oneRequest(history);
  tell(history, at);
  return test(control, history.change(at.merge), parameters);
};
const rev01 = (tell: Parameters<typeof outcome>[1], parameters = {}) =>
  outcome("REV-01", tell, { "REV-01": parameters });

describe("REV-01, independence", () => {
  it("passes when another known person approves the last commit before the merge", () => {
    const result = rev01((history, { head }) => history.review(1, "ben", head, { hour: 5 }));
    expect(result).toMatchObject({ outcome: "pass", reason: expect.stringContaining("by ben.") });
  });

  it("fails without any review, although review data was pulled", () => {
    expect(rev01(() => {})).toMatchObject({ outcome: "fail", reason: expect.stringContaining("nobody approved it") });
  });

  it("has no evidence when reviews were not pulled, or not for the time", () => {
    const result = rev01((history, { head }) => history.review(1, "ben", head, { hour: 5 }).without("reviews"));
    expect(result).toMatchObject({ outcome: "no-evidence", reason: expect.stringContaining("reviews") });
  });

  it("fails when only the author approves", () => {
    expect(rev01((history, { head }) => history.review(1, "ada", head, { hour: 5 }))).toMatchObject({
      outcome: "fail",
      reason: expect.stringContaining("its own author"),
    });
  });

  it("fails when the author approves with a second login of the same person", () => {
    const history = new History(["ben"]).person("ada", { logins: [loginOf("ada"), "ada-second"] });
    const { head, merge } = oneRequest(history);
    history.review(1, "ada", head, { hour: 5, reviewer: "ada-second" });
    expect(test("REV-01", history.change(merge)).outcome).toBe("fail");
  });

  it("fails when the approver is a co-author by trailer", () => {
    const history = new History();
    const base = history.commit({ at: 0 });
    const head = history.commit({ parents: [base], at: 1, coAuthors: ["ben"] });
    const merge = history.merge(base, head, { at: 10 });
    history.main(merge).request(1, { head, mergeCommit: merge, hour: 10 }).review(1, "ben", head, { hour: 5 });
    expect(test("REV-01", history.change(merge)).outcome).toBe("fail");
  });

  it("fails when two authors approve each other's commits", () => {
    const history = new History();
    const base = history.commit({ at: 0 });
    const first = history.commit({ by: "ada", parents: [base], at: 1 });
    const head = history.commit({ by: "ben", parents: [first], at: 2 });
    const merge = history.merge(base, head, { at: 10 });
    history.main(merge).request(1, { head, listed: [first, head], mergeCommit: merge, hour: 10 });
    history.review(1, "ben", head, { hour: 5 }).review(1, "ada", head, { hour: 6 });
    expect(test("REV-01", history.change(merge)).outcome).toBe("fail");
  });

  it("counts who opened the request as an author of another's commits", () => {
    const history = new History();
    const base = history.commit({ at: 0 });
    const head = history.commit({ by: "ada", parents: [base], at: 1 });
    const merge = history.merge(base, head, { at: 10 });
    history.main(merge).request(1, { head, mergeCommit: merge, author: loginOf("ben"), hour: 10 });
    history.review(1, "ben", head, { hour: 5 });
    const change = history.change(merge);
    expect(change.authors.map(({ id }) => id)).toEqual(["ben", "ada"]);
    expect(test("REV-01", change).outcome).toBe("fail");
  });

  it("does not care who merges, when somebody else approved", () => {
    const result = rev01((history, { head }) => history.review(1, "cleo", head, { hour: 5 }));
    expect(result.outcome).toBe("pass");
  });

  it("has no evidence when the only approver's identity is unknown, and names the login", () => {
    const result = rev01((history, { head }) => history.review(1, "x", head, { hour: 5, reviewer: "who-is-this" }));
    expect(result).toMatchObject({ outcome: "no-evidence", reason: expect.stringContaining("who-is-this") });
  });

  it("has no evidence when an author's identity is unknown, even with an approval", () => {
    const history = new History(["ben"]);
    const { head, merge } = oneRequest(history);
    history.review(1, "ben", head, { hour: 5 });
    expect(test("REV-01", history.change(merge))).toMatchObject({
      outcome: "no-evidence",
      reason: expect.stringContaining("ada-login"),
    });
  });

  it("fails when the approver is a bot", () => {
    const result = rev01((history, { head }) =>
      history.review(1, "x", head, { hour: 5, reviewer: "lint[bot]", reviewerType: "bot" }),
    );
    expect(result).toMatchObject({ outcome: "fail", reason: expect.stringContaining("bot") });
  });

  it("fails when the host says that the approver has no right to approve", () => {
    const result = rev01((history, { head }) => history.review(1, "ben", head, { hour: 5, mayApprove: false }));
    expect(result).toMatchObject({ outcome: "fail", reason: expect.stringContaining("no right") });
  });

  it("lets a bot's own request in without approval only where the policy lists the account that the host knows", () => {
    const history = new History();
    const base = history.commit({ at: 0 });
    const head = history.commit({ by: "x", parents: [base], at: 1 });
    const merge = history.merge(base, head, { at: 10 });
    history.main(merge).request(1, {
      head,
      listed: [],
      commits: 0,
      mergeCommit: merge,
      author: "dependabot[bot]",
      authorType: "bot",
      hour: 10,
    });
    const author = {
      id: "github:dependabot[bot]",
      name: "dependabot[bot]",
      known: true,
      bot: true,
      roles: [],
      account: "dependabot[bot]",
    };
    const change = { ...history.change(merge), authors: [author] };
    const whole = { ...change, coverage: { ...change.coverage, requests: true } };
    expect(test("REV-01", whole).outcome).toBe("fail");
    expect(test("REV-01", whole, { "REV-01": { botAuthors: ["dependabot[bot]"] } }).outcome).toBe("pass");
    expect(test("REV-01", whole, { "REV-01": { botAuthors: ["renovate[bot]"] } }).outcome).toBe("fail");
  });

  it("gives nothing for a git author name that ends in [bot]", () => {
    const history = new History();
    const base = history.commit({ at: 0 });
    const head = history.commit({ by: "dependabot[bot]", parents: [base], at: 1 });
    const merge = history.merge(base, head, { at: 10 });
    history.main(merge).request(1, { head, mergeCommit: merge, hour: 10 });
    const result = test("REV-01", history.change(merge), { "REV-01": { botAuthors: ["dependabot[bot]"] } });
    expect(result.outcome).toBe("no-evidence");
  });
});

describe("REV-01, time and content", () => {
  it("fails when another commit was pushed after the approval", () => {
    const history = new History();
    const base = history.commit({ at: 0 });
    const first = history.commit({ parents: [base], at: 1 });
    const head = history.commit({ parents: [first], at: 6 });
    const merge = history.merge(base, head, { at: 10 });
    history.main(merge).request(1, { head, listed: [first, head], mergeCommit: merge, hour: 10 });
    history.review(1, "ben", first, { hour: 5 });
    expect(test("REV-01", history.change(merge))).toMatchObject({
      outcome: "fail",
      reason: expect.stringContaining("other commits were pushed"),
    });
  });

  it("fails when the last commit is dated before the approval but was not what was approved", () => {
    const history = new History();
    const base = history.commit({ at: 0 });
    const first = history.commit({ parents: [base], at: 4 });
    const head = history.commit({ parents: [first], at: 1 });
    const merge = history.merge(base, head, { at: 10 });
    history.main(merge).request(1, { head, listed: [first, head], mergeCommit: merge, hour: 10 });
    history.review(1, "ben", first, { hour: 5 });
    expect(test("REV-01", history.change(merge)).outcome).toBe("fail");
  });

  it("fails when the approved commits were replaced by a force-push", () => {
    expect(rev01((history) => history.review(1, "ben", "d".repeat(40), { hour: 5 })).outcome).toBe("fail");
  });

  it("fails when the approval came after the merge", () => {
    expect(rev01((history, { head }) => history.review(1, "ben", head, { hour: 11 }))).toMatchObject({
      outcome: "fail",
      reason: expect.stringContaining("only after the merge"),
    });
  });

  it("fails when the approval was dismissed and not renewed", () => {
    expect(rev01((history, { head }) => history.review(1, "ben", head, { hour: 5, state: "dismissed" }))).toMatchObject(
      {
        outcome: "fail",
        reason: expect.stringContaining("dismissed"),
      },
    );
  });

  it("passes when a dismissed approval was renewed", () => {
    const result = rev01((history, { head }) =>
      history.review(1, "ben", head, { hour: 4, state: "dismissed" }).review(1, "ben", head, { hour: 6 }),
    );
    expect(result.outcome).toBe("pass");
  });

  it("fails when the approver later requested changes", () => {
    const result = rev01((history, { head }) =>
      history.review(1, "ben", head, { hour: 4 }).review(1, "ben", head, { hour: 5, state: "changes-requested" }),
    );
    expect(result.outcome).toBe("fail");
  });

  it("fails while another person's request for changes stands, unless the policy allows it", () => {
    const tell: Parameters<typeof rev01>[0] = (history, { head }) =>
      history.review(1, "cleo", head, { hour: 4, state: "changes-requested" }).review(1, "ben", head, { hour: 5 });
    expect(rev01(tell)).toMatchObject({ outcome: "fail", reason: expect.stringContaining("objection") });
    expect(rev01(tell, { openObjections: true }).outcome).toBe("pass");
  });

  it("passes when who requested changes approves the last commit", () => {
    const result = rev01((history, { head }) =>
      history.review(1, "ben", head, { hour: 4, state: "changes-requested" }).review(1, "ben", head, { hour: 5 }),
    );
    expect(result.outcome).toBe("pass");
  });

  it("fails when what was merged is not the request's last commit", () => {
    const history = new History();
    const base = history.commit({ at: 0 });
    const head = history.commit({ parents: [base], at: 1 });
    const extra = history.commit({ parents: [head], at: 2 });
    const merge = history.merge(base, extra, { at: 10 });
    history.main(merge).request(1, { head, mergeCommit: merge, hour: 10 }).review(1, "ben", head, { hour: 5 });
    expect(test("REV-01", history.change(merge))).toMatchObject({
      outcome: "fail",
      reason: expect.stringContaining("not the last commit"),
    });
  });

  it("has no evidence when a page of the reviews or a commit of the request is missing", () => {
    const history = new History();
    const base = history.commit({ at: 0 });
    const head = history.commit({ parents: [base], at: 1 });
    const merge = history.merge(base, head, { at: 10 });
    history
      .main(merge)
      .request(1, { head, commits: 2, mergeCommit: merge, hour: 10 })
      .review(1, "ben", head, { hour: 5 });
    expect(test("REV-01", history.change(merge)).outcome).toBe("no-evidence");
  });

  it("has no evidence for the earlier commits of a rebase merge, which the host does not name", () => {
    const history = new History();
    const base = history.commit({ at: 0 });
    const one = history.commit({ parents: [base], at: 1, message: "One\n" });
    const two = history.commit({ parents: [one], at: 2, message: "Two\n" });
    const copyOfOne = history.commit({ parents: [base], at: 9, message: "One\n" });
    const copyOfTwo = history.commit({ parents: [copyOfOne], at: 10, message: "Two\n" });
    history.main(copyOfTwo).request(1, { head: two, listed: [one, two], mergeCommit: copyOfTwo, hour: 10 });
    history.review(1, "ben", two, { hour: 5 });
    expect(test("REV-01", history.change(copyOfTwo)).outcome).toBe("pass");
    expect(test("REV-01", history.change(copyOfOne)).outcome).toBe("no-evidence");
    expect(test("REV-06", history.change(copyOfOne)).outcome).toBe("no-evidence");
  });

  it("always fails or lacks evidence when the approval is of the wrong person, commit, time or state", () => {
    const wrong = fc.constantFrom<[string, object]>(
      ["ada", {}],
      ["ben", { hour: 11 }],
      ["ben", { commit: "e".repeat(40) }],
      ["ben", { commit: null }],
      ["ben", { state: "dismissed" }],
      ["ben", { state: "commented" }],
      ["ben", { state: "changes-requested" }],
      ["ben", { mayApprove: false }],
      ["x", { reviewer: "stranger" }],
      ["x", { reviewer: "" }],
      ["x", { reviewer: "lint[bot]", reviewerType: "bot" }],
    );
    fc.assert(
      fc.property(fc.array(wrong, { maxLength: 5 }), (reviews) => {
        const result = rev01((history, { head }) => {
          for (const [by, given] of reviews) history.review(1, by, head, { hour: 5, ...given });
        });
        expect(result.outcome).not.toBe("pass");
      }),
    );
  });
});

describe("REV-06, past review", () => {
  it("passes a change that the host records as a request's merge", () => {
    expect(outcome("REV-06", () => {}).outcome).toBe("pass");
  });

  it("fails a commit that was pushed straight to the release branch", () => {
    const history = new History();
    const pushed = history.commit({ at: 1 });
    history.main(pushed);
    expect(test("REV-06", history.change(pushed)).outcome).toBe("fail");
    expect(test("REV-01", history.change(pushed)).outcome).toBe("fail");
  });

  it("fails a single-parent commit whose message claims a request: messages prove nothing", () => {
    const history = new History();
    const base = history.commit({ at: 0 });
    const pushed = history.commit({ parents: [base], at: 1, message: "Merge pull request #42 from x/y\n" });
    history.main(pushed);
    expect(test("REV-06", history.change(pushed))).toMatchObject({
      outcome: "fail",
      reason: expect.stringContaining("request 42"),
    });
  });

  it("fails a merge made locally whose message names a real request that the host merged by another commit", () => {
    const history = new History();
    const { head, merge } = oneRequest(history);
    const other = history.commit({ parents: [head], at: 11 });
    const local = history.commit({ parents: [merge, other], at: 12, message: "Merge pull request #1 from x/y\n" });
    history.main(local);
    expect(test("REV-06", history.change(local)).outcome).toBe("fail");
  });

  it("has no evidence when no request data was handed over", () => {
    expect(outcome("REV-06", (history) => history.without("requests")).outcome).toBe("no-evidence");
  });
});
