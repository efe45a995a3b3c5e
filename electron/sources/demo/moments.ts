/**
 * Moments of the story, in whole seconds since 1970, and the ways in which the demo's systems write them.
 * No clock is read here: the same story always gives the same bytes.
 */
export type Seconds = number;

/** Reads a time of the story; it carries its offset, so it is one moment everywhere. */
export function secondsOf(written: string): Seconds {
  return Date.parse(written) / 1000;
}

/** `2026-01-05T09:42:00Z`, as GitHub writes times. */
export function zuluTime(moment: Seconds): string {
  return new Date(moment * 1000).toISOString().replace(".000Z", "Z");
}

/** `1767602520 +0100`, as git stores times: in the zone of whoever made the commit. */
export function gitTime(moment: Seconds, zone: string): string {
  return `${moment} ${offsetOf(moment, zone)}`;
}

/** `2026-01-05T10:42:00.000+0100`, as Jira writes times: in the zone of whoever asks. */
export function jiraTime(moment: Seconds, zone: string): string {
  return `${localTime(moment, zone)}.000${offsetOf(moment, zone)}`;
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** `Jan  5 10:42:00`, as syslog writes times: without year and zone. */
export function syslogTime(moment: Seconds, zone: string): string {
  const local = localTime(moment, zone);
  const month = months[Number(local.slice(5, 7)) - 1];
  return `${month} ${String(Number(local.slice(8, 10))).padStart(2)} ${local.slice(11, 19)}`;
}

/** `2026-01-05T10:42:00` on the wall clock of a zone. */
export function localTime(moment: Seconds, zone: string): string {
  return new Date((moment + offsetSeconds(moment, zone)) * 1000).toISOString().slice(0, 19);
}

/** `+0100`. */
export function offsetOf(moment: Seconds, zone: string): string {
  const minutes = Math.round(offsetSeconds(moment, zone) / 60);
  const hours = String(Math.floor(Math.abs(minutes) / 60)).padStart(2, "0");
  return `${minutes < 0 ? "-" : "+"}${hours}${String(Math.abs(minutes) % 60).padStart(2, "0")}`;
}

/** The day of the week on the wall clock of a zone, 0 for Sunday. */
export function weekdayOf(moment: Seconds, zone: string): number {
  return new Date(`${localTime(moment, zone)}Z`).getUTCDay();
}

const formats = new Map<string, Intl.DateTimeFormat>();

function offsetSeconds(moment: Seconds, zone: string): number {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset", hour: "numeric" });
    formats.set(zone, format);
  }
  const name = format.formatToParts(moment * 1000).find((part) => part.type === "timeZoneName")?.value ?? "GMT";
  const match = /GMT([+-])(\d{2}):(\d{2})/.exec(name);
  if (!match) return 0;
  return (match[1] === "-" ? -1 : 1) * (Number(match[2]) * 3600 + Number(match[3]) * 60);
}
