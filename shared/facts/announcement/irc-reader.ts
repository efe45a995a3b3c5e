import type { Announcement } from "../../model/announcement-facts.ts";
import { momentOf } from "../../model/local-time.ts";
import { monthNumber } from "../../model/written-time.ts";
import type { FormatReader } from "../format-reader.ts";
import { originOf, unreadWhole } from "../json-evidence.ts";
import { createAccount, textOf } from "../line-evidence.ts";
import { fileNameOf, longestText } from "./announcement-text.ts";

interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

interface Said {
  readonly day: Day | null;
  readonly time: string;
  /** Null: the server or the client says it. */
  readonly by: string | null;
  readonly text: string;
}

// irssi: "--- Day changed Mon Feb 03 2025", "--- Log opened Mon Feb 03 10:15:00 2025".
const dayLine =
  /^--- (?:Day changed|Log (?:opened|closed)) [A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d{1,2})(?: [\d:]{8})? (\d{4})$/;
// energymech and ZNC: "Session Start: Mon Feb 03 00:00:00 2025" in some; the file's name otherwise.
const sessionLine = /^Session (?:Start|Close|Time): [A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d{1,2}) [\d:]{8} (\d{4})$/;
// irssi: "10:15 < ada> text", "10:15 <@ada> text", "10:15  * ada waves", "10:15 -!- ada has joined #ops".
const irssi = /^(\d{2}:\d{2}(?::\d{2})?) (?:<[ @+%&~]?([^>\s]+)> ?(.*)| ?\* (\S+) (.*)|(-!-|-[^\s-][^-]*-) ?(.*))$/;
// energymech, ZNC: "[10:15:00] <ada> text", "[10:15:00] * ada waves", "[10:15:00] *** Joins: ada".
const bracketed = /^\[(\d{2}:\d{2}(?::\d{2})?)\] (?:<[@+%&~]?([^>\s]+)> ?(.*)|\* (\S+) (.*)|(\*\*\*|-[^-]+-) ?(.*))$/;
// WeeChat: "2025-02-03 10:15:00<tab>ada<tab>text".
const weechat = /^(\d{4})-(\d{2})-(\d{2}) (\d{2}:\d{2}:\d{2})\t([^\t]*)\t(.*)$/;

/**
 * A log of an IRC channel as irssi, WeeChat, energymech or ZNC keep it. Its times are the logging client's own, without a
 * zone; where the lines carry no day, it comes from the lines between days or from the file's name (`#ops_20250203.log`).
 */
export const readIrcLog: FormatReader = (input) => {
  const document = textOf(input);
  if ("reason" in document) return unreadWhole(input, document);
  const name = fileNameOf(input.locator);
  const channel = channelIn(input.locator, name);
  const account = createAccount();
  let day = dayIn(name);
  const first = input.reading?.firstLine ?? 1;
  for (const [index, line] of document.text.split(/\r?\n/).entries()) {
    const origin = originOf(input, `line ${first + index}`);
    const said = line.trim() === "" ? "blank" : (dayChange(line) ?? readLine(line));
    if (said === "blank") account.add("blank", origin);
    else if (said === null) account.add({ reason: "it is no line of an IRC log that is known" }, origin);
    else if ("month" in said) {
      day = said;
      account.add(null, origin);
    } else if (said.by === null) account.add(null, origin);
    else {
      const on = said.day ?? day;
      const at =
        on === null
          ? { reason: "neither the line, a line before nor the file's name says the day" }
          : momentAt(on, said.time);
      if ("reason" in at) account.add(at, origin);
      else {
        const fact: Announcement = {
          kind: "announcement",
          origin,
          id: `${channel} ${at.at} ${origin.place}`,
          medium: "irc",
          channel,
          at: at.at,
          by: said.by,
          text: said.text.slice(0, longestText),
        };
        account.add([fact], origin);
      }
    }
  }
  return account.total();

  function momentAt({ year, month, day: date }: Day, time: string) {
    const [hour = 0, minute = 0, second = 0] = time.split(":").map(Number);
    return momentOf({ year, month, day: date, hour, minute, second, millisecond: 0 }, input.reading);
  }
};

function dayChange(line: string): Day | null {
  const [, name = "", day, year] = dayLine.exec(line) ?? sessionLine.exec(line) ?? [];
  const month = monthNumber(name);
  return month === 0 ? null : { year: Number(year), month, day: Number(day) };
}

function readLine(line: string): Said | null {
  const full = weechat.exec(line);
  if (full) {
    const [, year, month, day, time = "", prefix = "", text = ""] = full;
    const [, action, did = ""] = prefix.trim() === "*" ? (/^(\S+) ?(.*)$/.exec(text) ?? []) : [];
    const nick = action ?? prefix.trim().replace(/^[@+%&~]/, "");
    const by = /^(?:-->|<--|--|=!=|)$/.test(nick) ? null : nick;
    const on = { year: Number(year), month: Number(month), day: Number(day) };
    return { day: on, time, by, text: action === undefined ? text : did };
  }
  const short = irssi.exec(line) ?? bracketed.exec(line);
  if (!short) return null;
  const [, time = "", speaker, text = "", actor, did = ""] = short;
  return { day: null, time, by: speaker ?? actor ?? null, text: speaker === undefined ? did : text };
}

/** `#ops_20250203.log`, `#ops.2025-02-03.log`, `2025-02-03.log`. */
function dayIn(name: string): Day | null {
  const [, year, month, day] = /(?<!\d)(20\d{2})[-_.]?(\d{2})[-_.]?(\d{2})(?!\d)/.exec(name) ?? [];
  return year === undefined ? null : { year: Number(year), month: Number(month), day: Number(day) };
}

/** The channel in the file's name, else the folder's name where the file is named by its day, else the file's name. */
function channelIn(locator: string, name: string): string {
  const [, inName] = /(#[^\s/]*?)(?:[._-]\d{4}.*|\.(?:log|weechatlog|txt))?$/.exec(name) ?? [];
  if (inName !== undefined && inName !== "#") return inName;
  const folder = locator.split("/").at(-2) ?? "";
  return /^\d{4}-?\d{2}-?\d{2}/.test(name) ? folder : name.replace(/\.(?:log|weechatlog|txt)$/, "");
}
