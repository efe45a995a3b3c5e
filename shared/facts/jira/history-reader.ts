import type { z } from "zod";
import type { Unread } from "../../model/facts.ts";
import { parseInstant } from "../../model/instant.ts";
import type { TicketEvent } from "../../model/ticket-facts.ts";
import type { EvidenceInput } from "../evidence-input.ts";
import { originOf, whyNot } from "../json-evidence.ts";
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
  for (let index = 0; index < entries.length; index += 1) {
    const reason = readEntry(entries[index], events);
    if (reason === null) continue;
    unread.push({ origin: originOf(input, placeOf(index)), reason: `entry of the history: ${reason}` });
  }
  if (!isInOrder(events)) events.sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0));
  return { events, unread };
}

/** Adds what one entry tells. @returns why it cannot be read; null when it was */
function readEntry(entry: unknown, events: Event[]): string | null {
  if (!HistoryShape.validate(entry)) return whyNot(HistoryShape, entry);
  const at = parseInstant(entry.created);
  if (at === null) return `created: ${notATime}`;
  const by = nameOf(entry.author);
  for (const item of entry.items) {
    events.push({ at, by, field: own(item, "field"), from: own(item, "fromString"), to: own(item, "toString") });
  }
  return null;
}

function isInOrder(events: readonly Event[]): boolean {
  let before = "";
  for (const { at } of events) {
    if (at < before) return false;
    before = at;
  }
  return true;
}

function own(item: object, name: string): string {
  const value: unknown = Object.hasOwn(item, name) ? Reflect.get(item, name) : undefined;
  return typeof value === "string" ? value : "";
}
