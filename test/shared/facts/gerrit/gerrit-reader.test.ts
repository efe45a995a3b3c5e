import { describe, expect, it } from "vitest";
import { readEvidence } from "../../../../shared/facts/evidence-reading.ts";
import type { Source } from "../../../../shared/model/source.ts";
import { shaOf } from "../../../electron/sources/code-host/fake-host.ts";
import { detailOf } from "../../../electron/sources/code-host/gerrit/fake-gerrit.ts";
import { checkedFacts, reasonsOf, record } from "../recorded-answer.ts";

const source: Source = {
  id: "gerrit",
  kind: "gerrit",
  repository: "shop",
  siteUrl: "https://gerrit.example",
  project: "acme/shop",
  releaseBranch: "main",
  user: "auditor",
  token: { in: "environment", name: "PASSWORD" },
};

const change = detailOf({
  number: 5,
  submitted: "2025-03-01 10:00:00.000000000",
  updated: "2025-03-01 10:00:00.000000000",
});

function statesOf(...messages: readonly string[]) {
  const withMessages = {
    ...change,
    messages: messages.map((message, index) => ({
      id: `m${index}`,
      author: { email: "rita@example.test" },
      date: "2025-02-01 08:00:00.000000000",
      message,
      _revision_number: 2,
    })),
  };
  const facts = checkedFacts(readEvidence(record("gerrit.change", withMessages), source));
  return facts.flatMap((fact) => (fact.kind === "review" ? [[fact.state, fact.commit]] : []));
}

describe("a vote in Gerrit", () => {
  it.each([
    ["Patch Set 1: Code-Review+2", "approved"],
    ["Patch Set 1: Code-Review+2 Verified+1\n\n(1 comment)", "approved"],
    ["Patch Set 1: Verified+1 Code-Review+1", "commented"],
    ["Patch Set 1: Code-Review-1", "changes-requested"],
    ["Patch Set 1: Code-Review-2\n\nNo.", "changes-requested"],
    ["Patch Set 1: -Code-Review", "dismissed"],
  ])("%j is %s, on the patch set that it names", (message, state) => {
    expect(statesOf(message)).toEqual([[state, shaOf(1_000_005)]]);
  });

  it.each(["Patch Set 1: Verified+1", "Uploaded patch set 2.", "I would give Code-Review+2"])(
    "%j is none",
    (message) => {
      expect(statesOf(message)).toEqual([]);
    },
  );

  it("that came with a patch set is a vote like any other", () => {
    expect(statesOf("Uploaded patch set 1: Code-Review-2.")).toEqual([["changes-requested", shaOf(1_000_005)]]);
  });
});

const ada = { _account_id: 1, email: "ada@example.test" };
const rita = { _account_id: 2, email: "rita@example.test" };
const max = { _account_id: 3, email: "max@example.test" };

/** Who holds what at the end, by messages of somebody about patch set 1, the one that was submitted. */
function verdictsOf(
  messages: readonly { readonly by: object; readonly says: string; more?: object }[],
  all?: object[],
) {
  const told = {
    ...change,
    labels: { "Code-Review": { ...change.labels["Code-Review"], ...(all === undefined ? {} : { all }) } },
    messages: messages.map(({ by, says, more }, index) => ({
      ...{ id: `m${index}`, author: by, date: `2025-02-01 0${index}:00:00.000000000`, message: says },
      ...{ _revision_number: 1, ...more },
    })),
  };
  const facts = checkedFacts(readEvidence(record("gerrit.change", told), source));
  return Object.fromEntries(facts.flatMap((fact) => (fact.kind === "review" ? [[fact.reviewer, fact.state]] : [])));
}

const votes = [
  { by: rita, says: "Patch Set 1: Code-Review+2" },
  { by: ada, says: "Patch Set 1: Code-Review+2" },
];

describe("a vote that somebody else took away", () => {
  it.each([
    ["Removed Code-Review+2 by Rita Example <rita@example.test>\n", "dismissed", "approved"],
    ["Removed Code-Review+2 by <GERRIT_ACCOUNT_2>\n", "dismissed", "approved"],
    [
      "Removed reviewer Rita with the following votes:\n\n* Code-Review+2 by Rita <rita@example.test>\n",
      "dismissed",
      "approved",
    ],
    [
      "Removed reviewer Rita with the following votes:\n\n* Verified+1 by Rita <rita@example.test>\n",
      "approved",
      "approved",
    ],
    ["Removed Code-Review+2 by Rita\n", "dismissed", "dismissed"],
  ])("is no vote of its voter any more: %j", (says, ritas, adas) => {
    const more = { accounts_in_message: [rita] };
    expect(verdictsOf([...votes, { by: max, says, more }])).toEqual({
      "rita@example.test": ritas,
      "ada@example.test": adas,
    });
  });

  it("is gone, whatever the messages say, when it does not stand on the last patch set", () => {
    const stands = { ...ada, value: 2 };
    expect(verdictsOf(votes, [stands, { ...rita, value: 0 }])).toEqual({
      "rita@example.test": "dismissed",
      "ada@example.test": "approved",
    });
    expect(verdictsOf(votes, [stands])).toMatchObject({ "rita@example.test": "dismissed" });
    expect(verdictsOf(votes, [stands, { ...rita, value: 2 }])).toMatchObject({ "rita@example.test": "approved" });
  });
});

it("a vote in another's name is that of who cast it", () => {
  const cast = { by: rita, says: "Patch Set 1: Code-Review+2", more: { real_author: max } };
  expect(verdictsOf([cast], [{ ...rita, value: 2 }])).toEqual({ "max@example.test": "approved" });
});

it("a change stands for all its votes, and a list page, which names no patch set, for nothing", () => {
  const facts = checkedFacts(readEvidence(record("gerrit.change", change), source));
  expect(facts).toContainEqual(expect.objectContaining({ kind: "review-page", request: 5, page: 1, last: true }));
  const { revisions, current_revision, messages, ...listed } = change;
  expect(readEvidence(record("gerrit.changes", `)]}'\n${JSON.stringify([listed])}`), source)).toEqual({
    facts: [],
    unread: [],
  });
});

it("hashtags are the labels of a change", () => {
  const tagged = { ...change, hashtags: ["high-risk"] };
  const facts = checkedFacts(readEvidence(record("gerrit.change", tagged), source));
  expect(facts).toContainEqual(expect.objectContaining({ kind: "request-details", request: 5, labels: ["high-risk"] }));
});

it("patch sets are pushes by Gerrit's clock, and the submit is the merge", () => {
  const facts = checkedFacts(readEvidence(record("gerrit.change", change), source));
  const events = facts.flatMap((fact) => (fact.kind === "request-event" ? [[fact.event, fact.commit, fact.by]] : []));
  expect(events).toEqual([
    ["pushed", shaOf(1_000_005), "ada@example.test"],
    ["pushed", shaOf(5), "rita@example.test"],
    ["merged", shaOf(5), "rita@example.test"],
  ]);
});

it("what is no answer of Gerrit is listed as unread with the place", () => {
  expect(reasonsOf(readEvidence(record("gerrit.change", { ...change, submitted: "yesterday" }), source))).toEqual([
    ": submitted: not a time as Gerrit writes it",
  ]);
  expect(reasonsOf(readEvidence(record("gerrit.change", ")]}'\n<html>"), source))).toEqual([": not JSON"]);
});
