import type { Directory, Identity } from "./directory.ts";
import { repositoryPage } from "./github-repository.ts";
import type { Seconds } from "./moments.ts";
import type { PlannedChange, PlannedHistory } from "./planned.ts";
import { spread } from "./spread.ts";
import type { Story, StoryTicket } from "./story-schema.ts";

export const ticketStatuses = ["To Do", "Approved", "In Progress", "In Review", "Done", "Rejected"] as const;
export type TicketStatus = (typeof ticketStatuses)[number];

/** One entry of a ticket's history. */
export interface TicketMove {
  readonly at: Seconds;
  readonly by: Identity;
  readonly set:
    | { readonly field: "status"; readonly from: TicketStatus; readonly to: TicketStatus }
    | { readonly field: "assignee"; readonly to: Identity }
    | { readonly field: "Rank"; readonly higher: boolean };
}

export interface TicketComment {
  readonly at: Seconds;
  readonly by: Identity;
  readonly text: string;
}

/** What the change board decided on a ticket. */
export interface TicketDecision {
  readonly at: Seconds;
  readonly by: Identity;
  readonly decision: "approved" | "declined";
}

export interface PlannedTicket {
  readonly key: string;
  readonly told: StoryTicket;
  readonly reporter: Identity;
  readonly assignee: Identity | null;
  readonly createdAt: Seconds;
  readonly updatedAt: Seconds;
  readonly resolvedAt: Seconds | null;
  readonly status: TicketStatus;
  /** Oldest first. */
  readonly moves: readonly TicketMove[];
  readonly comments: readonly TicketComment[];
  /** Class of the change; empty where nobody classified it. */
  readonly changeType: "Standard" | "Normal" | "Emergency" | "";
  readonly decisions: readonly TicketDecision[];
}

const minute = 60;
const hour = 3600;
const day = 86_400;

/** Every ticket of the project, in the order of its number. */
export function planTickets(story: Story, directory: Directory, history: PlannedHistory): PlannedTicket[] {
  const keys = Object.keys(story.tickets).toSorted((a, b) => numberOf(a) - numberOf(b));
  return keys.flatMap((key) => {
    const told = story.tickets[key];
    return told
      ? [
          planTicket(
            story,
            directory,
            key,
            told,
            history.filter((change) => change.story.ticket === key),
          ),
        ]
      : [];
  });
}

export function numberOf(key: string): number {
  return Number(key.slice(key.indexOf("-") + 1));
}

function planTicket(
  story: Story,
  directory: Directory,
  key: string,
  told: StoryTicket,
  changes: readonly PlannedChange[],
): PlannedTicket {
  const reporter = directory.of(story.jira.reporter);
  const approver = directory.of(story.jira.approver);
  const first = changes[0];
  const worker = first ? workerOf(directory, first) : directory.of(story.repository.startedBy);
  const when = milestonesOf(key, told, changes);
  const steps: [TicketStatus, Seconds | null, Identity][] = [
    ["Approved", when.approved, approver],
    ["In Progress", when.started, worker],
    ["In Review", when.reviewed, worker],
    [told.rejected ? "Rejected" : "Done", when.done, reporter],
  ];
  const moves: TicketMove[] = [];
  let status: TicketStatus = "To Do";
  for (const [to, at, by] of steps) {
    if (at === null) continue;
    moves.push({ at, by, set: { field: "status", from: status, to } });
    if (to === "In Progress") moves.push({ at, by, set: { field: "assignee", to: worker } });
    status = to;
  }
  const ranked = Array.from({ length: told.reorderings }, (_, index): TicketMove => {
    const at = when.created + (index + 2) * 2 * day + spread(`${key}/rank/${index}`, 0, 8) * hour;
    return { at, by: reporter, set: { field: "Rank", higher: spread(`${key}/higher/${index}`, 0, 1) === 1 } };
  });
  const comments = changes.flatMap((change) => commentsOn(story, directory, change)).toSorted((a, b) => a.at - b.at);
  const sorted = [...moves, ...ranked].toSorted((a, b) => a.at - b.at);
  return {
    key,
    told,
    reporter,
    assignee: when.started === null ? null : worker,
    createdAt: when.created,
    updatedAt: Math.max(when.created, ...sorted.map((move) => move.at), ...comments.map((comment) => comment.at)),
    resolvedAt: when.done,
    status,
    moves: sorted,
    comments,
    changeType: classify(told),
    decisions: decide(directory, told, approver, when.approved, changes),
  };
}

