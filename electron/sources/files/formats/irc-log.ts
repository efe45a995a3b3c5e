import type { FileFormat } from "../file-format.ts";

const said =
  /^(?:\d{2}:\d{2}(?::\d{2})? (?:<[ @+%&~]?\S+>|-!-)|\[\d{2}:\d{2}(?::\d{2})?\] (?:<\S+>|\*)|\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}\t[^\t]*\t|--- (?:Log opened|Day changed) )/;

export const ircLog: FileFormat = {
  format: "irc.log",
  system: "announcements",
  title: "Logs of an IRC channel (irssi, WeeChat, energymech, ZNC)",
  recognisedBy: "lines with a time and who says something, in one of these styles",
  shape: { cut: "whole" },
  gives: ["announcements"],
  recognise({ lines }) {
    if (lines.length === 0 || lines.filter((line) => said.test(line)).length * 2 < lines.length) return null;
    return { sure: "likely", because: "most of its first lines have a time and who says something" };
  },
};
