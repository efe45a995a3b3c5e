import { describe, expect, it } from "vitest";
import type { ParameterValues } from "../../../shared/model/catalog.ts";
import type { RequestEvent } from "../../../shared/model/request-facts.ts";
import type { Result } from "../../../shared/model/result.ts";
import { History, loginOf, repository } from "../population/history.ts";
import { type MadeHistory, makeTrueHistory, type TrueCommit, type TrueHistory } from "../population/real-history.ts";
import { evaluateChange } from "./catalog-under-test.ts";

/*
 * The cases of the review controls, each on a small history that git itself made and the driver pulled. What only the
 * host knows is told beside it. The change that is looked at is the commit named "merge".
 */

const base: TrueCommit = { name: "base", by: "dan" };
const merged: TrueCommit = { name: "merge", on: ["base", "one"], by: "ada", committer: "host", at: 20 };
const plain: TrueHistory = {
  commits: [base, { name: "one" }, merged],
  requests: [{ number: 1, commits: ["one"], merge: "merge" }],
};
const of = (
  commits: readonly TrueCommit[],
  listed: readonly string[],
  given: Partial<TrueHistory> = {},
): TrueHistory => ({
  commits: [base, ...commits],
  requests: [{ number: 1, commits: listed, merge: "merge" }],
  ...given,
});
const withSquash = (files: Record<string, string> = {}) =>
  of(
    [
      { name: "one" },
      { name: "merge", on: ["base"], committer: "host", copies: ["one"], files, message: "Do it (#1)", at: 20 },
    ],
    ["one"],
  );
const coAuthored = of([{ name: "one", coAuthors: ["ben"] }, merged], ["one"]);
const twoAuthors = of(
  [{ name: "one" }, { name: "two", by: "ben" }, { ...merged, on: ["base", "two"] }],
  ["one", "two"],
);
const grown = of([{ name: "one" }, { name: "two" }, { ...merged, on: ["base", "two"] }], ["one", "two"]);
/** The release branch was merged into the request after its first commit. */
const updated = (smuggled: Record<string, string> = {}) =>
  of(
    [
      { name: "one" },
      { name: "meanwhile", on: ["base"], by: "dan" },
      { name: "update", on: ["one", "meanwhile"], by: "ada", files: { "meanwhile.txt": "meanwhile\n", ...smuggled } },
      { ...merged, on: ["meanwhile", "update"] },
    ],
    ["one", "update"],
  );
const rebased = (last: Record<string, string> = {}): TrueHistory =>
  of(
    [
      { name: "one", message: "One" },
      { name: "two", message: "Two" },
      { name: "other", on: ["base"], by: "dan" },
      { name: "copy", committer: "host", copies: ["one"], message: "One" },
      { name: "merge", committer: "host", copies: ["two"], files: last, message: "Two", at: 20 },
    ],
    ["one", "two"],
  );
const conflicting = of(
  [
    { name: "one", files: { "a.txt": "mine\n" } },
    { name: "meanwhile", on: ["base"], by: "dan", files: { "a.txt": "theirs\n" } },
    { ...merged, on: ["meanwhile", "one"], committer: "ada", files: { "a.txt": "both\n" } },
  ],
  ["one"],
);
const reverted = (message: string, more: Record<string, string> = {}) =>
  of(
    [
      { name: "fault", by: "cleo" },
      { name: "one", by: "ben", takesBack: ["fault"], files: more, message },
      { ...merged, on: ["fault", "one"], by: "dan", files: { "fault.txt": null, ...more } },
    ],
    ["one"],
  );
