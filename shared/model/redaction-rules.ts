import { z } from "zod";
import { compileRedactionPattern } from "./redaction-pattern.ts";

/** What is left out of an edition for outsiders, besides secrets, which are left out of every one. */
export const RedactionRules = z.strictObject({
  /** `pseudonyms`: each person of the engagement, and whoever else is met by an address, becomes `Person 1`, the same one everywhere. */
  persons: z.enum(["pseudonyms", "keep"]).default("pseudonyms"),
  /** Texts that must not be in it, wherever they stand, by the kind of thing that they are; without looking at case. */
  texts: z.record(z.string().regex(/^[a-z][a-z0-9-]{0,39}$/), z.array(z.string().min(3).max(500)).min(1)).default({}),
  /** The same by pattern (RE2). */
  patterns: z
    .array(
      z.strictObject({
        kind: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
        pattern: z.string().min(1).max(2000).superRefine(requirePattern),
      }),
    )
    .default([]),
  /** Pictures, archives and other records that are no text, in which nothing can be found. */
  attachments: z.enum(["withhold", "keep"]).default("withhold"),
});
export type RedactionRules = z.output<typeof RedactionRules>;

function requirePattern(text: string, context: z.RefinementCtx<string>): void {
  const compiled = compileRedactionPattern(text);
  if (typeof compiled === "string") context.addIssue({ code: "custom", message: compiled });
}
