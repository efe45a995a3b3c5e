import { z } from "zod";
import { AuditException, ExceptionState } from "./audit-exception.ts";
import { Judgement, JudgementEffect } from "./judgement.ts";
import { NoteState, ReviewNote } from "./review-note.ts";

/* What people said about the results, as screens, the command line and the report are shown it. */

export const JudgementStanding = z.enum([
  /** It counts. */
  "stands",
  /** The result is another since, or is no longer in a sample that is tested. */
  "outdated",
  /** A later judgement took its place. */
  "replaced",
  /** It takes back what was judged before. */
  "withdrawal",
]);
export type JudgementStanding = z.infer<typeof JudgementStanding>;

export const JudgementView = z.object({
  /** `J.1`. */
  ref: z.string(),
  judgement: Judgement,
  /** Null where it takes an earlier one back. */
  effect: JudgementEffect.nullable(),
  standing: JudgementStanding,
});
export type JudgementView = z.infer<typeof JudgementView>;

export const ExceptionView = z.object({
  /** `G.1`. */
  ref: z.string(),
  exception: AuditException,
  state: ExceptionState,
  /** Workpaper references of its items, in their order; an item that is no longer tested has none. */
  itemRefs: z.array(z.string().nullable()),
});
export type ExceptionView = z.infer<typeof ExceptionView>;

export const NoteView = z.object({
  /** `N.1`. */
  ref: z.string(),
  note: ReviewNote,
  state: NoteState,
  /** `engagement`, `REV-01`, `REV-01 on C.12`. */
  about: z.string(),
});
export type NoteView = z.infer<typeof NoteView>;
