import type { announcementFormats } from "../../model/formats/announcement-formats.ts";
import { type FormatReaders, readNothing } from "../format-reader.ts";
import { readIrcLog } from "./irc-reader.ts";
import { readMailbox } from "./mail-reader.ts";
import { readSlackDay } from "./slack-reader.ts";
import { readSlackUsers } from "./slack-users-reader.ts";

/** Readers of what was announced where. */
export const announcementReaders: FormatReaders<(typeof announcementFormats)[number]> = {
  "slack.day": readSlackDay,
  // Which channels there are; what was said is in the files of the days.
  "slack.channels": readNothing,
  "slack.users": readSlackUsers,
  "irc.log": readIrcLog,
  "mail.mbox": readMailbox,
};
