import { factsOf } from "../facts/fact-set.ts";
import type { Change, TicketView } from "../model/change.ts";
import type { FollowUpView, IncidentItem } from "../model/incident-item.ts";
import { type Instant, instantOf, millisecondsOf } from "../model/instant.ts";
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
    const followUps = followUpsOf(context, ticket, fact.createdAt);
    return [
      {
        id: fact.key,
        title: fact.summary,
        at: fact.createdAt,
        ticket,
        followUps,
        documents: named.map(({ name }) => name),
        paths: pathsOf(context, fact.key, fact.createdAt),
        coverage: {
          ...coverMoment(context.coverage, fact.createdAt),
          // Documents of one sort say nothing about those of another.
          attachments: context.coverage.coversSpanOfAll("attachments", fact.createdAt, justAfter(fact.createdAt)),
        },
        evidence: distinctUses([
          ...context.tickets.usesOf(fact.key),
          ...followUps.flatMap(({ key }) => context.tickets.usesOf(key)),
          ...named.map(citeAs("document")),
        ]),
      },
    ];
  });
}

function followUpsOf(context: EntityContext, ticket: TicketView, since: Instant): FollowUpView[] {
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
        createdAt: linked.createdAt,
        changes: changesSince(context, linked.key, since).map(({ id }) => id),
        pathsKnown: changesSince(context, linked.key, since).every((change) => change.pathsKnown),
        paths: pathsOf(context, linked.key, since),
      },
    ];
  });
}

function justAfter(moment: Instant): Instant {
  return instantOf(millisecondsOf(moment) + 1);
}

/** What came before the incident, such as the change that brought it about, is no lesson of it. */
function changesSince(context: EntityContext, key: string, since: Instant): Change[] {
  return context.changesNaming(key).filter(({ at }) => at >= since);
}

/** Paths that were added or changed: a test that was taken away tests nothing. */
function pathsOf(context: EntityContext, key: string, since: Instant): string[] {
  const touched = changesSince(context, key, since).flatMap(({ paths }) =>
    paths.filter(({ status }) => status !== "D"),
  );
  return [...new Set(touched.map(({ path }) => path))];
}

function hasKey(text: string, key: string): boolean {
  return new RegExp(`(?<![A-Z0-9])${key}(?![0-9])`, "i").test(text);
}
