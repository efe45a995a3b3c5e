import { z } from "zod";
import { Instant } from "./instant.ts";
import { PersonName, Words } from "./judgement.ts";

/** How a mark is reversed. Nothing is erased: each way adds an entry to the activity log. */
export const Reversal = z.enum([
  /** A judgement is taken back, or the one before it is made again. */
  "judge-as-before",
  /** A sign-off is withdrawn, by who gave it. */
  "withdraw-sign-off",
  /** An exception that was raised is closed: it was none. */
  "close-exception",
  /** An exception, or a review note, is again as it was before the last act on it. */
  "restore",
  /** A decision on who is who does not hold any more. */
  "withdraw-decision",
]);
export type Reversal = z.infer<typeof Reversal>;

/** What somebody marked last, of all that is not reversed. */
export const MarkView = z.object({
  /** Number of its entry in the activity log. */
  entry: z.int().positive(),
  /** `J.3`, `S.1`, `G.2`, `N.1`, or what was decided on. */
  ref: z.string(),
  /** On which control, scope or account. */
  about: z.string(),
  kind: z.enum(["judgement", "taken-back-judgement", "sign-off", "new-exception", "exception", "note", "decision"]),
  by: z.string(),
  at: Instant,
  reversal: Reversal,
});
export type MarkView = z.infer<typeof MarkView>;

export const LatestMark = z.object({
  mark: MarkView.nullable(),
  /** What came after it and is never undone. */
  final: z.enum(["sample-drawn", "population-frozen", "note-raised", "sign-off-withdrawn"]).nullable(),
});
export type LatestMark = z.infer<typeof LatestMark>;

export const UndoRequest = z.object({
  /** As it was shown: when anything was marked since, nothing is undone. */
  entry: z.int().positive(),
  reason: Words,
  by: PersonName.exactOptional(),
});
export type UndoRequest = z.infer<typeof UndoRequest>;
