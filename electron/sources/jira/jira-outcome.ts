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
  const { refused, cut = [] } = steps.cursor;
  const areWhole = source.approvals === true && !("approvals" in refused) && !cut.includes("approvals");
  const kinds = areWhole ? ticketKinds : onlyTickets;
  return source.projects.flatMap((scope) => kinds.map((kind) => ({ kind, scope, from, to })));
}

function notesOf({ context, steps }: JiraPull): string[] {
  const { cursor } = steps;
  const notes = [...cursor.notes];
  const { repeated, late } = cursor.drift;
  if (repeated > 0) notes.push(`${repeated} tickets were listed again while the list was read; each was taken once.`);
  if (late > 0) {
    notes.push(
      `${late} tickets were not on the pages of the list; the list of keys named them, and they were fetched.`,
    );
  }
  for (const { project, received, listedAndReceived } of cursor.finished) {
    const unlisted = received - listedAndReceived;
    if (unlisted > 0) {
      notes.push(
        `${unlisted} tickets of ${project} were received and are not in the list of keys asked afterwards: they were ` +
          "deleted or moved since, or that list did not come whole.",
      );
    }
  }
  for (const [what, times] of Object.entries(cursor.refused)) {
    notes.push(`Jira did not let this account read the ${what} of ${times} tickets, or has none for them.`);
  }
  if (cursor.startedAt < context.period.end) {
    notes.push(`The period was not over when the pull began; it vouches for nothing after ${cursor.startedAt}.`);
  }
  return notes;
}