function classify(told: StoryTicket): PlannedTicket["changeType"] {
  if (told.changeType !== undefined) return told.changeType === "none" ? "" : told.changeType;
  if (told.type === "Epic" || told.type === "Incident") return "";
  if (told.labels.includes("on-call")) return "Emergency";
  return told.type === "Task" ? "Standard" : "Normal";
}

/** Unless told otherwise: a normal change when its ticket was approved, an emergency the day after it arrived. */
function decide(
  directory: Directory,
  told: StoryTicket,
  approver: Identity,
  approved: Seconds | null,
  changes: readonly PlannedChange[],
): TicketDecision[] {
  if (told.decisions) return told.decisions.map(({ by, at, decision }) => ({ by: directory.of(by), at, decision }));
  const type = classify(told);
  const arrived = changes.filter(({ arrival }) => arrival !== null).map(({ story }) => story.at);
  const at =
    type === "Normal" ? approved : type === "Emergency" && arrived.length > 0 ? Math.max(...arrived) + day : null;
  return at === null ? [] : [{ by: approver, at, decision: "approved" }];
}

/** When the ticket was raised, approved, begun, put to review and finished; null for what did not happen. */
function milestonesOf(key: string, told: StoryTicket, changes: readonly PlannedChange[]) {
  const opened = changes.map((change) => change.request?.openedAt ?? change.story.at);
  const begun = [...changes.map((change) => change.commits[0]?.author.at ?? change.story.at), ...opened];
  const started = told.started ?? (begun.length > 0 ? Math.min(...begun) - 4 * minute : null);
  const urgent = told.labels.includes("on-call");
  const before = urgent ? spread(key, 25, 70) * minute : spread(key, 2 * day, 9 * day);
  const created = told.created ?? (started ?? 0) - before;
  const approved = started === null ? null : created + (started - created) / (urgent ? 4 : 3);
  const arrived = changes.filter((change) => change.arrival !== null).map((change) => change.story.at);
  const released = changes.every((change) => change.story.deployed) && !told.standing;
  const finished =
    arrived.length > 0 && released ? Math.max(...arrived) + spread(`${key}/done`, 2 * hour, 20 * hour) : null;
  return {
    created,
    approved: approved === null ? null : Math.round(approved),
    started,
    reviewed: opened.length > 0 && !told.standing ? Math.max(started ?? 0, Math.min(...opened)) + minute : null,
    done: told.done ?? finished,
  };
}

/** Who opened a request says so on the ticket, and later that it was merged. */
function commentsOn(story: Story, directory: Directory, change: PlannedChange): TicketComment[] {
  const { request } = change;
  if (!request || request.opener.bot) return [];
  const page = `${repositoryPage(story)}/pull/${request.number}`;
  const asked: TicketComment = {
    at: request.openedAt + 2 * minute,
    by: request.opener,
    text: `Up for review: ${page}`,
  };
  if (request.mergedBy === null) return [asked];
  const merged = workerOf(directory, change);
  return [
    asked,
    { at: change.story.at + 5 * minute, by: merged, text: `Merged into ${story.repository.releaseBranch}.` },
  ];
}

function workerOf(directory: Directory, change: PlannedChange): Identity {
  const author = directory.of(change.story.author);
  return author.bot ? directory.of(change.story.approver ?? change.story.author) : author;
}
