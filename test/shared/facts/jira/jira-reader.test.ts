import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { expect, it } from "vitest";
import { readEvidence } from "../../../../shared/facts/evidence-reading.ts";
import { CommentShape, HistoryShape } from "../../../../shared/facts/jira/jira-shapes.ts";
import type { EvidenceFormat } from "../../../../shared/model/evidence.ts";
import type { SourceOf } from "../../../../shared/model/source.ts";
import type { Ticket } from "../../../../shared/model/ticket-facts.ts";
import { describeRecorded } from "../../../recorded-data.ts";
import { checkedFacts, reasonsOf, record } from "../recorded-answer.ts";

const source: SourceOf<"jira-files"> = { id: "source", kind: "jira-files", projects: ["SHOP"], path: "export" };

function read(format: EvidenceFormat, content: unknown, locator?: string, firstLine?: number) {
  return readEvidence(record(format, content, locator, firstLine), source);
}

function issue(fields: object = {}, more: object = {}) {
  return {
    id: "10001",
    key: "SHOP-12",
    fields: {
      issuetype: { name: "Story" },
      summary: "Refund in euro",
      status: { name: "Done", statusCategory: { key: "done" } },
      created: "2025-03-01T09:00:00.000+0100",
      updated: "2025-03-05T09:00:00.000+0100",
      resolutiondate: "2025-03-04T09:00:00.000+0100",
      reporter: { accountId: "712020:ada", displayName: "Ada" },
      assignee: null,
      comment: {
        total: 2,
        comments: [
          { id: "1", created: "2025-03-02T10:00:00.000+0000", author: { accountId: "account-4" }, body: "one" },
          { id: "2", created: "2025-03-03T10:00:00.000+0000" },
        ],
      },
      ...fields,
    },
    ...more,
  };
}

function entry(created: string, ...items: object[]) {
  return { id: "1", created, author: { accountId: "712020:bo" }, items };
}

const ticketsIn = (result: ReturnType<typeof read>) => checkedFacts(result).filter(({ kind }) => kind === "ticket");

function ticketOf(content: unknown): Ticket {
  const [fact] = checkedFacts(read("jira.issues", { issues: [content] }));
  if (fact?.kind !== "ticket") throw new Error("no ticket was read");
  return fact;
}

it("a ticket is read with its times in UTC and its people by account", () => {
  expect(ticketOf(issue())).toMatchObject({
    origin: { place: "/issues/0", source: "source" },
    key: "SHOP-12",
    project: "SHOP",
    type: "Story",
    summary: "Refund in euro",
    status: "Done",
    statusCategory: "done",
    createdAt: "2025-03-01T08:00:00.000Z",
    updatedAt: "2025-03-05T08:00:00.000Z",
    resolvedAt: "2025-03-04T08:00:00.000Z",
    reporter: "712020:ada",
    assignee: "",
    comments: 2,
  });
});

it("a Jira Server names accounts by user name; one that is gone is nobody", () => {
  expect(ticketOf(issue({ reporter: { name: "ada", key: "JIRAUSER1" }, assignee: { accountId: "" } }))).toMatchObject({
    reporter: "ada",
    assignee: "",
  });
});

it("a category of status that Jira does not know is undefined, and an open ticket is not resolved", () => {
  const open = issue({ status: { name: "Odd", statusCategory: { key: "constructor" } }, resolutiondate: null });
  expect(ticketOf(open)).toMatchObject({ status: "Odd", statusCategory: "undefined", resolvedAt: null });
});

it("the history is read oldest first, with the words shown and not what every object has by itself", () => {
  const histories = [
    entry("2025-03-03T09:00:00.000+0100", { field: "status", fromString: "Doing", toString: "Done" }),
    entry(
      "2025-03-02T09:00:00.000+0100",
      { field: "status", fromString: "To Do", toString: "Doing" },
      { field: "labels" },
    ),
  ];
  expect(ticketOf(issue({}, { changelog: { total: 2, histories } })).history).toEqual([
    { at: "2025-03-02T08:00:00.000Z", by: "712020:bo", field: "status", from: "To Do", to: "Doing" },
    { at: "2025-03-02T08:00:00.000Z", by: "712020:bo", field: "labels", from: "", to: "" },
    { at: "2025-03-03T08:00:00.000Z", by: "712020:bo", field: "status", from: "Doing", to: "Done" },
  ]);
});

it("an entry of the history that cannot be read is told by its place, and the ticket is kept", () => {
  const histories = [
    entry("2025-03-03T09:00:00.000+0100", { field: "status" }),
    { created: "once upon a time", items: [] },
  ];
  const result = read("jira.issues", { issues: [issue({}, { changelog: { histories } })] });
  expect(ticketsIn(result)).toMatchObject([{ kind: "ticket", history: [{ field: "status" }] }]);
  expect(reasonsOf(result)).toEqual([
    "/issues/0/changelog/histories/1: entry of the history: created: not a time with its zone",
  ]);
});

