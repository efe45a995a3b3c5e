import type { Reading } from "../../model/evidence.ts";
import { instantOf, millisecondsOf } from "../../model/instant.ts";
import type { TimeReading } from "../../model/local-time.ts";
import type { AccessEvent } from "../../model/production-facts.ts";
import { readTime } from "../../model/written-time.ts";
import type { FormatReader } from "../format-reader.ts";
import { readLines } from "../line-evidence.ts";
import { placeName, scopeOf } from "./production-origin.ts";
import { readAccessMessage } from "./syslog-message.ts";

// RFC 3164 as files hold it, or with an ISO 8601 time, as rsyslog writes by default since Debian 12.
const syslogLine =
  /^(?:<\d{1,3}>)?([A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2}|\d{4}-\d{2}-\d{2}T\S+) (\S+) ([^\s:[]+(?:\([^)]*\))?)(?:\[\d+\])?: ?(.*)$/s;

/**
 * The log of logins and of commands as another user, as syslog writes it. Its times are the host's own, mostly without a
 * year, and never with the name of their zone.
 */
export const readAuthLog: FormatReader = (input, source) => {
  const momentOf = createClock(input.reading);
  return readLines(input, (line, origin) => {
    const [, time = "", host = "", program = "", message = ""] = syslogLine.exec(line) ?? [];
    if (time === "") return { reason: "it is no line of syslog" };
    const content = readAccessMessage(program, message);
    if (content === null) return null;
    const moment = momentOf(time);
    if ("reason" in moment) return moment;
    const event: AccessEvent = {
      kind: "access-event",
      origin,
      id: placeName(input, origin),
      log: "auth.log",
      host: host || scopeOf(source),
      at: moment.at,
      ...content,
    };
    return [event];
  });
};

/** A log asks for the same minutes again and again, and no zone's clocks are changed within one. */
function createClock(reading: Reading | undefined): (time: string) => TimeReading {
  let minute = "";
  let begin: TimeReading = { reason: "" };
  return (time) => {
    const [, until, seconds] = /^([A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}):([0-5]\d)$/.exec(time) ?? [];
    if (until === undefined) return readTime(time, reading);
    if (until !== minute) {
      minute = until;
      begin = readTime(`${until}:00`, reading);
    }
    return "at" in begin ? { at: instantOf(millisecondsOf(begin.at) + Number(seconds) * 1000) } : begin;
  };
}
