import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evaluateItem } from "../../../shared/evaluation/evaluation.ts";
import type { Change } from "../../../shared/model/change.ts";
import { splitAccount } from "../population/decided-people.ts";
import { emailOf, History, loginOf } from "../population/history.ts";
import { compiledCatalog, evaluateChange } from "./catalog-under-test.ts";

const persons = ["ada", "ben", "cleo", "stranger", "lint[bot]"] as const;
type Name = (typeof persons)[number];

interface Approval {
  readonly by: Name;
  /** How many commits were pushed after the one that it was given on; -1: that one was force-pushed away. */
  readonly on: number;
  readonly hour: number;
  readonly state: "approved" | "dismissed" | "changes-requested" | "commented";
  readonly mayApprove: boolean;
}

interface Story {
  /** Author and co-authors of each commit of the request. */
  readonly commits: readonly { readonly by: Name; readonly with: readonly Name[] }[];
  readonly opener: Name;
  readonly squashed: boolean;
  readonly approvals: readonly Approval[];
}

const mergeHour = 50;
const known = fc.constantFrom<Name>("ada", "ada", "ben", "cleo");
const commit = fc.record({
  by: known,
  with: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.tuple(known) }),
});
const approval = fc.record({
  by: fc.constantFrom<Name>(...persons, "ben", "cleo"),
  on: fc.constantFrom(0, 0, 0, 0, 1, -1),
  hour: fc.integer({ min: mergeHour - 8, max: mergeHour + 2 }),
  state: fc.constantFrom("approved", "approved", "approved", "approved", "dismissed", "changes-requested", "commented"),
  mayApprove: fc.constantFrom(true, true, true, false),
});
const story: fc.Arbitrary<Story> = fc.record({
  commits: fc.array(commit, { minLength: 1, maxLength: 3 }),
  opener: known,
  squashed: fc.boolean(),
  approvals: fc.array(approval, { maxLength: 5 }),
});

/** The change that a story leads to. */
function tell({ commits, opener, squashed, approvals }: Story): Change {
  const history = new History(["ada", "ben", "cleo"]);
  const base = history.commit({ by: "dan", at: 0 });
  const listed: string[] = [];
  for (const each of commits) {
    listed.push(history.commit({ by: each.by, coAuthors: each.with, parents: [listed.at(-1) ?? base] }));
  }
  const head = listed.at(-1) ?? base;
  const options = { by: opener, at: mergeHour, committer: "noreply@github.com" };
  const merge = squashed ? history.commit({ ...options, parents: [base] }) : history.merge(base, head, options);
  history.main(merge).request(1, { head, listed, mergeCommit: merge, author: loginOf(opener), hour: mergeHour });
  for (const { by, on, hour, state, mayApprove } of approvals) {
    const given = by === "lint[bot]" ? ({ reviewer: by, reviewerType: "bot" } as const) : {};
    history.review(1, by, (on < 0 ? undefined : listed.at(-1 - on)) ?? "d".repeat(40), {
      hour,
      state,
      mayApprove,
      ...given,
    });
  }
  return history.change(merge);
}

/** Whether an approval counts, told from the story and not from what was made of it. */
function counts({ commits, opener, approvals }: Story, approval: Approval): boolean {
  const authors = new Set<Name>([opener, ...commits.flatMap((each) => [each.by, ...each.with])]);
  const isLast = approval.on === 0;
  const isKnown = approval.by !== "stranger" && approval.by !== "lint[bot]";
  const isWithdrawn = approvals.some(
    ({ by, state, hour }) =>
      by === approval.by &&
      (state === "dismissed" || state === "changes-requested") &&
      hour >= approval.hour &&
      hour < mergeHour,
  );
  const isGood = approval.state === "approved" && approval.mayApprove && approval.hour < mergeHour;
  return isGood && isKnown && isLast && !authors.has(approval.by) && !isWithdrawn;
}