const reverts = 'Revert "fault"\n\nThis reverts commit {fault}.';
/** A fix that was approved on main as request 2, and its backport, request 1, on release/1. */
const backported = (files: Record<string, string> = {}, approvedBy: readonly string[] = ["cleo"]): TrueHistory => ({
  releasedFrom: "main release/*",
  commits: [
    base,
    { name: "fix" },
    { name: "fixed", on: ["base", "fix"], by: "cleo", committer: "host" },
    { name: "old", on: ["base"], by: "dan" },
    { name: "one", copies: ["fix"], files, message: "fix\n\n(cherry picked from commit {fix})" },
    { ...merged, on: ["old", "one"], files: { "fix.txt": "fix\n", ...files } },
  ],
  branches: { "main": "fixed", "release/1": "merge" },
  requests: [
    { number: 2, commits: ["fix"], merge: "fixed", approvedBy },
    { number: 1, commits: ["one"], merge: "merge", into: "release/1" },
  ],
});
/** Two requests merged into a branch that is merged whole: request 1. */
const throughBranch = (second: readonly string[]): TrueHistory => ({
  commits: [
    base,
    { name: "first", by: "ada" },
    { name: "first in", on: ["base", "first"], by: "ada", committer: "host" },
    { name: "second", by: "ben" },
    { name: "second in", on: ["first in", "second"], by: "ben", committer: "host" },
    { ...merged, on: ["base", "second in"] },
  ],
  requests: [
    { number: 2, commits: ["first"], merge: "first in", approvedBy: ["ben"], into: "develop" },
    { number: 3, by: "ben", commits: ["second"], merge: "second in", approvedBy: second, into: "develop" },
    { number: 1, commits: ["first", "first in", "second", "second in"], merge: "merge" },
  ],
});

/** Request 1 was on the release branch with another merge before somebody moved the branch. */
const forced = (moved: Partial<TrueHistory> = {}): TrueHistory => ({
  commits: [
    base,
    { name: "gone", on: ["base"], by: "ben" },
    { name: "one", on: ["base"] },
    { ...merged, on: ["base", "one"] },
  ],
  requests: [{ number: 1, commits: ["one"], merge: "merge" }],
  stoodAt: { main: ["base", "gone"] },
  ...moved,
});

type Tell = (made: MadeHistory) => unknown;
type Case = readonly [
  control: string,
  words: string,
  outcome: Result["outcome"],
  story: TrueHistory,
  tell?: Tell | undefined,
  parameters?: Record<string, unknown> | undefined,
  says?: string | undefined,
];

/** Hours after the story's start; the merge is at 20. */
const approve =
  (by: string, on = "one", given: Parameters<History["review"]>[3] = {}): Tell =>
  ({ history, idOf }) =>
    history.review(1, by, idOf(on), { hour: 19, ...given });
const all =
  (...tells: readonly Tell[]): Tell =>
  (made) =>
    tells.forEach((tell) => {
      tell(made);
    });
const event = (what: RequestEvent["event"], hour: number, word: string): Tell => {
  const at = new Date(Date.parse("2026-02-02T09:00:00.000Z") + hour * 3_600_000).toISOString();
  return ({ history }) =>
    history.fact({
      ...{ kind: "request-event", repository, request: 1, id: word, event: what, word, at, by: loginOf("cleo") },
      ...{ commit: "", previousCommit: "", text: "" },
    });
};

