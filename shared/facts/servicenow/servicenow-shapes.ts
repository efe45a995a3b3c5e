import { z } from "zod";
import type { Reading } from "../../model/evidence.ts";
import { type Instant, parseInstant } from "../../model/instant.ts";
import { readTime } from "../../model/written-time.ts";
import type { Unreadable } from "../json-evidence.ts";

/** A field of a record: what is stored, and what ServiceNow shows for it. An exported list holds only one of the two. */
const Field = z.union([
  z.object({ value: z.string().nullish(), display_value: z.string().nullish() }),
  z.string(),
  z.number(),
  z.boolean(),
]);
export const RowShape = z.record(z.string(), Field.nullish());

/** A record of a table, however it was received. */
export interface Row {
  /** The stored value; of an export without it, what is shown. */
  value(column: string): string;
  /** What ServiceNow shows; where that was not received, the stored value. */
  shown(column: string): string;
  /** A time. The table API stores UTC; an export shows a time in the zone of whoever exported it. */
  time(column: string): Instant | null | Unreadable;
}

/** A row of the JSON that the table API or an export gives. */
export function rowOfJson(json: z.infer<typeof RowShape>, reading: Reading | undefined): Row {
  const parts = (column: string): { stored: string | null; shown: string } => {
    const field = json[column];
    if (field === undefined || field === null) return { stored: "", shown: "" };
    if (typeof field !== "object") return { stored: null, shown: String(field) };
    return { stored: field.value ?? "", shown: field.display_value ?? field.value ?? "" };
  };
  return {
    value: (column) => parts(column).stored ?? parts(column).shown,
    shown: (column) => parts(column).shown,
    time(column) {
      const { stored, shown } = parts(column);
      return stored === null ? timeShown(shown, reading) : timeStored(stored);
    },
  };
}

/** `2025-02-01 10:00:00` in UTC. */
export function timeStored(stored: string): Instant | null | Unreadable {
  if (stored === "") return null;
  return parseInstant(`${stored}Z`) ?? { reason: `"${stored.slice(0, 40)}" is not a time of ServiceNow` };
}

/** A time as it is shown, in the zone that `reading` names. */
export function timeShown(shown: string, reading: Reading | undefined): Instant | null | Unreadable {
  if (shown === "") return null;
  const read = readTime(shown, reading);
  return "at" in read ? read.at : read;
}
