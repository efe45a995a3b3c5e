import type { z } from "zod";
import { TickmarkError } from "../../shared/errors.ts";

/** A value as a JSON column keeps it. `undefined` becomes null, since a column cannot be absent. */
export function writeJson(value: unknown): string {
  return JSON.stringify(value ?? null);
}

/** The same value as plain JSON: what reading it back will give. Members that are undefined are gone. */
export function asJson(value: unknown): unknown {
  return JSON.parse(writeJson(value));
}

/**
 * Parses a JSON column. The file is our own, but it lies where others can write.
 *
 * @param what the row in words, for the fault: `source "git"`
 * @throws engagement-corrupt
 */
export function readJson<T>(json: string, schema: z.ZodType<T>, what: string): T {
  try {
    return schema.parse(JSON.parse(json));
  } catch (cause) {
    throw unreadableRow(what, cause);
  }
}

/** A row that says something that Tickmark never writes. */
export function unreadableRow(what: string, cause?: unknown): TickmarkError {
  return new TickmarkError(
    "engagement-corrupt",
    `The engagement file is damaged: ${what} cannot be read.`,
    "Restore the file from a copy; it was not changed.",
    cause === undefined ? {} : { cause },
  );
}
