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
  /** Id of the account within the medium, where it has ids: Slack's `U024BE7LH`. */
  account: z.string().optional(),
  /** Subject line, where there is one, and text. */
  text: z.string(),
});
export type Announcement = z.infer<typeof Announcement>;

/** An account of the medium, as its own list has it. */
export const ChatAccount = z.object({
  ...factBase,
  kind: z.literal("chat-account"),
  medium: z.string(),
  id: z.string(),
  /** The name by which others address it; empty where it has none. */
  login: Login,
  /** The person's name as written there. */
  name: z.string(),
  email: z.string(),
  bot: z.boolean(),
});
export type ChatAccount = z.infer<typeof ChatAccount>;
