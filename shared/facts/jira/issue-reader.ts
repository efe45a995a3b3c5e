import type { ReadFacts } from "../../model/facts.ts";
import type { Ticket } from "../../model/ticket-facts.ts";
import type { EvidenceInput } from "../evidence-input.ts";
import { originOf, parseShape, type Unreadable } from "../json-evidence.ts";
import { readHistory } from "./history-reader.ts";
import { IssueShape, TextFields } from "./jira-shapes.ts";
import { findRequestLinks } from "./request-links.ts";

const categories: readonly string[] = ["new", "indeterminate", "done"];

/**
 * One ticket with its inline history.
 * @param place of the ticket in the record
 * @param inner path below the ticket → place in the record; where only lines are addressed, the line
 */
export function readIssue(
  input: EvidenceInput,
  issue: unknown,
  place: string,
  inner: (path: string) => string = (path) => `${place}${path}`,
): ReadFacts {
  const parsed = parseShape(IssueShape, issue);
  if ("reason" in parsed) return unread(input, place, parsed);
  const { changelog } = parsed.data;
  const history = readHistory(input, changelog?.histories ?? [], (index) => inner(`/changelog/histories/${index}`));
  const ticket = ticketOf(input, parsed.data, place, findRequestLinks(fieldsOf(issue)));
  return { facts: [{ ...ticket, history: history.events }], unread: history.unread };
}

function ticketOf(input: EvidenceInput, { key, fields }: IssueShape, place: string, links: string[]): Ticket {
  return {
    kind: "ticket",
    origin: originOf(input, place),
    key,
    project: key.slice(0, key.lastIndexOf("-")),
    type: fields.issuetype,
    summary: fields.summary ?? "",
    status: fields.status.name,
    statusCategory: categoryOf(fields.status.statusCategory?.key),
    createdAt: fields.created,
    updatedAt: fields.updated ?? fields.created,
    resolvedAt: fields.resolutiondate,
    reporter: fields.reporter,
    assignee: fields.assignee,
    history: [],
    links,
    comments: fields.comment?.total ?? fields.comment?.comments?.length ?? 0,
  };
}

function categoryOf(key: string | undefined): Ticket["statusCategory"] {
  return categories.includes(key ?? "") ? (key as Ticket["statusCategory"]) : "undefined";
}

function fieldsOf(issue: unknown): unknown {
  const parsed = parseShape(TextFields, issue);
  return "reason" in parsed ? null : parsed.data.fields;
}

function unread(input: EvidenceInput, place: string, { reason }: Unreadable): ReadFacts {
  return { facts: [], unread: [{ origin: originOf(input, place), reason }] };
}
