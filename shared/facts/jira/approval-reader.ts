import { z } from "zod";
import { type Instant, parseInstant } from "../../model/instant.ts";
import type { Origin } from "../../model/origin.ts";
import type { TicketApproval } from "../../model/ticket-facts.ts";
import { Account } from "./jira-shapes.ts";

const Moment = z
  .object({ iso8601: z.string().nullish() })
  .nullish()
  .transform((moment): Instant | null => parseInstant(moment?.iso8601 ?? ""));
const Decision = z.enum(["approved", "declined", "pending"]);
export const ApprovalShape = z.object({
  id: z.union([z.string(), z.number()]).transform(String),
  name: z.string().nullish(),
  finalDecision: Decision,
  completedDate: Moment,
  approvers: z.array(z.object({ approver: Account, approverDecision: Decision })),
});

/**
 * An approval of Jira Service Management: the word of each approver, and what came of it. An approval may need several
 * of them, so a yes counts only where the approval as a whole was given; what the whole became and no approver said is
 * nobody's decision. Jira tells when the whole was decided, and not when each approver answered; the history tells that.
 */
export function readApproval(key: string, written: unknown, origin: Origin): TicketApproval[] | null {
  const approval = ApprovalShape.safeParse(written).data;
  if (approval === undefined) return null;
  const { id, name, finalDecision, completedDate } = approval;
  const counting = approval.approvers
    .map(({ approver, approverDecision }) => ({ by: approver, decision: approverDecision }))
    .filter(({ decision }) => decision !== "approved" || finalDecision === "approved");
  const isSaid = counting.some(({ decision }) => decision === finalDecision);
  return [...counting, ...(isSaid ? [] : [{ by: "", decision: finalDecision }])].map(({ by, decision }) => ({
    kind: "ticket-approval",
    origin,
    key,
    id: `${id}/${by}`,
    by,
    decision,
    at: decision === "pending" ? null : completedDate,
    stage: name ?? "",
  }));
}

/** Approvals among a ticket's fields: Jira Service Management keeps them in a field whose name differs from site to site. */
export function findApprovals(key: string, fields: object, origin: Origin): TicketApproval[] {
  const found: TicketApproval[] = [];
  // Sites have hundreds of fields, and few of them hold a list.
  for (const name in fields) {
    const value = (fields as Readonly<Record<string, unknown>>)[name];
    if (!Array.isArray(value) || !name.startsWith("customfield_") || !Object.hasOwn(fields, name)) continue;
    for (const written of value) found.push(...(readApproval(key, written, origin) ?? []));
  }
  return found;
}
