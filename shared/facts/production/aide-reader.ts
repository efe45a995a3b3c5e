import { z } from "zod";
import type { Unread } from "../../model/facts.ts";
import type { Instant } from "../../model/instant.ts";
import type { DetectedChange, DetectorRun } from "../../model/production-facts.ts";
import { readTime } from "../../model/written-time.ts";
import type { EvidenceInput } from "../evidence-input.ts";
import type { FormatReader } from "../format-reader.ts";
import { originOf, parseJson, parseShape, unreadWhole } from "../json-evidence.ts";
import { textOf } from "../line-evidence.ts";
import { Text } from "../shapes.ts";
import { placeName, scopeOf } from "./production-origin.ts";

// "f++++: /path", "f----: /path", "f > ... mc..H     : /path"; before version 0.17 "added: /path".
const entry = /^([A-Za-z?][A-Za-z.=<>:!+\-* ]{5,40}?): (\/.*)$/;
const named = /^(added|removed|changed): (\/.*)$/;
const sections = /^(Added|Removed|Changed) (?:entries|files):?$/;

/**
 * A report of AIDE as text. It names no host: the source does. Its times carry their zone since version 0.16. What
 * differs is in the details below the lists, and its letters before each path where there are none.
 */
export const readAideText: FormatReader = (input, source) => {
  const document = textOf(input);
  if ("reason" in document) return unreadWhole(input, document);
  const lines = document.text.split(/\r?\n/);
  const started = lines.map((line) => /^Start timestamp: (.*?)(?: \(AIDE.*\))?$/.exec(line)?.[1]).find(Boolean);
  const at = readTime(started ?? "", input.reading);
  if ("reason" in at) return unreadWhole(input, { reason: `Start timestamp: ${at.reason}` });
  const run = { host: scopeOf(source), at: at.at };
  const changes = readEntries(lines, input, run);
  const total = numberAfter(
    lines,
    /^(?: {2})?(?:Total number of entries|Number of entries|Total number of files):\s*(\d+)/,
  );
  const stated = ["Added", "Removed", "Changed"].map(
    (name) => numberAfter(lines, new RegExp(`^  ${name} (?:entries|files):\\s*(\\d+)`)) ?? 0,
  );
  return withRun(input, run, changes, {
    objects: total,
    stated: stated.reduce((sum, number) => sum + number, 0),
    isWhole: lines.some((line) => line.startsWith("End timestamp:")),
  });
};

interface Run {
  readonly host: string;
  readonly at: Instant;
}

function readEntries(lines: readonly string[], input: EvidenceInput, run: Run): DetectedChange[] {
  const details = readDetails(lines);
  const changes: DetectedChange[] = [];
  let section: DetectedChange["what"] | null = null;
  for (const [index, line] of lines.entries()) {
    const heading = sections.exec(line.trim())?.[1];
    if (heading !== undefined && !line.startsWith("  ")) section = whatOf(heading);
    if (/^(?:Detailed information|The attributes of)/.test(line)) section = null;
    if (section === null) continue;
    const [, mark, path] = named.exec(line) ?? entry.exec(line) ?? [];
    if (mark === undefined || path === undefined) continue;
    const what = whatOf(mark) ?? section;
    changes.push(changeOf(input, `line ${index + 1}`, run, what, path, details.get(path) ?? ""));
  }
  return changes;
}

/** Names of what differs, by path: "Size, Mtime, SHA256". */
function readDetails(lines: readonly string[]): Map<string, string> {
  const details = new Map<string, string[]>();
  let path: string | null = null;
  let isInDetails = false;
  for (const line of lines) {
    if (line.startsWith("Detailed information about changes")) isInDetails = true;
    if (line.startsWith("The attributes of")) isInDetails = false;
    if (!isInDetails) continue;
    path = /^(?:File|Directory|Link|FIFO|Socket|Character device|Block device|Device): (\/.*)$/.exec(line)?.[1] ?? path;
    const name = /^ ([A-Za-z][A-Za-z0-9_ ]*?)\s*: .*\|/.exec(line)?.[1];
    if (path !== null && name !== undefined) details.set(path, [...(details.get(path) ?? []), name.trim()]);
  }
  return new Map([...details].map(([one, names]) => [one, names.join(", ")]));
}

const Entries = z.record(z.string(), z.unknown()).nullish();
const Report = z.object({
  start_time: z.string(),
  end_time: Text,
  number_of_entries: z
    .object({ total: z.int().nonnegative(), added: z.int(), removed: z.int(), changed: z.int() })
    .partial()
    .nullish(),
  added: Entries,
  removed: Entries,
  changed: Entries,
  details: Entries,
});

/** A report of AIDE as JSON (`report_format=json`, since version 0.18). */
export const readAideJson: FormatReader = (input, source) => {
  const document = parseJson(input);
  if ("reason" in document) return unreadWhole(input, document);
  const parsed = parseShape(Report, document.json);
  if ("reason" in parsed) return unreadWhole(input, parsed);
  const report = parsed.data;
  const at = readTime(report.start_time, input.reading);
  if ("reason" in at) return unreadWhole(input, { reason: `start_time: ${at.reason}` });
  const run = { host: scopeOf(source), at: at.at };
  const changes = (["added", "removed", "changed"] as const).flatMap((what) =>
    Object.keys(report[what] ?? {}).map((path) => {
      const place = `/${what}/${path.replaceAll("~", "~0").replaceAll("/", "~1")}`;
      return changeOf(input, place, run, what, path, namesIn(report.details?.[path]));
    }),
  );
  const counts = report.number_of_entries;
  return withRun(input, run, changes, {
    objects: counts?.total ?? null,
    stated: (counts?.added ?? 0) + (counts?.removed ?? 0) + (counts?.changed ?? 0),
    isWhole: report.end_time !== "",
  });
};

function namesIn(details: unknown): string {
  return typeof details === "object" && details !== null ? Object.keys(details).join(", ") : "";
}

function changeOf(
  input: EvidenceInput,
  place: string,
  { host, at }: Run,
  what: DetectedChange["what"],
  path: string,
  detail: string,
): DetectedChange {
  const origin = originOf(input, place);
  const id = placeName(input, origin);
  return {
    kind: "detected-change",
    origin,
    id,
    detector: "AIDE",
    host,
    at,
    since: null,
    what,
    path,
    detail,
    severity: "",
  };
}

function withRun(
  input: EvidenceInput,
  { host, at }: Run,
  changes: readonly DetectedChange[],
  { objects, stated, isWhole }: { objects: number | null; stated: number; isWhole: boolean },
) {
  const origin = originOf(input, "");
  const unread: Unread[] = [];
  if (stated !== changes.length)
    unread.push({ origin, reason: `it states ${stated} changes and lists ${changes.length}` });
  const run: DetectorRun = {
    kind: "detector-run",
    origin,
    detector: "AIDE",
    host,
    at,
    objects,
    changes: Math.max(stated, changes.length),
    succeeded: isWhole,
  };
  return { facts: [run, ...changes], unread };
}

function whatOf(mark: string): DetectedChange["what"] | null {
  if (/^added$/i.test(mark) || /^.\++$/.test(mark)) return "added";
  if (/^removed$/i.test(mark) || /^.-+$/.test(mark)) return "removed";
  return /^changed$/i.test(mark) ? "changed" : null;
}

function numberAfter(lines: readonly string[], pattern: RegExp): number | null {
  const written = lines.map((line) => pattern.exec(line)?.[1]).find((found) => found !== undefined);
  const number = Number(written ?? Number.NaN);
  return Number.isSafeInteger(number) ? number : null;
}
