import { describe, expect, it } from "vitest";
import { approvedBy } from "../../../shared/model/approval.ts";
import type { Change } from "../../../shared/model/change.ts";
import { History } from "./history.ts";
import { type MadeHistory, makeTrueHistory, type TrueHistory } from "./real-history.ts";

/** What the population says of a change, with names in place of ids. */
interface Expected {
  readonly kind: Change["kind"];
  /** `host 1`: the host names it as the merge of request 1. */
  readonly request: string;
  readonly brings: readonly string[];
  readonly authors: readonly string[];
  /** Whose approval counts. */
  readonly approvers?: readonly string[];
  readonly content?: Change["content"]["outcome"];
  /** `exactly reverts x by message`. */
  readonly links?: readonly string[];
}

type Case = readonly [words: string, story: TrueHistory, changes: Readonly<Record<string, Expected>>];

const start = { name: "start" } as const;
const started: Expected = { kind: "single", request: "none", brings: ["start"], authors: ["ada"] };
const pushed = (name: string, by = "ada"): Expected => ({
  kind: "single",
  request: "none",
  brings: [name],
  authors: [by],
});

const cases: readonly Case[] = [
  [
    "a merge commit of the host brings the commits of its request",
    {
      commits: [
        start,
        { name: "one", by: "ada" },
        { name: "two", by: "cleo", coAuthors: ["dan"] },
        { name: "merge", on: ["start", "two"], by: "ben", committer: "host", message: "Merge pull request #1 from x" },
      ],
      requests: [{ number: 1, commits: ["one", "two"], merge: "merge", approvedBy: ["ben"] }],
    },
    {
      start: started,
      merge: {
        ...{ kind: "merge", request: "host 1", brings: ["merge", "two", "one"], authors: ["ada", "cleo", "dan"] },
        ...{ approvers: ["ben"], content: "mechanical" },
      },
    },
  ],
  [
    "a squash is one commit with everybody who wrote in the request as its authors",
    {
      commits: [
        start,
        { name: "one" },
        { name: "two", by: "cleo" },
        { name: "squash", on: ["start"], committer: "host", copies: ["one", "two"], message: "Do it (#1)" },
      ],
      requests: [{ number: 1, commits: ["one", "two"], merge: "squash", approvedBy: ["cleo", "ben"] }],
    },
    {
      start: started,
      squash: {
        ...{ kind: "single", request: "host 1", brings: ["squash"], authors: ["ada", "cleo"], approvers: ["ben"] },
        content: "mechanical",
      },
    },
  ],
  [
    "a rebase puts a copy of each commit on the branch, and the host names only the last",
    {
      commits: [
        start,
        { name: "one", message: "One" },
        { name: "two", message: "Two" },
        { name: "other", on: ["start"], by: "dan" },
        { name: "copy of one", committer: "host", copies: ["one"], message: "One" },
        { name: "copy of two", committer: "host", copies: ["two"], message: "Two" },
      ],
      requests: [{ number: 1, commits: ["one", "two"], merge: "copy of two", approvedBy: ["ben"] }],
    },
    {
      start: started,
      other: pushed("other", "dan"),
      "copy of one": {
        ...{ kind: "single", request: "rebase 1", brings: ["copy of one"], authors: ["ada"], approvers: ["ben"] },
        content: "mechanical",
      },
      "copy of two": {
        ...{ kind: "single", request: "host 1", brings: ["copy of two"], authors: ["ada"], approvers: ["ben"] },
        content: "mechanical",
      },
    },
  ],
  [
    "a commit pushed straight to the branch has no request, whatever its message says",
    { commits: [start, { name: "push", by: "cleo", message: "Merge pull request #7 from x" }] },
    { start: started, push: pushed("push", "cleo") },
  ],
  [
    "a revert is linked to what it takes back, and git proves that it does nothing else",
    {
      commits: [
        start,
        { name: "fault" },
        { name: "revert", takesBack: ["fault"], message: 'Revert "fault"\n\nThis reverts commit {fault}.' },
      ],
    },
    {
      start: started,
      fault: pushed("fault"),
      revert: { ...pushed("revert"), links: ["exactly reverts fault by message"] },
    },
  ],
  [
    "a revert that does more than its message says is linked, and not exact",
    {
      commits: [
        start,
        { name: "fault" },
        {
          name: "revert",
          takesBack: ["fault"],
          files: { "back.door": "open\n" },
          message: "This reverts commit {fault}.",
        },
      ],
    },
    { start: started, fault: pushed("fault"), revert: { ...pushed("revert"), links: ["reverts fault by message"] } },
  ],
  [
    "the host's revert button makes a request that takes a merge back",
    {
      commits: [
        start,
        { name: "one" },
        { name: "merge", on: ["start", "one"], by: "ben", committer: "host" },
        {
          ...{ name: "revert", by: "cleo", committer: "host", takesBack: ["one"] },
          message: 'Revert "one"\n\nThis reverts commit {merge}, reversing\nchanges made to {start}.',
        },
        { name: "second merge", on: ["merge", "revert"], by: "dan", committer: "host", files: { "one.txt": null } },
      ],
      requests: [
        { number: 1, commits: ["one"], merge: "merge", approvedBy: ["dan"] },
        { number: 2, by: "cleo", commits: ["revert"], merge: "second merge" },
      ],
    },
    {
      start: started,
      merge: {
        ...{ kind: "merge", request: "host 1", brings: ["merge", "one"], authors: ["ada"], approvers: ["dan"] },
        content: "mechanical",
      },
      "second merge": {
        ...{ kind: "merge", request: "host 2", brings: ["second merge", "revert"], authors: ["cleo"] },
        ...{ content: "mechanical", links: ["exactly reverts merge by message, which dan approved"] },
      },
    },
  ],
  [
    "a squashed revert that names only the request is linked to that request's merge",
    {
      commits: [
        start,
        { name: "one" },
        { name: "squash", on: ["start"], committer: "host", copies: ["one"], message: "One (#1)" },
        { name: "undo", on: ["squash"], by: "ben", takesBack: ["one"] },
        {
          name: "revert",
          on: ["squash"],
          by: "ben",
          committer: "host",
          takesBack: ["one"],
          message: 'Revert "One" (#2)\n\nReverts northwind/ledger#1',
        },
      ],
      requests: [
        { number: 1, commits: ["one"], merge: "squash", approvedBy: ["ben"] },
        { number: 2, by: "ben", commits: ["undo"], merge: "revert" },
      ],
    },
    {
      start: started,
      squash: {
        ...{ kind: "single", request: "host 1", brings: ["squash"], authors: ["ada"], approvers: ["ben"] },
        content: "mechanical",
      },
      revert: {
        ...{ kind: "single", request: "host 2", brings: ["revert"], authors: ["ben"], content: "mechanical" },
        links: ["reverts squash by message, which ben approved"],
      },
    },
  ],
  [
    "a revert of a revert takes back the revert",
    {
      commits: [
        start,
        { name: "one" },
        { name: "revert", takesBack: ["one"], message: "This reverts commit {one}." },
        { name: "again", copies: ["one"], message: "This reverts commit {revert}." },
      ],
    },
    {
      start: started,
      one: pushed("one"),
      revert: { ...pushed("revert"), links: ["exactly reverts one by message"] },
      again: { ...pushed("again"), links: ["exactly reverts revert by message"] },
    },
  ],
  [
    "a backport to a release branch is linked to the change that it repeats, with who approved that",
    {
      releasedFrom: "main release/*",
      commits: [
        start,
        { name: "fix" },
        { name: "merge", on: ["start", "fix"], by: "ben", committer: "host" },
        { name: "old", on: ["start"], by: "dan" },
        {
          name: "pick",
          copies: ["fix"],
          by: "ada",
          committer: "cleo",
          message: "fix\n\n(cherry picked from commit {fix})",
        },
      ],
      requests: [{ number: 1, commits: ["fix"], merge: "merge", approvedBy: ["dan"] }],
      branches: { "main": "merge", "release/1": "pick" },
    },
    {
      start: started,
      merge: {
        ...{ kind: "merge", request: "host 1", brings: ["merge", "fix"], authors: ["ada"], approvers: ["dan"] },
        content: "mechanical",
      },
      old: pushed("old", "dan"),
      pick: { ...pushed("pick"), links: ["exactly repeats merge by message, which dan approved"] },
    },
  ],
  [
    "a cherry-pick without a word in its message is known by its patch",
    {
      releasedFrom: "main release/*",
      commits: [
        start,
        { name: "fix" },
        { name: "squash", on: ["start"], committer: "host", copies: ["fix"], message: "Fix (#1)" },
        { name: "pick", on: ["start"], by: "cleo", copies: ["fix"], message: "Port it" },
      ],
      requests: [{ number: 1, commits: ["fix"], merge: "squash", approvedBy: ["dan"] }],
      branches: { "main": "squash", "release/1": "pick" },
    },
    {
      start: started,
      squash: {
        ...{ kind: "single", request: "host 1", brings: ["squash"], authors: ["ada"], approvers: ["dan"] },
        content: "mechanical",
      },
      pick: { ...pushed("pick", "cleo"), links: ["exactly repeats squash by patch, which dan approved"] },
    },
  ],
  [
    "the same patch pushed to two release branches is known by itself, where the clone has no heads of requests",
    {
      releasedFrom: "main release/*",
      commits: [
        start,
        { name: "fix" },
        { name: "pick", on: ["start"], by: "cleo", copies: ["fix"], message: "Port it" },
      ],
      branches: { "main": "fix", "release/1": "pick" },
    },
    {
      start: started,
      fix: pushed("fix"),
      pick: { ...pushed("pick", "cleo"), links: ["exactly repeats fix by patch"] },
    },
  ],
  [
    "a backport that was adapted is linked, and not exact",
    {
      commits: [
        start,
        { name: "fix" },
        { name: "pick", files: { "fix.txt": "otherwise\n" }, message: "(cherry picked from commit {fix})" },
      ],
    },
    { start: started, fix: pushed("fix"), pick: { ...pushed("pick"), links: ["repeats fix by message"] } },
  ],
  [
    "a commit that says it was picked from one that nobody has is linked to no change",
    { commits: [start, { name: "pick", message: `(cherry picked from commit ${"a".repeat(40)})` }] },
    { start: started, pick: { ...pushed("pick"), links: [`repeats ${"a".repeat(40)} by message, of no change`] } },
  ],
  [
    "stacked requests that are merged one after the other each bring their own commits",
    {
      commits: [
        start,
        { name: "lower" },
        { name: "upper", by: "cleo" },
        { name: "first", on: ["start", "lower"], by: "ben", committer: "host" },
        { name: "second", on: ["first", "upper"], by: "ben", committer: "host" },
      ],
      requests: [
        { number: 1, commits: ["lower"], merge: "first", approvedBy: ["ben"] },
        { number: 2, by: "cleo", commits: ["upper"], merge: "second", approvedBy: ["ben"] },
      ],
    },
    {
      start: started,
      first: {
        ...{ kind: "merge", request: "host 1", brings: ["first", "lower"], authors: ["ada"], approvers: ["ben"] },
        content: "mechanical",
      },
      second: {
        ...{ kind: "merge", request: "host 2", brings: ["second", "upper"], authors: ["cleo"], approvers: ["ben"] },
        content: "mechanical",
      },
    },
  ],
  [
    "a request merged into another's branch comes with the other, and its authors count there",
    {
      commits: [
        start,
        { name: "outer" },
        { name: "inner", by: "cleo" },
        { name: "nested", on: ["outer", "inner"], by: "dan", committer: "host" },
        { name: "merge", on: ["start", "nested"], by: "ben", committer: "host" },
      ],
      requests: [
        { number: 1, by: "cleo", commits: ["inner"], merge: "nested", approvedBy: ["dan"], into: "outer" },
        { number: 2, commits: ["outer", "inner", "nested"], merge: "merge", approvedBy: ["ben", "dan"] },
      ],
    },
    {
      start: started,
      merge: {
        ...{ kind: "merge", request: "host 2", brings: ["merge", "nested", "inner", "outer"] },
        ...{ authors: ["ada", "cleo", "dan"], approvers: ["ben"], content: "mechanical" },
      },
    },
  ],
  [
    "an octopus merge brings what all its heads bring, and git is not asked to repeat it",
    {
      commits: [
        start,
        { name: "left" },
        { name: "right", on: ["start"], by: "cleo" },
        { name: "octopus", on: ["start", "left", "right"], by: "dan" },
      ],
    },
    {
      start: started,
      octopus: {
        ...{ kind: "merge", request: "none", brings: ["octopus", "right", "left"] },
        authors: ["dan", "cleo", "ada"],
      },
    },
  ],
  [
    "a merge queue puts each request on top of the one before, and each is its own change",
    {
      commits: [
        start,
        { name: "one" },
        { name: "two", on: ["start"], by: "cleo" },
        {
          name: "queued one",
          on: ["start", "one"],
          by: "ada",
          committer: "host",
          message: "Merge pull request #1 from x",
        },
        {
          name: "queued two",
          on: ["queued one", "two"],
          by: "cleo",
          committer: "host",
          message: "Merge pull request #2 from x",
        },
      ],
      requests: [
        { number: 1, commits: ["one"], merge: "queued one", approvedBy: ["ben"] },
        { number: 2, by: "cleo", commits: ["two"], merge: "queued two", approvedBy: ["ben"] },
      ],
    },
    {
      start: started,
      "queued one": {
        ...{ kind: "merge", request: "host 1", brings: ["queued one", "one"], authors: ["ada"], approvers: ["ben"] },
        content: "mechanical",
      },
      "queued two": {
        ...{ kind: "merge", request: "host 2", brings: ["queued two", "two"], authors: ["cleo"], approvers: ["ben"] },
        content: "mechanical",
      },
    },
  ],
  [
    "a merge train of squashes is a change for each request",
    {
      host: "gitlab",
      commits: [
        start,
        { name: "one" },
        { name: "two", on: ["start"], by: "cleo" },
        { name: "train one", on: ["start"], copies: ["one"], message: "One" },
        { name: "train two", on: ["train one"], by: "cleo", copies: ["two"], message: "Two" },
      ],
      requests: [
        { number: 1, commits: ["one"], merge: "train one", approvedBy: ["ben"] },
        { number: 2, by: "cleo", commits: ["two"], merge: "train two", approvedBy: ["ben"] },
      ],
    },
    {
      start: started,
      "train one": {
        ...{ kind: "single", request: "host 1", brings: ["train one"], authors: ["ada"], approvers: ["ben"] },
        content: "mechanical",
      },
      "train two": {
        ...{ kind: "single", request: "host 2", brings: ["train two"], authors: ["cleo"], approvers: ["ben"] },
        content: "mechanical",
      },
    },
  ],
  [
    "a subtree merge brings the other project's history, which starts from nothing, and git cannot repeat it",
    {
      commits: [
        start,
        { name: "library", on: [], by: "cleo" },
        { name: "subtree", on: ["start", "library"], by: "dan", files: { "vendor/library.txt": "library\n" } },
      ],
    },
    {
      start: started,
      subtree: {
        ...{ kind: "merge", request: "none", brings: ["subtree", "library"], authors: ["dan", "cleo"] },
      },
    },
  ],
  [
    "a merge of the release branch into itself from a clone is on the line by its first parent only",
    {
      commits: [
        start,
        { name: "theirs", by: "cleo" },
        { name: "mine", on: ["start"], by: "dan" },
        { name: "pulled", on: ["mine", "theirs"], by: "dan", message: "Merge branch 'main' of origin" },
      ],
    },
    {
      start: started,
      mine: pushed("mine", "dan"),
      pulled: {
        ...{ kind: "merge", request: "none", brings: ["pulled", "theirs"], authors: ["dan", "cleo"] },
        content: "mechanical",
      },
    },
  ],
  [
    "Gerrit's fast-forward submits the reviewed commit itself",
    {
      host: "gerrit",
      commits: [start, { name: "one", by: "cleo" }],
      requests: [{ number: 1, by: "cleo", commits: ["one"], merge: "one", approvedBy: ["ben"] }],
    },
    {
      start: started,
      one: {
        ...{ kind: "single", request: "host 1", brings: ["one"], authors: ["cleo"], approvers: ["ben"] },
        content: "mechanical",
      },
    },
  ],
  [
    "Gerrit's rebase and cherry-pick submit a copy of the reviewed commit",
    {
      host: "gerrit",
      commits: [
        start,
        { name: "one", by: "cleo" },
        { name: "meanwhile", on: ["start"], by: "dan" },
        {
          name: "copy",
          by: "cleo",
          committer: "ben",
          copies: ["one"],
          message: "one\n\nReviewed-by: ben <ben@northwind.example>",
        },
      ],
      requests: [{ number: 1, by: "cleo", commits: ["one"], merge: "copy", approvedBy: ["ben"] }],
    },
    {
      start: started,
      meanwhile: pushed("meanwhile", "dan"),
      copy: {
        ...{ kind: "single", request: "host 1", brings: ["copy"], authors: ["cleo"], approvers: ["ben"] },
        content: "mechanical",
      },
    },
  ],
  [
    "Gerrit's merge always makes a merge in the name of who submitted",
    {
      host: "gerrit",
      commits: [start, { name: "one", by: "cleo" }, { name: "submit", on: ["start", "one"], by: "ben" }],
      requests: [{ number: 1, by: "cleo", commits: ["one"], merge: "submit", approvedBy: ["ben"] }],
    },
    {
      start: started,
      submit: {
        ...{ kind: "merge", request: "host 1", brings: ["submit", "one"], authors: ["cleo"], approvers: ["ben"] },
        content: "mechanical",
      },
    },
  ],
];

