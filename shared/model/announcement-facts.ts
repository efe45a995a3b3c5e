import { z } from "zod";
import { Login } from "./account.ts";
import { Instant } from "./instant.ts";
import { factBase } from "./origin.ts";

/** What was said where everyone concerned can see it. */
export const Announcement = z.object({
  ...factBase,
  kind: z.literal("announcement"),
  id: z.string(),
  /** slack, irc, mail. */
  medium: z.string(),
  /** Channel, or the list's address. */
  channel: z.string(),
  at: Instant,
  by: Login,
  /** Subject line, where there is one, and text. */
  text: z.string(),
});
export type Announcement = z.infer<typeof Announcement>;
