import { type FactSet, factsOf } from "../facts/fact-set.ts";
import type { TicketView } from "../model/change.ts";
import type { EvidenceUse } from "../model/evidence.ts";
import type { Origin } from "../model/origin.ts";
import type { PersonRef } from "../model/person.ts";
import type { Ticket, TicketEvent, TicketLink } from "../model/ticket-facts.ts";
import type { LinkView } from "../model/trail-view.ts";
import type { Directory } from "./directory.ts";
import { citeAs } from "./evidence-uses.ts";
import { distinct } from "./fact-groups.ts";

/** Tickets with everything that was received about each. */
export interface TicketIndex {
  has(key: string): boolean;
  viewOf(key: string): TicketView | undefined;
  usesOf(key: string): EvidenceUse[];
  /** Tickets that the ticket system itself links to a request: development links and links to other systems. */
  keysLinkedTo(requestUrl: string): readonly string[];
}

export function indexTickets(set: FactSet, directory: Directory): TicketIndex {
  const histories = Map.groupBy(set.ticketHistories, (fact) => fact.key);
  const comments = Map.groupBy(
    distinct(factsOf(set, "ticket-comment"), (fact) => `${fact.key} ${fact.id}`),
    (fact) => fact.key,
  );
  const decisions = Map.groupBy(
    distinct(factsOf(set, "ticket-approval"), (fact) => `${fact.key} ${fact.id} ${fact.by}`),
    (fact) => fact.key,
  );
  const links = Map.groupBy(factsOf(set, "ticket-link"), (fact) => fact.key);
  const linkedTo = Map.groupBy(factsOf(set, "ticket-link"), ({ url }) => foldUrl(url));
  const classes = new Map(factsOf(set, "change-ticket").map((fact) => [fact.key, fact]));
  const person = (name: string): PersonRef => directory.resolve({ system: "jira", name });

  function viewOf(key: string): TicketView | undefined {
    const ticket = set.tickets.get(key);
    if (!ticket) return undefined;
    return {
      key: ticket.key,
      type: ticket.type,
      summary: ticket.summary,
      status: ticket.status,
      createdAt: ticket.createdAt,
      updatedAt: ticket.updatedAt,
      resolvedAt: ticket.resolvedAt ?? "",
      reporter: person(ticket.reporter),
      assignee: person(ticket.assignee),
      changeType: classes.get(key)?.type ?? "unknown",
      done: ticket.statusCategory === "done",
      history: historyOf(ticket, histories.get(key)?.flatMap(({ events }) => events) ?? []).map((step) => ({
        ...step,
        by: person(step.by),
      })),
      decisions: (decisions.get(key) ?? []).map(({ by, decision, at, stage }) => ({
        by: person(by),
        decision,
        at: at ?? "",
        stage,
      })),
      comments: (comments.get(key) ?? []).map(({ by, at, text }) => ({
        by: person(by),
        at,
        path: "",
        text,
        resolved: "unknown",
      })),
      links: viewLinks(ticket, links.get(key) ?? []),
    };
  }

  function usesOf(key: string): EvidenceUse[] {
    const ticket = set.tickets.get(key);
    const about: readonly { readonly origin: Origin }[] = [
      ...(ticket ? [ticket] : []),
      ...(histories.get(key) ?? []),
      ...(comments.get(key) ?? []),
      ...(decisions.get(key) ?? []),
      ...(links.get(key) ?? []),
      ...[classes.get(key)].filter((fact) => fact !== undefined),
    ];
    return about.map(citeAs("ticket"));
  }

  return {
    has: (key) => set.tickets.has(key),
    viewOf,
    usesOf,
    keysLinkedTo: (url) =>
      url === "" ? [] : [...new Set((linkedTo.get(foldUrl(url)) ?? []).map(({ key }) => key))].sort(),
  };
}

function foldUrl(url: string): string {
  return url.replace(/\/+$/, "").toLowerCase();
}

/** Links as the system keeps them, and addresses that the ticket's text names. */
function viewLinks(ticket: Ticket, links: readonly TicketLink[]): LinkView[] {
  const mentioned = ticket.links.map((url) => ({ relation: "mentions", to: "", url }));
  const all = [...links.map(({ relation, to, url }) => ({ relation, to, url })), ...mentioned];
  return distinct(all, ({ relation, to, url }) => `${relation} ${to} ${url}`);
}

/** Inline history and the pages of a longer one, each step once, the oldest first. */
function historyOf(ticket: Ticket, more: readonly TicketEvent[]): TicketEvent[] {
  const all = distinct([...ticket.history, ...more], (step) => JSON.stringify(step));
  return all.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}