it("change requests are found in text, in Jira Cloud's trees of text and in comments, each once", () => {
  const [one, two, three] = [1, 2, 3].map((number) => `https://github.com/acme/shop/pull/${number}`);
  const description = {
    type: "doc",
    content: [{ type: "paragraph", content: [{ type: "text", text: `See ${one}.` }] }],
  };
  const comment = {
    total: 2,
    comments: [{ body: `[PR|${two}/files]` }, { body: { text: `${one} and ${three}#note` } }],
  };
  expect(ticketOf(issue({ description, comment })).links.toSorted()).toEqual([one, two, three]);
  expect(ticketOf(issue({ description: "https://github.com/acme/shop/pulls" })).links).toEqual([]);
});

it("a comment without a readable time is told by its place, and the others are kept", () => {
  const comments = [
    { created: "yesterday", body: "one" },
    { created: "2025-03-03T10:00:00.000+0000", body: "two" },
  ];
  const result = read("jira.issues", { issues: [issue({ comment: { total: 2, comments } })] });
  expect(checkedFacts(result)).toMatchObject([{ kind: "ticket" }, { kind: "ticket-comment", text: "two" }]);
  expect(reasonsOf(result)).toEqual([
    "/issues/0/fields/comment/comments/0: comment: created: not a time with its zone",
  ]);
});

it.each([
  ["as it is", (text: string) => text],
  ["with escaped slashes", (text: string) => text.replaceAll("/", "\\/")],
  ["with a letter as its number", (text: string) => text.replaceAll("/pull/", "/\\u0070ull/")],
])("a change request is found %s in the record", (_, spell) => {
  const address = "https://github.com/acme/shop/pull/7";
  const page = spell(JSON.stringify({ issues: [issue({ summary: "none" }), issue({ summary: `See ${address}` })] }));
  expect(ticketsIn(read("jira.issues", page)).map((fact) => "links" in fact && fact.links)).toEqual([[], [address]]);
  const lines = spell(JSON.stringify(issue({ summary: `See ${address}` })));
  expect(ticketsIn(read("jira.issue-lines", lines))).toMatchObject([{ links: [address] }]);
});

it("text nested a hundred thousand deep is read and does not bring the reader down", () => {
  const depth = 100_000;
  const deep = `${'{"content":['.repeat(depth)}"https://github.com/acme/shop/pull/9"${"]}".repeat(depth)}`;
  const text = JSON.stringify({ issues: [issue({ description: "HERE" })] }).replace('"HERE"', deep);
  const [fact] = checkedFacts(read("jira.issues", text));
  expect(fact).toMatchObject({ links: ["https://github.com/acme/shop/pull/9"] });
});

it("a page of a long history belongs to the ticket that its address names", () => {
  const page = { values: [entry("2025-03-02T09:00:00.000+0100", { field: "status", fromString: "a", toString: "b" })] };
  for (const locator of [
    "https://acme.atlassian.net/rest/api/3/issue/SHOP-12/changelog?startAt=100&maxResults=100",
    "export/jira/issue-SHOP-12-changelog-page-1.json",
    "SHOP-12-changelog.json",
  ]) {
    expect(checkedFacts(read("jira.changelog", page, locator))).toMatchObject([
      { kind: "ticket-history", key: "SHOP-12", events: [{ to: "b" }] },
    ]);
  }
  expect(reasonsOf(read("jira.changelog", page, "changelog.json"))).toEqual([
    ": the name of the record does not say which ticket this is",
  ]);
});

it("lines are numbered by the whole file; blank and broken ones cost no other, whatever their bytes", () => {
  const text = Buffer.concat([
    Buffer.from(`${JSON.stringify(issue())}\r\n\n`),
    Buffer.from([0xff, 0x0a]),
    Buffer.from("{ broken\n"),
    Buffer.from(JSON.stringify({ url: "https://…", data: issue({}, { key: "SHOP-13" }) })),
  ]);
  const result = read("jira.issue-lines", new Uint8Array(text), "a.jsonl#L501-505", 501);
  expect(ticketsIn(result)).toMatchObject([
    { key: "SHOP-12", origin: { place: "line 501" } },
    { key: "SHOP-13", origin: { place: "line 505" } },
  ]);
  expect(reasonsOf(result)).toEqual(["line 503: not UTF-8", "line 504: not JSON"]);
});

