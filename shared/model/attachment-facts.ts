import { z } from "zod";
import { factBase } from "./origin.ts";

/** A document that was handed over: minutes, a policy, a screenshot. Read by people; hashed like all evidence. */
export const Attachment = z.object({
  ...factBase,
  kind: z.literal("attachment"),
  name: z.string(),
  /** What it is and what it is for, in the auditor's words. */
  note: z.string(),
  mediaType: z.string(),
  size: z.int().nonnegative(),
});
export type Attachment = z.infer<typeof Attachment>;
