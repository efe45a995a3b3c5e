import { z } from "zod";
import type { Announcement } from "../../model/announcement-facts.ts";
import { instantOf } from "../../model/instant.ts";
import { readArray } from "../array-evidence.ts";
import type { FormatReader } from "../format-reader.ts";
import { parseShape } from "../json-evidence.ts";
import { Text } from "../shapes.ts";
import { longestText } from "./announcement-text.ts";

const Message = z.object({
  type: z.literal("message"),
  subtype: Text,
  ts: z.string().regex(/^\d{1,11}\.\d{1,6}$/),
  user: Text,
  username: Text,
  bot_id: Text,
  bot_profile: z.object({ name: Text }).nullish(),
  user_profile: z.object({ name: Text }).nullish(),
  text: Text,
  attachments: z.array(z.object({ fallback: Text, title: Text, text: Text }).partial().catch({})).nullish(),
});

/** What Slack says by itself: that somebody came, went, or changed the channel's name. */
const notices = /^(?:channel_|group_|pinned_item|unpinned_item|bot_add|bot_remove|reminder_add|huddle_|tombstone)/;

/**
 * One day of one channel of a Slack export: `channel/2025-02-03.json`. A message's `ts` is its moment in seconds since
 * 1970, by Slack's clock, and its id within the channel.
 */
export const readSlackDay: FormatReader = (input) => {
  const [, channel = ""] = /([^/]+)\/[^/]+$/.exec(input.locator.replace(/#[^/]*$/, "")) ?? [];
  return readArray(input, [""], (element, origin) => {
    const parsed = parseShape(Message, element);
    if ("reason" in parsed) return parsed;
    const message = parsed.data;
    if (notices.test(message.subtype)) return [];
    const [seconds = "0", fraction = ""] = message.ts.split(".");
    const announcement: Announcement = {
      kind: "announcement",
      origin,
      id: `${channel} ${message.ts}`,
      medium: "slack",
      channel,
      at: instantOf(Number(seconds) * 1000 + Number(fraction.padEnd(6, "0").slice(0, 3))),
      by: nameOf(message),
      ...(message.user === "" ? {} : { account: message.user }),
      text: textOf(message).slice(0, longestText),
    };
    return [announcement];
  });
};

/** Older exports name the account by its id alone; the list of accounts says whose that is. */
function nameOf({ user, username, bot_id, bot_profile, user_profile }: z.infer<typeof Message>): string {
  return user_profile?.name || user || username || bot_profile?.name || bot_id;
}

/** Bots say what they say in attachments. */
function textOf({ text, attachments }: z.infer<typeof Message>): string {
  const more = (attachments ?? []).map(({ title, text: said, fallback }) =>
    [title, said || fallback].filter(Boolean).join(": "),
  );
  return [text, ...more].filter(Boolean).join("\n");
}