it("one bad ticket costs no other", () => {
  const result = read("jira.issues", { issues: [issue(), issue({ created: "2025-03-01" }), { key: "lower-1" }] });
  expect(ticketsIn(result)).toHaveLength(1);
  expect(result.unread.map(({ origin }) => origin.place)).toEqual(["/issues/1", "/issues/2"]);
});

it.each<[EvidenceFormat, unknown, string]>([
  ["jira.issues", [], "issues: expected array"],
  ["jira.issues", "{", "not JSON"],
])("a record of %s that is something else is unread as a whole", (format, content, reason) => {
  expect(read(format, content).unread).toEqual([expect.objectContaining({ reason })]);
});

it("nothing that a server can answer makes the reader throw", () => {
  const formats: EvidenceFormat[] = [
    "jira.issues",
    "jira.changelog",
    "jira.issue-lines",
    "jira.comments",
    "jira.approvals",
    "jira.remote-links",
    "jira.development",
  ];
  const row = fc.record({ key: fc.constant("SHOP-1"), fields: fc.jsonValue(), changelog: fc.jsonValue() });
  const answer = fc.oneof(fc.json(), fc.record({ issues: fc.array(row), values: fc.array(fc.jsonValue()) }));
  fc.assert(
    fc.property(fc.constantFrom(...formats), answer, (format, content) => {
      checkedFacts(read(format, content, "SHOP-1-changelog.json#SHOP-1"));
    }),
  );
});

describeRecorded("alloy", "the exported tickets of a real Jira Server", (folder) => {
  it("are read to the last line, with the requests that they name", () => {
    const bytes = gunzipSync(readFileSync(join(folder, "jira-issues.jsonl.gz")));
    const result = read("jira.issue-lines", new Uint8Array(bytes), "jira-issues.jsonl.gz#L1-144", 1);
    expect(reasonsOf(result)).toEqual([]);
    const tickets = checkedFacts(result).filter((fact) => fact.kind === "ticket");
    expect(tickets).toHaveLength(144);
    expect(tickets.every(({ project, history }) => project === "ALOY" && history.length === 0)).toBe(true);
    const links = tickets.flatMap((ticket) => ticket.links).filter((link) => /appcelerator\/alloy\/pull\//.test(link));
    expect(new Set(links.map((link) => link.split("/").at(-1))).size).toBe(113);
  });
});

describeRecorded("jira-cloud", "the recorded tickets of a real Jira Cloud", (folder) => {
  const linesOf = (name: string) => gunzipSync(readFileSync(join(folder, name)));

  it("are read through the collector's wrapping, with their history", () => {
    const result = read("jira.issue-lines", new Uint8Array(linesOf("issues.jsonl.gz")), "issues.jsonl.gz", 1);
    expect(reasonsOf(result)).toEqual([]);
    const tickets = checkedFacts(result).filter((fact) => fact.kind === "ticket");
    expect(tickets).toHaveLength(10);
    expect(tickets.every(({ history }) => history.length > 0)).toBe(true);
  });

  it("a long history is read entry for entry", () => {
    const values = linesOf("changelog_issue_13383.jsonl.gz")
      .toString()
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line).data);
    const result = read("jira.changelog", { values }, "https://x/rest/api/3/issue/EE-12/changelog?startAt=0");
    expect(reasonsOf(result)).toEqual([]);
    const items = values.reduce((sum, value) => sum + value.items.length, 0);
    expect(checkedFacts(result)).toMatchObject([{ kind: "ticket-history", key: "EE-12", events: { length: items } }]);
  });
});

it("comments are read with their words, whether plain or a document; one without a body says nothing", () => {
  const document = {
    type: "doc",
    content: [
      {
        type: "paragraph",
        content: [
          { type: "text", text: "Approved by " },
          { type: "mention", attrs: { text: "@bo" } },
        ],
      },
      {
        type: "paragraph",
        content: [
          { type: "text", text: "see", marks: [{ type: "link", attrs: { href: "https://x.example/pull/3" } }] },
        ],
      },
    ],
  };
  const page = { comments: [{ id: "9", created: "2025-03-02T10:00:00Z", author: { name: "ada" }, body: document }] };
  const found = readEvidence(
    record("jira.comments", page, "https://jira.example/rest/api/3/issue/SHOP-4/comment?startAt=0"),
    source,
  );
  expect(checkedFacts(found)).toMatchObject([
    {
      kind: "ticket-comment",
      key: "SHOP-4",
      id: "9",
      by: "ada",
      text: "Approved by @bo\nsee (https://x.example/pull/3)",
    },
  ]);
});

