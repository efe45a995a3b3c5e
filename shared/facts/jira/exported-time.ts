import type { Reading } from "../../model/evidence.ts";
import { type Instant, parseInstant } from "../../model/instant.ts";
import { momentOf, type TimeReading } from "../../model/local-time.ts";
import { monthNumber, readTime } from "../../model/written-time.ts";

const rss = /^[A-Z][a-z]{2}, (\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) (\d{2}:\d{2}:\d{2}) ([+-]\d{4})$/;
// Jira's own default, `dd/MMM/yy h:mm a`; the four-digit year and the clock of 24 hours are common settings.
const shown = /^(\d{1,2})[/-]([A-Z][a-z]{2})[a-z]*[/-](\d{2}|\d{4}) (\d{1,2}):(\d{2})(?::(\d{2}))?(?: ?([AP]M))?$/i;

/** A time of Jira's XML export (RFC 822), which has its zone. */
export function readRssTime(text: string): Instant | null {
  const [, day = "", month = "", year, time, zone] = rss.exec(text.trim()) ?? [];
  const number = String(monthNumber(month)).padStart(2, "0");
  return year === undefined ? null : parseInstant(`${year}-${number}-${day.padStart(2, "0")}T${time}${zone}`);
}

/** A time of Jira's CSV export, as the site shows times to whoever exported: in that person's zone, which it does not name. */
export function readShownTime(text: string, reading: Reading | undefined): TimeReading {
  const [, day, month = "", year = "", hour, minute, second = "0", half] = shown.exec(text.trim()) ?? [];
  if (day === undefined || monthNumber(capital(month)) === 0) return readTime(text.trim(), reading);
  const written = Number(hour);
  const isHalf = half !== undefined;
  return momentOf(
    {
      // Jira did not exist in the last century.
      year: year.length === 2 ? 2000 + Number(year) : Number(year),
      month: monthNumber(capital(month)),
      day: Number(day),
      hour: isHalf ? (written % 12) + (half.toUpperCase() === "PM" ? 12 : 0) : written,
      minute: Number(minute),
      second: Number(second),
      millisecond: 0,
    },
    reading,
  );
}

function capital(month: string): string {
  return month.slice(0, 1).toUpperCase() + month.slice(1).toLowerCase();
}