function describeLinks(made: MadeHistory, change: Change): string[] {
  const link = (word: string) => (related: Change["reverts"][number]) => {
    const { commit, change: other, basis, exact, approvers } = related;
    const named = made.nameOf(other === "" ? commit : other);
    const end =
      other === ""
        ? ", of no change"
        : approvers.length === 0
          ? ""
          : `, which ${approvers.map(({ id }) => id).join(" and ")} approved`;
    return `${exact ? "exactly " : ""}${word} ${named} by ${basis}${end}`;
  };
  return [...change.reverts.map(link("reverts")), ...change.repeats.map(link("repeats"))];
}

describe("a change of a real git history", () => {
  it.each(cases)("%s", async (_words, story, expected) => {
    const made = await makeTrueHistory(new History(), story);
    const { change: changes } = made.history.population().items;
    const found = changes.map((change): [string, Expected] => [
      made.nameOf(change.commit),
      {
        kind: change.kind,
        request: change.request.found ? `${change.request.via} ${change.request.number}` : "none",
        brings: change.commits.map(made.nameOf),
        authors: change.authors.map(({ id }) => id),
        approvers: change.reviews.map(({ by }) => by.id).filter((person) => approvedBy(change, person)),
        content: change.content.outcome,
        links: describeLinks(made, change),
      },
    ]);
    const wanted = Object.entries(expected).map(([name, change]): [string, Expected] => [
      name,
      { approvers: [], content: "unknown", links: [], ...change },
    ]);
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(wanted));
    expect(changes.map(({ id }) => id)).toEqual(changes.map(({ commit }) => `ledger@${commit}`));
  });
});
