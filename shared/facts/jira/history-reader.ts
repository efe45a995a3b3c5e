import type { z } from "zod";
import type { Unread } from "../../model/facts.ts";
import { parseInstant } from "../../model/instant.ts";
import type { TicketEvent } from "../../model/ticket-facts.ts";
import type { EvidenceInput } from "../evidence-input.ts";
import { originOf, parseShape } from "../json-evidence.ts";
import { HistoryShape, nameOf, notATime } from "./jira-shapes.ts";

type Event = z.infer<typeof TicketEvent>;

/** Entries of a ticket's history, oldest first, whatever the order on the page. Bad entries are listed, not fatal. */
export function readHistory(
  input: EvidenceInput,
  entries: readonly unknown[],
  placeOf: (index: number) => string,
): { readonly events: Event[]; readonly unread: Unread[] } {
  const events: Event[] = [];
  const unread: Unread[] = [];
  for (const [index, entry] of entries.entries()) {
    const parsed = parseShape(HistoryShape, entry);
    const at = "reason" in parsed ? null : parseInstant(parsed.data.created);
    if ("reason" in parsed || at === null) {
      const reason = "reason" in parsed ? parsed.reason : `created: ${notATime}`;
      unread.push({ origin: originOf(input, placeOf(index)), reason: `entry of the history: ${reason}` });
      continue;
    }
    const by = nameOf(parsed.data.author);
    for (const item of parsed.data.items) {
      events.push({ at, by, field: own(item, "field"), from: own(item, "fromString"), to: own(item, "toString") });
    }
  }
  events.sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0));
  return { events, unread };
}

function own(item: object, name: string): string {
  const value: unknown = Object.hasOwn(item, name) ? Reflect.get(item, name) : undefined;
  return typeof value === "string" ? value : "";
}