const independence: readonly Case[] = [
  ["REV-01", "another known person approves the last commit, then it is merged", "pass", plain, approve("ben")],
  ["REV-01", "there is no review, although reviews were pulled", "fail", plain],
  ["REV-01", "reviews were not pulled", "no-evidence", plain, ({ history }) => history.without("reviews")],
  ["REV-01", "only the author approves", "fail", plain, approve("ada")],
  [
    "REV-01",
    "the author approves with a second login",
    "fail",
    plain,
    all(({ history }) => history.person("zoe", { logins: [] }), approve("x", "one", { reviewer: "ada-second" })),
    {},
    "own author",
  ],
  [
    "REV-01",
    "the approver is a co-author by trailer, as where a suggestion was applied",
    "fail",
    coAuthored,
    approve("ben"),
  ],
  [
    "REV-01",
    "two authors approve each other's commits",
    "fail",
    twoAuthors,
    all(approve("ada", "two"), approve("ben", "two")),
  ],
  [
    "REV-01",
    "two authors approve each other's commits, which the policy allows",
    "pass",
    twoAuthors,
    all(approve("ada", "two"), approve("ben", "two")),
    { crossApproval: true },
    "approved each other",
  ],
  [
    "REV-01",
    "one of two authors approves, which is not each other",
    "fail",
    twoAuthors,
    approve("ben", "two"),
    { crossApproval: true },
  ],
  [
    "REV-01",
    "who opened it approves another person's commits",
    "fail",
    { ...plain, requests: [{ number: 1, by: "ben", commits: ["one"], merge: "merge" }] },
    approve("ben"),
  ],
  ["REV-01", "its author merges it, and somebody else approved", "pass", plain, approve("cleo")],
  [
    "REV-01",
    "nobody knows who the approver is",
    "no-evidence",
    plain,
    approve("x", "one", { reviewer: "who-is-this" }),
    {},
    "who-is-this",
  ],
  [
    "REV-01",
    "nobody knows who its author is",
    "no-evidence",
    of([{ name: "one", by: "stranger" }, merged], ["one"]),
    approve("ben"),
    {},
    "stranger@northwind.example",
  ],
  [
    "REV-01",
    "the approver is a bot",
    "fail",
    plain,
    approve("x", "one", { reviewer: "lint[bot]", reviewerType: "bot" }),
    {},
    "only by a bot",
  ],
  [
    "REV-01",
    "a git author's name ends in [bot], and the policy lists that name",
    "no-evidence",
    of([{ name: "one", by: "dependabot[bot]" }, merged], ["one"]),
    undefined,
    { botAuthors: ["dependabot[bot]"] },
  ],
  [
    "REV-01",
    "the host says that the approver may not approve",
    "fail",
    plain,
    approve("ben", "one", { mayApprove: false }),
  ],
  [
    "REV-01",
    "only its message says who reviewed it",
    "no-evidence",
    { commits: [base, { name: "merge", message: "Do it\n\nReviewed-by: ben <ben@northwind.example>" }] },
    undefined,
    {},
    "no record of a host",
  ],
];

const timeAndContent: readonly Case[] = [
  ["REV-01", "another commit was pushed after the approval", "fail", grown, approve("ben", "one"), {}, "other commits"],
  [
    "REV-01",
    "other commits were force-pushed after the approval",
    "fail",
    plain,
    ({ history }) => history.review(1, "ben", "d".repeat(40), { hour: 19 }),
    {},
    "other commits",
  ],
  [
    "REV-01",
    "the release branch was merged into it after the approval, and git merges the same",
    "pass",
    updated(),
    approve("ben"),
  ],
  [
    "REV-01",
    "the release branch was merged into it after the approval, with something besides",
    "fail",
    updated({ "back.door": "open\n" }),
    approve("ben"),
  ],
  [
    "REV-01",
    "it was aimed at another branch after the approval",
    "fail",
    plain,
    all(approve("ben"), event("retargeted", 19.5, "base_ref_changed")),
    {},
    "aimed at another branch",
  ],
  [
    "REV-01",
    "it was aimed at another branch before the approval",
    "pass",
    plain,
    all(approve("ben"), event("retargeted", 18, "base_ref_changed")),
  ],
  [
    "REV-01",
    "it was approved after the merge",
    "fail",
    plain,
    approve("ben", "one", { hour: 21 }),
    {},
    "after the merge",
  ],
  [
    "REV-01",
    "its approval was dismissed and not renewed",
    "fail",
    plain,
    approve("ben", "one", { state: "dismissed" }),
    {},
    "dismissed",
  ],
  [
    "REV-01",
    "one person asked for changes, another approved, and nothing settled it",
    "fail",
    plain,
    all(approve("cleo", "one", { hour: 18, state: "changes-requested" }), approve("ben")),
    {},
    "objection",
  ],
  [
    "REV-01",
    "an objection stood, which the policy allows",
    "pass",
    plain,
    all(approve("cleo", "one", { hour: 18, state: "changes-requested" }), approve("ben")),
    { openObjections: true },
  ],
  [
    "REV-01",
    "a commit dated before the approval came after it",
    "fail",
    of(
      [
        { name: "one", at: 5 },
        { name: "two", at: 4 },
        { ...merged, on: ["base", "two"] },
      ],
      ["one", "two"],
    ),
    approve("ben", "one"),
  ],
  [
    "TRC-02",
    "only its author's own clock says when the work began",
    "no-evidence",
    { commits: [base, { name: "merge", message: "LED-1 Do it" }] },
    ({ history }) => history.ticket("LED-1"),
    {},
    "own clock",
  ],
  ["REV-08", "the merge is what git makes of the approved head", "pass", plain, approve("ben")],
  [
    "REV-08",
    "the merge carries something that is in neither parent",
    "fail",
    of([{ name: "one" }, { ...merged, files: { "one.txt": "one\n", "back.door": "open\n" } }], ["one"]),
    approve("ben"),
    {},
    "back.door",
  ],
  ["REV-08", "a conflict was resolved in the merge", "fail", conflicting, approve("ben"), {}, "a.txt"],
  [
    "REV-08",
    "a conflict was resolved in the merge, and approved afterwards",
    "pass",
    conflicting,
    all(approve("ben"), approve("cleo", "merge", { hour: 21 })),
    {},
    "a.txt",
  ],
  ["REV-08", "a squash is the approved head on its parent", "pass", withSquash(), approve("ben")],
  [
    "REV-08",
    "a squash carries more than the approved head",
    "fail",
    withSquash({ "back.door": "open\n" }),
    approve("ben"),
    {},
    "back.door",
  ],
  ["REV-08", "a rebase has the same patches", "pass", rebased(), approve("ben", "two")],
  [
    "REV-08",
    "a rebase has another patch",
    "fail",
    rebased({ "back.door": "open\n" }),
    approve("ben", "two"),
    {},
    "back.door",
  ],
  ["REV-08", "the contents are not in the clone", "no-evidence", plain, ({ history }) => history.without("contents")],
];

