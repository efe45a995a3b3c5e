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

  it("that was removed by somebody else counts no more", () => {
    expect(statesOf("Removed Code-Review+2 by Rita <rita@example.test>")).toEqual([["dismissed", shaOf(5)]]);
  });
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