it("links to other tickets are read in the word of their direction, and approvals wherever the site keeps them", () => {
  const fields = {
    parent: { key: "SHOP-1" },
    issuelinks: [
      { type: { inward: "is caused by", outward: "causes" }, inwardIssue: { key: "OPS-4" } },
      { type: { inward: "is caused by", outward: "causes" }, outwardIssue: { key: "OPS-5" } },
      { id: "of another form" },
    ],
    customfield_10050: [
      {
        id: "1",
        name: "CAB",
        finalDecision: "declined",
        completedDate: { iso8601: "2025-03-02T10:00:00+0000" },
        approvers: [
          { approver: { accountId: "a-1" }, approverDecision: "declined" },
          { approver: { accountId: "a-2" }, approverDecision: "pending" },
        ],
      },
    ],
  };
  const facts = checkedFacts(readEvidence(record("jira.issues", { issues: [issue(fields)] }), source));
  const links = facts.flatMap((fact) => (fact.kind === "ticket-link" ? [`${fact.relation} ${fact.to}`] : []));
  expect(links).toEqual(["is caused by OPS-4", "causes OPS-5", "is part of SHOP-1"]);
  expect(facts.filter(({ kind }) => kind === "ticket-approval")).toMatchObject([
    { by: "a-1", decision: "declined", at: "2025-03-02T10:00:00.000Z", stage: "CAB" },
    { by: "a-2", decision: "pending", at: null },
  ]);
});

it.each<[final: string, said: readonly string[], decisions: readonly string[]]>([
  ["approved", ["approved", "pending"], ["a-1 approved", "a-2 pending"]],
  // One of several said yes, and it was declined, or the others are still asked.
  ["declined", ["approved", "declined"], ["a-2 declined"]],
  ["pending", ["approved", "pending"], ["a-2 pending"]],
  // The approval became what none of those who are named said.
  ["declined", ["approved"], [" declined"]],
  ["pending", ["approved"], [" pending"]],
  ["approved", [], [" approved"]],
])("an approval that is %s as a whole, of approvers who said %j, is %j", (finalDecision, said, decisions) => {
  const approvers = said.map((approverDecision, index) => ({
    approver: { accountId: `a-${index + 1}` },
    approverDecision,
  }));
  const completedDate = finalDecision === "pending" ? null : { iso8601: "2025-03-02T10:00:00+0000" };
  const page = { values: [{ id: "7", name: "CAB", finalDecision, approvers, completedDate }] };
  const facts = checkedFacts(readEvidence(record("jira.approvals", page, "SHOP-1/approval"), source));
  expect(facts.map((fact) => (fact.kind === "ticket-approval" ? `${fact.by} ${fact.decision}` : ""))).toEqual(
    decisions,
  );
});

it("a field that the source names classifies changes, whatever else the words of the choice say", () => {
  const field = "customfield_10005";
  const typeOf = (choice: unknown, changeTypeField?: string) => {
    const named: SourceOf<"jira-files"> = { ...source, ...(changeTypeField ? { changeTypeField } : {}) };
    const page = { issues: [issue({ [field]: choice })], isLast: true };
    const facts = checkedFacts(readEvidence(record("jira.issues", page), named));
    return facts.flatMap((fact) => (fact.kind === "change-ticket" ? fact.type : []));
  };
  expect(typeOf({ id: "1", value: "Emergency" }, field)).toEqual(["emergency"]);
  expect(typeOf("Normal (CAB)", field)).toEqual(["normal"]);
  expect(typeOf({ id: "2", value: "Expedited" }, field)).toEqual(["unknown"]);
  expect(typeOf(null, field)).toEqual([]);
  expect(typeOf({ id: "1", value: "Emergency" })).toEqual([]);
});

it("the address of a request is found wherever it stands in a long record", () => {
  const address = "https://host.example/shop/merge_requests/7";
  for (let before = 65_300; before < 65_600; before += 7) {
    const { facts } = read("jira.issues", { issues: [issue({ summary: `${"ü".repeat(before / 2)} ${address}` })] });
    expect((facts[0] as Ticket).links).toEqual([address]);
  }
});

it("what is only held against its shape is accepted as when it is copied", () => {
  const some = fc.constantFrom(
    undefined,
    null,
    "",
    "2025-03-02T10:00:00.000+0000",
    7,
    {},
    [],
    { name: "ada" },
    [{}],
    [7],
  );
  const names = ["id", "created", "author", "body", "items"] as const;
  const part = fc.record(Object.fromEntries(names.map((name) => [name, some])), { requiredKeys: [] });
  fc.assert(
    fc.property(fc.oneof(part, some), (written) => {
      for (const shape of [CommentShape, HistoryShape])
        expect(shape.validate(written)).toBe(shape.safeParse(written).success);
    }),
    { numRuns: 300 },
  );
});
