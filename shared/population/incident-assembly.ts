import { factsOf } from "../facts/fact-set.ts";
import type { TicketView } from "../model/change.ts";
import type { FollowUpView, IncidentItem } from "../model/incident-item.ts";
import { isWithin, type Period } from "../model/period.ts";
import { coverMoment, type EntityContext } from "./entity-context.ts";
import { citeAs, distinctUses } from "./evidence-uses.ts";

/** Tickets of a type that says "incident" ("Incident", "Production incident", "[System] Incident"), raised in the period. */
export function assembleIncidents(context: EntityContext, period: Period): IncidentItem[] {
  const attachments = factsOf(context.facts, "attachment");
  const tickets = [...context.facts.tickets.values()].filter(
    ({ type, createdAt }) => /\bincident\b/i.test(type) && isWithin(period, createdAt),
  );
  return tickets.flatMap((fact) => {
    const ticket = context.tickets.viewOf(fact.key);
    if (!ticket) return [];
    const named = attachments.filter(({ name, note }) => hasKey(`${name} ${note}`, fact.key));
    const followUps = followUpsOf(context, ticket);
    return [
      {
        id: fact.key,
        title: fact.summary,
        at: fact.createdAt,
        ticket,
        followUps,
        documents: named.map(({ name }) => name),
        paths: pathsOf(context, fact.key),
        coverage: coverMoment(context.coverage, fact.createdAt),
        evidence: distinctUses([
          ...context.tickets.usesOf(fact.key),
          ...followUps.flatMap(({ key }) => context.tickets.usesOf(key)),
          ...named.map(citeAs("document")),
        ]),
      },
    ];
  });
}

function followUpsOf(context: EntityContext, ticket: TicketView): FollowUpView[] {
  return ticket.links.flatMap(({ to, relation }) => {
    const linked = to === "" || to === ticket.key ? undefined : context.tickets.viewOf(to);
    if (!linked) return [];
    return [
      {
        key: linked.key,
        relation,
        type: linked.type,
        summary: linked.summary,
        done: linked.done,
        changes: context.changesNaming(linked.key).map(({ id }) => id),
        paths: pathsOf(context, linked.key),
      },
    ];
  });
}

function pathsOf(context: EntityContext, key: string): string[] {
  return [...new Set(context.changesNaming(key).flatMap(({ paths }) => paths.map(({ path }) => path)))];
}

function hasKey(text: string, key: string): boolean {
  return new RegExp(`(?<![A-Z0-9])${key}(?![0-9])`, "i").test(text);
}
