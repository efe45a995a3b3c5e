import type { Instant } from "../shared/model/instant.ts";
import type { PopulationKind } from "../shared/model/population-kind.ts";
import { populationWords } from "../shared/model/population-words.ts";

const counts = new Intl.NumberFormat("en-GB");
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

export function formatCount(count: number): string {
  return counts.format(count);
}

/** `1 change`, `2,300 changes`. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** `12 changes`, `1 access event`. */
export function countItems(count: number, population: PopulationKind): string {
  return countOf(count, populationWords[population].one, populationWords[population].many);
}

/** `2026-02-19 09:12`, in UTC, for columns whose heading says so. */
export function formatMinute(instant: Instant): string {
  return `${instant.slice(0, 10)} ${instant.slice(11, 16)}`;
}

/** `2026-02-19 09:12:05 UTC`. Shown as recorded: no zone of the machine comes in. */
export function formatInstant(instant: Instant): string {
  return `${instant.slice(0, 10)} ${instant.slice(11, 19)} UTC`;
}

/** `19 Feb 2026` of `2026-02-19`. */
export function formatDay(day: string): string {
  const [year = "", month = "", date = ""] = day.split("-");
  return `${Number(date)} ${months[Number(month) - 1] ?? month} ${year}`;
}

/** `1 Jan – 30 Sep 2026`; the first year is shown where it is another. */
export function formatPeriod(from: string, to: string): string {
  const first = formatDay(from);
  return `${from.slice(0, 4) === to.slice(0, 4) ? first.slice(0, -5) : first} – ${formatDay(to)}`;
}

/** `4be1…77d0`: enough to recognise, never enough to rely on. */
export function shortHash(hash: string): string {
  return hash.length > 12 ? `${hash.slice(0, 4)}…${hash.slice(-4)}` : hash;
}

/** A fingerprint in groups of four, for comparing by eye. */
export function groupHash(hash: string): string {
  return hash.match(/.{1,4}/g)?.join(" ") ?? hash;
}

/** What distinguishes an item from others in a column: the start of a change's commit, a deployment's environment and id. */
export function shortItem(id: string): string {
  const change = /@([0-9a-f]{40,64})$/.exec(id);
  if (change) return (change[1] ?? "").slice(0, 10);
  const slash = id.indexOf("/");
  return slash < 0 ? id : id.slice(slash + 1);
}

export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const units = ["kB", "MB", "GB", "TB"];
  const power = Math.min(units.length, Math.floor(Math.log10(bytes) / 3));
  return `${(bytes / 1000 ** power).toFixed(1)} ${units[power - 1]}`;
}
