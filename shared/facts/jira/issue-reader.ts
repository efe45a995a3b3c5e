import type { ReadFacts } from "../../model/facts.ts";
import type { Ticket } from "../../model/ticket-facts.ts";
import type { EvidenceInput } from "../evidence-input.ts";
import { originOf, parseShape, type Unreadable } from "../json-evidence.ts";
import { findApprovals } from "./approval-reader.ts";
import { readChangeType } from "./change-type.ts";
import { readComments } from "./comment-reader.ts";
import { readHistory } from "./history-reader.ts";
import { IssueShape } from "./jira-shapes.ts";
import { readIssueLinks } from "./link-reader.ts";
import { findRequestLinks } from "./request-links.ts";

const categories: readonly string[] = ["new", "indeterminate", "done"];

interface IssueReading {
  /** Whether the record has an address of a change request in it, in this ticket or another. */
  readonly holdsLink: boolean;
  /** Path below the ticket → place in the record; where only lines are addressed, the line. */
  readonly inner?: (path: string) => string;
  /** Field that classifies changes. */
  readonly changeTypeField?: string;
}

/**
 * One ticket with its inline history, comments, links and approvals.
 * @param place of the ticket in the record
 * @param isFollowed comments that the page cut off were fetched in pages of their own, which hold the first ones too
 */
export function readIssue(
  input: EvidenceInput,
  issue: unknown,
  place: string,
  isFollowed: boolean,
  { holdsLink, inner = (path) => `${place}${path}`, changeTypeField = "" }: IssueReading,
): ReadFacts {
  const parsed = parseShape(IssueShape, issue);
  if ("reason" in parsed) return unread(input, place, parsed);
  const { changelog } = parsed.data;
  const history = readHistory(input, changelog?.histories ?? [], (index) => inner(`/changelog/histories/${index}`));
  // With all that its shape leaves out.
  const { fields } = issue as { readonly fields: object };
  const ticket = ticketOf(input, parsed.data, place, history.events, holdsLink ? findRequestLinks(fields) : []);
  const { key, origin } = ticket;
  const { comments: written = [], total = 0 } = parsed.data.fields.comment ?? {};
  const shown = isFollowed && total > written.length ? [] : written;
  const comments = readComments(input, key, shown, (index) => inner(`/fields/comment/comments/${index}`));
  const facts = [
    ticket,
    ...comments.facts,
    ...readIssueLinks(key, fields, origin),
    ...findApprovals(key, fields, origin),
    ...readChangeType(key, fields, changeTypeField, origin),
  ];
  return { facts, unread: [...history.unread, ...comments.unread] };
}

function ticketOf(
  input: EvidenceInput,
  { key, fields }: IssueShape,
  place: string,
  history: Ticket["history"],
  links: string[],
): Ticket {
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
    history,
    links,
    comments: fields.comment?.total ?? fields.comment?.comments?.length ?? 0,
  };
}

function categoryOf(key: string | undefined): Ticket["statusCategory"] {
  return categories.includes(key ?? "") ? (key as Ticket["statusCategory"]) : "undefined";
}

function unread(input: EvidenceInput, place: string, { reason }: Unreadable): ReadFacts {
  return { facts: [], unread: [{ origin: originOf(input, place), reason }] };
}
