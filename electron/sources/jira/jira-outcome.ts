import type { Coverage } from "../../../shared/model/coverage.ts";
import { earlier } from "../audit-window.ts";
import type { PullOutcome } from "../source-driver.ts";
import { type JiraPull, projectJql } from "./jira-pull.ts";

const onlyTickets = ["tickets"] as const;
const ticketKinds = ["tickets", "decisions"] as const;

export function outcomeOf(pull: JiraPull): PullOutcome {
  const { source, steps } = pull;
  const { cursor } = steps;
  return {
    endpoint: `Jira REST API at ${source.siteUrl}, projects ${source.projects.join(", ")}`,
    query: source.projects.map((project) => `${projectJql(pull, project)} ORDER BY key ASC`).join("; "),
    identity: cursor.identity,
    access: cursor.access,
    counts: {
      "tickets": cursor.counts.tickets,
      "comments": cursor.counts.comments,
      "entries of long histories": cursor.counts.histories,
      ...(source.approvals ? { approvals: cursor.counts.approvals } : {}),
      ...(source.remoteLinks || source.development ? { links: cursor.counts.links } : {}),
    },
    tieOuts: cursor.finished.map(({ project, listed, listedAndReceived }) => ({
      what: `tickets of ${project}`,
      how: "Jira's list of the keys alone, in the opposite order, asked after the tickets",
      expected: listed,
      received: listedAndReceived,
    })),
    coverage: coverageOf(pull),
    notes: notesOf(pull),
  };
}

function coverageOf({ source, context, steps }: JiraPull): Omit<Coverage, "sourceId">[] {
  const from = context.period.start;
  const to = earlier(context.period.end, steps.cursor.startedAt);
  if (from >= to) return [];
  const kinds = source.approvals === true && !("approvals" in steps.cursor.refused) ? ticketKinds : onlyTickets;
  return source.projects.flatMap((scope) => kinds.map((kind) => ({ kind, scope, from, to })));
}

function notesOf({ context, steps }: JiraPull): string[] {
  const { cursor } = steps;
  const notes = [...cursor.notes];
  for (const [what, times] of Object.entries(cursor.refused)) {
    notes.push(`Jira did not let this account read the ${what} of ${times} tickets, or has none for them.`);
  }
  if (cursor.startedAt < context.period.end) {
    notes.push(`The period was not over when the pull began; it vouches for nothing after ${cursor.startedAt}.`);
  }
  return notes;
}
