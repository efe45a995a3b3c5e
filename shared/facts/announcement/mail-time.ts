import { type Instant, parseInstant } from "../../model/instant.ts";
import { monthNumber } from "../../model/written-time.ts";

const zones: Readonly<Record<string, string>> = {
  UT: "+0000",
  UTC: "+0000",
  GMT: "+0000",
  Z: "+0000",
  EST: "-0500",
  EDT: "-0400",
  CST: "-0600",
  CDT: "-0500",
  MST: "-0700",
  MDT: "-0600",
  PST: "-0800",
  PDT: "-0700",
};

const written =
  /(?:^|,|\s)(\d{1,2})\s+([A-Z][a-z]{2})[a-z]*\s+(\d{4})\s+(\d{2}):(\d{2})(?::(\d{2}))?\s+([+-]\d{4}|[A-Z]{1,3})\b/;

/** A date as mail writes it (RFC 5322, section 3.3), with its zone; null for anything else. */
export function readMailTime(text: string): Instant | null {
  const [, day = "", name = "", year, hour, minute, second = "00", zone = ""] = written.exec(text) ?? [];
  const month = monthNumber(name);
  const offset = zones[zone] ?? (/^[+-]/.test(zone) ? zone : undefined);
  if (month === 0 || offset === undefined || Number(day) > daysIn(Number(year), month)) return null;
  const two = (value: number) => String(value).padStart(2, "0");
  return parseInstant(`${year}-${two(month)}-${two(Number(day))}T${hour}:${minute}:${second}${offset}`);
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}
