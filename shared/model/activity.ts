import { z } from "zod";
import { Sha256 } from "./digest.ts";
import { Instant } from "./instant.ts";

export const ActivityKind = z.enum([
  "engagement-created",
  "engagement-migrated",
  "source-added",
  "source-changed",
  "pull-started",
  "pull-interrupted",
  "pull-completed",
  "people-decided",
  "population-frozen",
  "sample-drawn",
  "catalog-changed",
  "evaluated",
  "judged",
  "exception-raised",
  "exception-changed",
  "signed-off",
  "sign-off-withdrawn",
  "note-raised",
  "note-changed",
  "exported",
]);
export type ActivityKind = z.infer<typeof ActivityKind>;

/**
 * One entry of the activity log. `hash` is the SHA-256 of the canonical JSON of the entry without `hash`;
 * `previous` is the hash of the entry before it, 64 zeros for the first. So an entry that is changed, dropped or
 * put in between breaks every hash after it.
 */
export const Activity = z.object({
  number: z.number().int().positive(),
  at: Instant,
  by: z.string(),
  kind: ActivityKind,
  /** What it was done to: a source, a pull, a sample, an item. */
  subject: z.string(),
  before: z.json().nullable(),
  after: z.json().nullable(),
  previous: Sha256,
  hash: Sha256,
});
export type Activity = z.infer<typeof Activity>;

/** An entry as a list shows it: what was there before and after may be a draw of a million items. */
export const ActivityEntry = Activity.omit({ before: true, after: true });
export type ActivityEntry = z.infer<typeof ActivityEntry>;
