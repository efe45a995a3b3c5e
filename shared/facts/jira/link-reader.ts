import { z } from "zod";
import type { Origin } from "../../model/origin.ts";
import type { TicketLink } from "../../model/ticket-facts.ts";

const Other = z.object({ key: z.string() }).nullish();
const IssueLink = z.object({
  type: z.object({ inward: z.string(), outward: z.string() }),
  inwardIssue: Other,
  outwardIssue: Other,
});
const RemoteLink = z.object({
  relationship: z.string().nullish(),
  object: z.object({ url: z.string(), title: z.string().nullish() }),
});
const PullRequest = z.object({ url: z.string(), status: z.string().nullish() });
const Fields = z.compile(z.object({ issuelinks: z.array(z.unknown()).nullish(), parent: Other }).partial());

/** Links between tickets that a ticket's own fields hold. One that has another form tells of no link. */
export function readIssueLinks(key: string, fields: unknown, origin: Origin): TicketLink[] {
  if (!Fields.validate(fields)) return [];
  const { issuelinks, parent } = fields;
  const links = (issuelinks ?? []).flatMap((written): TicketLink[] => {
    const { type, inwardIssue, outwardIssue } = IssueLink.safeParse(written).data ?? {};
    if (type === undefined) return [];
    return [
      ...(outwardIssue ? [linkTo(key, type.outward, outwardIssue.key, origin)] : []),
      ...(inwardIssue ? [linkTo(key, type.inward, inwardIssue.key, origin)] : []),
    ];
  });
  return parent ? [...links, linkTo(key, "is part of", parent.key, origin)] : links;
}

/** A link to another system, as somebody or an integration put it there. */
export function readRemoteLink(key: string, written: unknown, origin: Origin): TicketLink | null {
  const { relationship, object } = RemoteLink.safeParse(written).data ?? {};
  if (object === undefined) return null;
  return { kind: "ticket-link", origin, key, relation: relationship || object.title || "", to: "", url: object.url };
}

/** A pull request that names the ticket, as the code host told Jira. */
export function readDevelopmentLink(key: string, written: unknown, origin: Origin): TicketLink | null {
  const { url, status } = PullRequest.safeParse(written).data ?? {};
  if (url === undefined) return null;
  const relation = `pull request${status ? `, ${status.toLowerCase()}` : ""}`;
  return { kind: "ticket-link", origin, key, relation, to: "", url };
}

function linkTo(key: string, relation: string, to: string, origin: Origin): TicketLink {
  return { kind: "ticket-link", origin, key, relation, to, url: "" };
}
