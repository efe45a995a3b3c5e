import type { Reading } from "./evidence.ts";
import { parseInstant } from "./instant.ts";
import { type LocalTime, momentOf, type TimeReading } from "./local-time.ts";

const isoLocal = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?$/;
const syslog = /^([A-Z][a-z]{2}) {1,2}(\d{1,2})(?: (\d{4}))? (\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?$/;
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/**
 * Reads a time as logs write it: ISO 8601 with a zone; ISO 8601 without one (`2025-03-01 10:00:00,123`), in the zone of
 * `reading`; or as syslog does (`Mar  1 10:00:00`, RFC 3164), whose year is that of the span in `reading`.
 */
export function readTime(text: string, reading: Reading | undefined): TimeReading {
  const at = parseInstant(text.replace(/,(\d)/, ".$1"));
  if (at !== null) return { at };
  const local = localTimeOf(text.trim());
  return local ? momentOf(local, reading) : { reason: `"${text.slice(0, 40)}" is not a time that is read` };
}

/** Milliseconds of a fraction of a second as written: "5" is half a second. */
export function fractionMs(digits: string | undefined): number {
  return Number((digits ?? "").slice(0, 3).padEnd(3, "0"));
}

/** Number of a month by its English name's first three letters, from 1; 0 when it is none. */
export function monthNumber(name: string): number {
  return months.indexOf(name) + 1;
}

function localTimeOf(text: string): LocalTime | null {
  const iso = isoLocal.exec(text);
  if (iso) {
    const [, year, month, day, hour, minute, second = "0", fraction] = iso;
    return { year: Number(year), ...parts(month, day, hour, minute, second), millisecond: fractionMs(fraction) };
  }
  const log = syslog.exec(text);
  if (!log) return null;
  const [, name = "", day, year, hour, minute, second, fraction] = log;
  const month = monthNumber(name);
  if (month === 0) return null;
  return {
    ...parts(String(month), day, hour, minute, second),
    year: year === undefined ? null : Number(year),
    millisecond: fractionMs(fraction),
  };
}

function parts(month = "", day = "", hour = "", minute = "", second = "") {
  return {
    month: Number(month),
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second),
  };
}
