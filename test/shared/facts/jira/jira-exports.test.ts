import { expect, it } from "vitest";
import { readEvidence } from "../../../../shared/facts/evidence-reading.ts";
import { Source } from "../../../../shared/model/source.ts";
import { checkedFacts, reasonsOf, record } from "../recorded-answer.ts";

const source = Source.parse({ id: "tickets", kind: "files", path: "export" });

it("CSV: columns that repeat are values of one field, and times are in the zone of whoever exported", () => {
  const text = [
    "Issue key,Summary,Issue Type,Status,Status Category,Created,Resolved,Reporter Id,Comment,Comment,Outward issue link (Blocks)",
    'SHOP-1,"Refund, in euro",Story,Done,Done,01/Feb/25 12:05 AM,2025-02-03 14:00,ada,"02/Feb/25 1:30 PM;bo;ok; see https://h.example/pull/4",,SHOP-2',
    "SHOP-2,x,Bug,Open,To Do,30/Mar/25 2:30 AM,,ada,,,",
    "no key,x,Bug,Open,To Do,01/Feb/25 12:05 AM,,ada,,,",
  ].join("\r\n");
  const found = readEvidence({ ...record("jira.csv", text), reading: { timeZone: "Europe/Berlin" } }, source);
  expect(checkedFacts(found)).toMatchObject([
    {
      kind: "ticket",
      key: "SHOP-1",
      summary: "Refund, in euro",
      statusCategory: "done",
      createdAt: "2025-01-31T23:05:00.000Z",
      resolvedAt: "2025-02-03T13:00:00.000Z",
      links: ["https://h.example/pull/4"],
      comments: 1,
    },
    { kind: "ticket-comment", by: "bo", at: "2025-02-02T12:30:00.000Z", text: "ok; see https://h.example/pull/4" },
    { kind: "ticket-link", relation: "Blocks", to: "SHOP-2" },
  ]);
  expect(reasonsOf(found)).toEqual([
    expect.stringContaining("line 3: Created: 2025-03-30 02:30:00 was skipped"),
    "line 4: it has no Issue key",
  ]);
});

it("XML: an item of the feed is a ticket with its comments and links", () => {
  const text = `<?xml version="1.0" encoding="UTF-8"?><rss version="0.92"><channel><title>Jira</title>
<item><title>[SHOP-7] Refund</title><key id="10007">SHOP-7</key><summary>Refund</summary><type id="1">Story</type>
<status id="3">Done</status><statusCategory id="3" key="done" colorName="green"/>
<assignee accountid="-1">Unassigned</assignee><reporter accountid="ada">Ada</reporter>
<created>Sat, 1 Feb 2025 10:00:00 +0100</created><updated>Sun, 2 Feb 2025 10:00:00 +0100</updated>
<description>&lt;p&gt;see https://h.example/pull/9&lt;/p&gt;</description>
<comments><comment id="5" author="bo" created="Sun, 2 Feb 2025 09:00:00 +0100">&lt;p&gt;a &amp;lt; b&lt;/p&gt;</comment></comments>
<issuelinks><issuelinktype id="1"><name>Blocks</name><outwardlinks description="blocks"><issuelink><issuekey id="2">SHOP-8</issuekey></issuelink></outwardlinks></issuelinktype></issuelinks>
</item><item><key id="1">SHOP-9</key></item></channel></rss>`;
  const found = readEvidence(record("jira.xml", text), source);
  expect(checkedFacts(found)).toMatchObject([
    {
      kind: "ticket",
      key: "SHOP-7",
      reporter: "ada",
      assignee: "",
      statusCategory: "done",
      createdAt: "2025-02-01T09:00:00.000Z",
      links: ["https://h.example/pull/9"],
    },
    { kind: "ticket-comment", id: "5", by: "bo", text: "a < b" },
    { kind: "ticket-link", relation: "blocks", to: "SHOP-8" },
  ]);
  expect(reasonsOf(found)).toEqual([expect.stringContaining("its time of creation")]);
});

it("XML with a document type is not read", () => {
  const text = '<!DOCTYPE rss [<!ENTITY a "b">]><rss><channel/></rss>';
  expect(reasonsOf(readEvidence(record("jira.xml", text), source))).toEqual([expect.stringContaining("DOCTYPE")]);
});
