import type { Instant } from "../../model/instant.ts";
import type { Origin } from "../../model/origin.ts";
import type { ChangeTicket, Ticket, TicketApproval } from "../../model/ticket-facts.ts";
import type { Unreadable } from "../json-evidence.ts";
import { isUnreadable } from "./row-faults.ts";
import type { Row } from "./servicenow-shapes.ts";

const types = ["standard", "normal", "emergency"] as const;
/** Choices of the field "state" of a change request, as ServiceNow delivers them. */
const done = new Set(["3", "Closed"]);
const begun = new Set(["-5", "New"]);
/** What was called off is no change that was made, so this state fits none that was released. */
const calledOff = new Set(["4", "Canceled", "Cancelled"]);
const address = /https?:\/\/[^\s"'<>()[\]{}|\\^`]+?\/(?:pull|merge_requests)\/[1-9]\d*(?!\d)/g;
const texts = ["short_description", "description", "justification", "close_notes", "work_notes", "comments"];

/** A change request: the ticket, and what it says of the change. */
export function readChange(row: Row, origin: Origin, project: string): readonly [Ticket, ChangeTicket] | Unreadable {
  const key = row.value("number");
  if (key === "") return { reason: "it has no number" };
  const times = timesOf(row);
  if ("reason" in times) return times;
  // When it was opened can be written by whoever may edit the change; ServiceNow itself writes when it was created.
  const createdAt = [times.opened_at, times.sys_created_on]
    .flatMap((time) => time ?? [])
    .sort()
    .at(-1);
  if (!createdAt) return { reason: "it has neither opened_at nor sys_created_on" };
  const links = texts.flatMap((column) => [...row.value(column).matchAll(address)].map(([found]) => found));
  const state = row.value("state");
  const ticket: Ticket = {
    kind: "ticket",
    origin,
    key,
    project,
    type: row.shown("type"),
    summary: row.shown("short_description"),
    status: row.shown("state"),
    statusCategory: categoryOf(state),
    createdAt,
    updatedAt: times.sys_updated_on ?? createdAt,
    resolvedAt: times.closed_at,
    reporter: accountOf(row, "requested_by") || accountOf(row, "opened_by"),
    assignee: accountOf(row, "assigned_to"),
    history: [],
    links: [...new Set(links)],
    comments: 0,
  };
  const change: ChangeTicket = {
    kind: "change-ticket",
    origin,
    key,
    type: types.find((type) => type === row.value("type").toLowerCase()) ?? "unknown",
    risk: row.shown("risk"),
    plannedStart: times.start_date,
    plannedEnd: times.end_date,
    actualStart: times.work_start,
    actualEnd: times.work_end,
    closeCode: row.shown("close_code"),
  };
  return [ticket, change];
}

function categoryOf(state: string): Ticket["statusCategory"] {
  if (state === "" || calledOff.has(state)) return "undefined";
  return done.has(state) ? "done" : begun.has(state) ? "new" : "indeterminate";
}

/**
 * A decision of an approver. One that was not asked for, or no longer is, decided nothing. A yes counts only where the
 * change as a whole is approved: others may have been asked too, or the change was sent back after it.
 */
export function readApprovalRow(row: Row, origin: Origin): readonly TicketApproval[] | Unreadable {
  const key = row.value("sysapproval.number") || row.shown("sysapproval");
  const id = row.value("sys_id");
  if (key === "") return { reason: "it does not say which change it is about" };
  const state = row.value("state").toLowerCase();
  const at = row.time("sys_updated_on");
  if (isUnreadable(at)) return at;
  if (noDecisions.has(state)) return [];
  const own = decisions[state];
  if (own === undefined) return { reason: state === "" ? "it tells no state" : `its state "${state}" is not known` };
  const whole = row.value("sysapproval.approval").toLowerCase();
  const decision = own === "approved" && whole !== "" && whole !== "approved" ? "pending" : own;
  return [
    {
      kind: "ticket-approval",
      origin,
      key,
      id: id || `${key}/${accountOf(row, "approver")}`,
      by: decision === "pending" ? accountOf(row, "approver") : deciderOf(row),
      decision,
      at: decision === "pending" ? null : at,
      stage: row.shown("group.assignment_group") || row.shown("group"),
    },
  ];
}

/** Whoever wrote the decision: a delegate, an administrator or a rule may have done so in the approver's place. */
function deciderOf(row: Row): string {
  return row.value("sys_updated_by") || accountOf(row, "approver");
}

const decisions: Readonly<Record<string, TicketApproval["decision"]>> = {
  approved: "approved",
  rejected: "declined",
  requested: "pending",
};

const noDecisions = new Set([
  "not requested",
  "not_requested",
  "not yet requested",
  "not_required",
  "not required",
  "no longer required",
  "cancelled",
  "canceled",
  "duplicate",
  "skipped",
]);

/** The login where it was asked for; a name where an export shows nothing else. */
export function accountOf(row: Row, column: string): string {
  return row.value(`${column}.user_name`) || row.shown(column);
}

const timeColumns = [
  "opened_at",
  "sys_created_on",
  "sys_updated_on",
  "closed_at",
  "start_date",
  "end_date",
  "work_start",
  "work_end",
] as const;

function timesOf(row: Row): Record<(typeof timeColumns)[number], Instant | null> | Unreadable {
  const times: Record<string, Instant | null> = {};
  for (const column of timeColumns) {
    const time = row.time(column);
    if (isUnreadable(time)) return { reason: `${column}: ${time.reason}` };
    times[column] = time;
  }
  return times as Record<(typeof timeColumns)[number], Instant | null>;
}
