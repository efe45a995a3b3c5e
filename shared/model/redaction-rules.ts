import { z } from "zod";

/** What is left out of an edition for outsiders, besides secrets, which are left out of every one. */
export const RedactionRules = z.strictObject({
  /** `pseudonyms`: each person of the engagement, and whoever else is met by an address, becomes `Person 1`, the same one everywhere. */
  persons: z.enum(["pseudonyms", "keep"]).default("pseudonyms"),
  /** Texts that must not be in it, wherever they stand, by the kind of thing that they are; without looking at case. */
  texts: z.record(z.string().regex(/^[a-z][a-z0-9-]{0,39}$/), z.array(z.string().min(3).max(500)).min(1)).default({}),
  /** The same by pattern (ECMAScript). */
  patterns: z
    .array(
      z.strictObject({
        kind: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
        pattern: z.string().min(1).max(2000).refine(isPattern, "is no regular expression"),
      }),
    )
    .default([]),
  /** Pictures, archives and other records that are no text, in which nothing can be found. */
  attachments: z.enum(["withhold", "keep"]).default("withhold"),
});
export type RedactionRules = z.output<typeof RedactionRules>;

function isPattern(text: string): boolean {
  try {
    // One that fits the empty text would be found everywhere.
    return !new RegExp(text, "u").test("");
  } catch {
    return false;
  }
}