describe("on generated histories, an approval", () => {
  it("by an author, a co-author, a bot, a stranger, before the last commit, dismissed or after the merge never counts", () => {
    let passed = 0;
    fc.assert(
      fc.property(story, (told) => {
        const [result] = evaluateChange("REV-01", tell(told));
        if (result?.outcome !== "pass") return;
        passed += 1;
        expect(told.approvals.some((each) => counts(told, each))).toBe(true);
      }),
      { numRuns: 300 },
    );
    // A rule that never passes would hold, too.
    expect(passed).toBeGreaterThan(0);
  });

  it("counts whenever it is none of these and nobody objects", () => {
    const good = story.map((told) => ({
      ...told,
      approvals: told.approvals.filter((each) => counts(told, each) || each.state === "commented"),
    }));
    fc.assert(
      fc.property(good, (told) => {
        const expected = told.approvals.some((each) => counts(told, each)) ? "pass" : "fail";
        expect(evaluateChange("REV-01", tell(told))[0]?.outcome).toBe(expected);
      }),
      { numRuns: 100 },
    );
  });
});

describe("separation of duties", () => {
  const history = new History(["ada", "ben", "dan"]).person("eve", {
    roles: ["subject-matter-expert", "change-board"],
  });
  const base = history.commit({ by: "dan", at: 0 });
  const head = history.commit({ by: "ada", parents: [base], at: 1, message: "LED-1 Do it\n" });
  const merge = history.merge(base, head, { at: 10 });
  history.main(merge).request(1, { head, mergeCommit: merge, hour: 10 });
  history.review(1, "eve", head, { hour: 5 }).ticket("LED-1", { createdAt: "2026-02-01T09:00:00.000Z" });
  history.fact({
    kind: "changed-paths",
    repository: "ledger",
    commit: merge,
    paths: [{ path: "security/Jenkinsfile", status: "M" }],
  });
  history.tag("v1", merge).build(merge).build(merge, "success", { job: "lint" }).deploy("v1", { hour: 30 });

  /** Assertions of the catalog that ask whether persons are different. */
  const asking = ["TRC-04", "REV-01", "REV-02", "INF-01", "CAB-03", "SOD-01"];
  const outcomes = (change: Change) =>
    new Map(
      evaluateItem(compiledCatalog(), "change", change)
        .filter(({ control }) => asking.includes(control))
        .map(({ control, outcome }) => [control, outcome]),
    );

  it("passes while everybody is known", () => {
    expect([...outcomes(history.change(merge)).values()]).toEqual(asking.map(() => "pass"));
  });

  it.each([
    [
      "the author",
      [
        { system: "github", name: loginOf("ada") },
        { system: "git", name: emailOf("ada") },
      ] as const,
      asking,
    ],
    ["the author's address alone", [{ system: "git", name: emailOf("ada") }] as const, asking],
    ["the approver", [{ system: "github", name: loginOf("eve") }] as const, asking],
    ["the deployer", [{ system: "deploy", name: loginOf("dan") }] as const, ["SOD-01"]],
  ])("has no evidence once %s is unknown, and never passes", (_words, accounts, controls) => {
    const found = outcomes(splitAccount(history, accounts).change(merge));
    for (const control of controls) expect([control, found.get(control)]).toEqual([control, "no-evidence"]);
  });

  it("never passes more for any identity that becomes unknown", () => {
    const accounts = ["ada", "ben", "dan", "eve"].flatMap((name) => [
      { system: "github" as const, name: loginOf(name) },
      { system: "git" as const, name: emailOf(name) },
      { system: "deploy" as const, name: loginOf(name) },
    ]);
    const before = outcomes(history.change(merge));
    fc.assert(
      fc.property(fc.subarray(accounts, { minLength: 1 }), (unknown) => {
        for (const [control, outcome] of outcomes(splitAccount(history, unknown).change(merge))) {
          if (outcome === "pass") expect([control, before.get(control)]).toEqual([control, "pass"]);
          expect([control, outcome]).not.toEqual([control, "fail"]);
        }
      }),
      { numRuns: 60 },
    );
  });
});
