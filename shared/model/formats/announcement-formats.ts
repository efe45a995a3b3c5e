/** What was announced where. */
export const announcementFormats = [
  "slack.day", // whole file of a Slack export: one day of one channel, named channel/2025-02-03.json
  "slack.channels", // channels.json, groups.json, dms.json of a Slack export: kept, and read by people
  "slack.users", // users.json of a Slack export: whose account an id in a message is
  "irc.log", // whole file: a channel's log of irssi, WeeChat, energymech or ZNC
  "mail.mbox", // whole messages of a mailbox (RFC 4155)
] as const;
