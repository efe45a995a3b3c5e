import { z } from "zod";
import { Sha256 } from "./digest.ts";
import { Instant } from "./instant.ts";

/** Where words are being written: one form, or one editor, of one engagement. */
export const DraftPlace = z.string().min(1).max(4000);

/** Of the edited copy of a catalog, which belongs to no engagement. */
export const catalogDraftPlace = "catalog";

/** Words that were written and not recorded yet. Nothing that is secret is ever kept as one. */
export const Draft = z.object({
  text: z.string().max(768 * 1024),
  /** When they were last changed. */
  at: Instant,
});
export type Draft = z.infer<typeof Draft>;

/** What was entered in a form, as the text of a draft: only what is other than in the form when it was opened. */
export const KeptForm = z.strictObject({
  /** SHA-256 of what the form is about, as that was when somebody began to write: of something else it is never offered. */
  asOf: Sha256,
  /** What was typed, by the name of its field. */
  values: z.record(z.string().max(100), z.string()),
  /** What was chosen and ticked. Whether it can be chosen still, the form knows. */
  choices: z.record(z.string().max(100), z.json()),
});
export type KeptForm = z.infer<typeof KeptForm>;