const aroundReview: readonly Case[] = [
  [
    "REV-01",
    "who approved it made the merge and put something into it, under the host's own address",
    "fail",
    of([{ name: "one" }, { ...merged, by: "ben", files: { "one.txt": "one\n", "back.door": "open\n" } }], ["one"]),
    approve("ben"),
    {},
    "own author",
  ],
  ["REV-06", "it was pushed straight to the release branch", "fail", { commits: [base, { name: "merge" }] }],
  [
    "REV-06",
    "it has one parent and a message that names a request",
    "fail",
    { commits: [base, { name: "merge", message: "Merge pull request #42 from x/y" }] },
    undefined,
    {},
    "request 42",
  ],
  [
    "REV-06",
    "it was merged by hand with a message that names a real request, which the host merged otherwise",
    "fail",
    {
      commits: [
        base,
        { name: "one" },
        { name: "real", on: ["base", "one"], committer: "host" },
        { name: "two", on: ["base"] },
        { name: "merge", on: ["real", "two"], message: "Merge pull request #1 from x/y" },
      ],
      requests: [{ number: 1, commits: ["one"], merge: "real" }],
    },
    undefined,
    {},
    "a message proves nothing",
  ],
  [
    "REV-06",
    "somebody merged it over what the host requires",
    "fail",
    plain,
    all(approve("ben"), event("checks-overridden", 20, "bypassed-policy")),
    {},
    "cleo merged request 1 over what the host requires (bypassed-policy)",
  ],
  ["REV-06", "the host names it as a request's merge", "pass", plain],
  [
    "REV-06",
    "it came by a force-push of the release branch that lost a commit",
    "fail",
    forced(),
    undefined,
    {},
    "It lost {gone}: 1 in all.",
  ],
  [
    "REV-06",
    "the release branch was set back to it, and lost what came after",
    "fail",
    forced({
      commits: [base, { name: "one" }, merged, { name: "gone", on: ["merge"], by: "ben" }],
      branches: { main: "merge" },
      stoodAt: { main: ["base", "gone"] },
    }),
    undefined,
    {},
    "(dan <dan@northwind.example>). It lost {gone}: 1 in all.",
  ],
  ["REV-06", "the release branch only ever moved on to it", "pass", forced({ stoodAt: { main: ["base"] } })],
  [
    "REV-06",
    "the release branch was force-pushed before it, and moved on to it afterwards",
    "pass",
    forced({
      commits: [
        base,
        { name: "gone", on: ["base"], by: "ben" },
        { name: "forced", on: ["base"], by: "ben" },
        { name: "one" },
        { ...merged, on: ["forced", "one"] },
      ],
      stoodAt: { main: ["base", "gone", "forced"] },
    }),
  ],
  [
    "REV-01",
    "it came with a branch whose requests were each approved",
    "pass",
    throughBranch(["ada"]),
    undefined,
    {},
    "each request that came with it was approved: 2, 3",
  ],
  ["REV-01", "it came with a branch of whose requests one was not approved", "fail", throughBranch([])],
  ["REV-01", "it takes a change back by the host's button, and nobody approved", "fail", reverted(reverts)],
  [
    "REV-01",
    "it takes a change back and does nothing else, which the policy lets in",
    "pass",
    reverted(reverts),
    undefined,
    { reverts: true },
    "takes back",
  ],
  [
    "REV-01",
    "it takes a change back and does more, though the policy lets reverts in",
    "fail",
    reverted(reverts, { "back.door": "open\n" }),
    undefined,
    { reverts: true },
  ],
  ["REV-01", "it only says that it takes a change back", "fail", grown, undefined, { reverts: true }],
  ["REV-01", "it repeats an approved change with the same patch", "fail", backported()],
  [
    "REV-01",
    "it repeats an approved change with the same patch, which the policy lets in",
    "pass",
    backported(),
    undefined,
    { backports: true },
    "repeats",
  ],
  [
    "REV-01",
    "it repeats an approved change and adds to it",
    "fail",
    backported({ "back.door": "open\n" }),
    undefined,
    { backports: true },
  ],
  ["REV-01", "it repeats a change that nobody approved", "fail", backported({}, []), undefined, { backports: true }],
];

