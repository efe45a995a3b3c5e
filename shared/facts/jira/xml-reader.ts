import type { Fact, ReadFacts } from "../../model/facts.ts";
import type { Ticket, TicketComment, TicketLink } from "../../model/ticket-facts.ts";
import type { EvidenceInput } from "../evidence-input.ts";
import { originOf, unreadWhole } from "../json-evidence.ts";
import { createAccount, type RecordReading } from "../line-evidence.ts";
import { childrenOf, childText, parseXml, type XmlElement } from "../xml-evidence.ts";
import { readRssTime } from "./exported-time.ts";
import { findRequestLinks } from "./request-links.ts";

/** Jira's XML export of a search: RSS with an item for each ticket. Texts in it are HTML. */
export function readJiraXml(input: EvidenceInput): ReadFacts {
  const document = parseXml(input);
  if ("reason" in document) return unreadWhole(input, document);
  const items = childrenOf(document.root, "channel").flatMap((channel) => childrenOf(channel, "item"));
  const account = createAccount();
  for (const item of items) account.add(readItem(item, input), originOf(input, item.place));
  const { facts, unread } = account.total();
  return { facts, unread };
}

const categories = ["new", "indeterminate", "done"] as const;

function readItem(item: XmlElement, input: EvidenceInput): RecordReading {
  const origin = originOf(input, item.place);
  const key = childText(item, "key");
  if (!/^[A-Z][A-Z0-9_]*-[1-9]\d*$/.test(key)) return { reason: "it has no key of a ticket" };
  const createdAt = readRssTime(childText(item, "created"));
  if (createdAt === null)
    return { reason: `its time of creation "${childText(item, "created").slice(0, 40)}" is not read` };
  const [category] = childrenOf(item, "statusCategory");
  const written = childrenOf(item, "comments").flatMap((comments) => childrenOf(comments, "comment"));
  const comments = written.flatMap((comment) => commentOf(comment, key, input) ?? []);
  const ticket: Ticket = {
    kind: "ticket",
    origin,
    key,
    project: key.slice(0, key.lastIndexOf("-")),
    type: childText(item, "type"),
    summary: childText(item, "summary"),
    status: childText(item, "status"),
    statusCategory: categories.find((one) => one === category?.attributes.get("key")) ?? "undefined",
    createdAt,
    updatedAt: readRssTime(childText(item, "updated")) ?? createdAt,
    resolvedAt: readRssTime(childText(item, "resolved")),
    reporter: accountOf(item, "reporter"),
    assignee: accountOf(item, "assignee"),
    history: [],
    links: findRequestLinks([childText(item, "description"), ...written.map(({ text }) => text)]),
    comments: written.length,
  };
  const facts: Fact[] = [ticket, ...comments, ...linksOf(item, key, origin)];
  return facts;
}

/** Jira Cloud writes `accountid`, a Jira Server `username`; "-1" is nobody. */
function accountOf(item: XmlElement, name: string): string {
  const [account] = childrenOf(item, name);
  const id = account?.attributes.get("accountid") ?? account?.attributes.get("username") ?? "";
  return id === "-1" ? "" : id;
}

function commentOf(comment: XmlElement, key: string, input: EvidenceInput): TicketComment | null {
  const at = readRssTime(comment.attributes.get("created") ?? "");
  if (at === null) return null;
  const id = comment.attributes.get("id") || `${key}/${at}`;
  const by = comment.attributes.get("author") ?? "";
  return {
    kind: "ticket-comment",
    origin: originOf(input, comment.place),
    key,
    id,
    at,
    by,
    text: textOfHtml(comment.text),
  };
}

function linksOf(item: XmlElement, key: string, origin: TicketLink["origin"]): TicketLink[] {
  const types = childrenOf(item, "issuelinks").flatMap((links) => childrenOf(links, "issuelinktype"));
  const directions = types.flatMap((type) => [...childrenOf(type, "outwardlinks"), ...childrenOf(type, "inwardlinks")]);
  return directions.flatMap((direction) =>
    childrenOf(direction, "issuelink").map((link): TicketLink => {
      const relation = direction.attributes.get("description") ?? "";
      return { kind: "ticket-link", origin, key, relation, to: childText(link, "issuekey"), url: "" };
    }),
  );
}

function textOfHtml(html: string): string {
  const text = html.replace(/<br\s*\/?>|<\/p>/gi, "\n").replace(/<[^<>]*>/g, "");
  const named: Readonly<Record<string, string>> = { lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " ", amp: "&" };
  return text.replace(/&(lt|gt|quot|apos|nbsp|amp);/g, (_whole, name: string) => named[name] ?? "").trim();
}
