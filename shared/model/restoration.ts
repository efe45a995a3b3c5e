import { z } from "zod";
import { Instant } from "./instant.ts";
import { PersonName, Words } from "./judgement.ts";

/** In a revision that takes back what an earlier one did, and is otherwise as the record was before that. */
export const Restoration = z.object({
  /** The revision whose act is taken back. */
  of: z.int().positive(),
  reason: Words,
  by: PersonName,
  at: Instant,
});
export type Restoration = z.infer<typeof Restoration>;