async function judge(control: string, story: TrueHistory, tell?: Tell, parameters: Record<string, unknown> = {}) {
  const history = new History(["ben", "cleo", "dan"]).person("ada", { logins: [loginOf("ada"), "ada-second"] });
  const made = await makeTrueHistory(history, story);
  tell?.(made);
  const values: ParameterValues = { [control]: parameters as ParameterValues[string] };
  const [result] = evaluateChange(control, made.changeOf("merge"), values);
  // The cases name commits in words, so the reasons are read with these too.
  return result && { ...result, reason: result.reason.replaceAll(/[0-9a-f]{40}/g, (id) => `{${made.nameOf(id)}}`) };
}

describe.each([
  ["independence", independence],
  ["time and content", timeAndContent],
  ["going around review", aroundReview],
])("%s", (_section, cases) => {
  const lines = cases.map(([control, words, ...rest]) => ({ control, words, outcome: rest[0], rest }));
  it.each(lines)("$control, $words: $outcome", async ({ control, rest: [outcome, story, tell, parameters, says] }) => {
    const result = await judge(control, story, tell, parameters);
    expect(result).toMatchObject({ outcome, reason: expect.stringContaining(says ?? "") });
    expect(result?.reason).not.toContain("could not be evaluated");
  });
});

it("SOD-01 decides on its own when the author merges and deploys what somebody else approved", async () => {
  const tell: Tell = ({ history, idOf }) => {
    history
      .review(1, "ben", idOf("one"), { hour: 19 })
      .deploy(idOf("merge"), { hour: 30, requestedBy: loginOf("ada") });
  };
  expect((await judge("REV-01", plain, tell))?.outcome).toBe("pass");
  expect((await judge("SOD-01", plain, tell))?.outcome).toBe("fail");
});

it("a hotfix that was deployed from another branch is an orphan of the reconciliation and fails DEP-01", async () => {
  const story: TrueHistory = {
    commits: [base, { name: "release" }, { name: "hotfix", on: ["base"], by: "ben" }],
    branches: { main: "release", hotfix: "hotfix" },
  };
  const { history, idOf } = await makeTrueHistory(new History(), story);
  history.deploy(idOf("hotfix"), { hour: 30 });
  const [item] = history.deployments();
  expect(item).toMatchObject({ place: "other-branch", beside: [idOf("hotfix")] });
  expect(history.population().reconciliation.deployments.otherBranch).toEqual([item?.id]);
});
