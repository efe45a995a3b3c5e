import { z } from "zod";
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
