import { z } from "zod";
import type { Origin } from "../../model/origin.ts";
import type { ChangeTicket } from "../../model/ticket-facts.ts";

/** A select field, or a text. */
const Choice = z.union([z.string(), z.object({ value: z.string() }).transform(({ value }) => value)]);

/** How a ticket's change is classified, by a field that the source names; nothing where the field is empty. */
export function readChangeType(key: string, fields: object, field: string, origin: Origin): ChangeTicket[] {
  const written = field === "" ? null : ((fields as Record<string, unknown>)[field] ?? null);
  const choice = written === null ? "" : (Choice.safeParse(written).data ?? "");
  if (choice === "") return [];
  const [word = ""] = choice.toLowerCase().split(/[^a-z]/, 1);
  const type = word === "standard" || word === "normal" || word === "emergency" ? word : "unknown";
  const times = { plannedStart: null, plannedEnd: null, actualStart: null, actualEnd: null };
  return [{ kind: "change-ticket", origin, key, type, risk: "", closeCode: "", ...times }];
}
