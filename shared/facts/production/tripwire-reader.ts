import type { Unread } from "../../model/facts.ts";
import { momentOf, type TimeReading } from "../../model/local-time.ts";
import type { DetectedChange, DetectorRun } from "../../model/production-facts.ts";
import { monthNumber } from "../../model/written-time.ts";
import type { EvidenceInput } from "../evidence-input.ts";
import type { FormatReader } from "../format-reader.ts";
import { originOf, unreadWhole } from "../json-evidence.ts";
import { textOf } from "../line-evidence.ts";
import { placeName, scopeOf } from "./production-origin.ts";

const headings = new Map<string, DetectedChange["what"]>([
  ["Added:", "added"],
  ["Removed:", "removed"],
  ["Modified:", "changed"],
]);

/**
 * A report of Open Source Tripwire as text (`twprint`). Its times are the host's own, without their zone. Objects are
 * read from the object summary; what differs is told in a report of the highest level only, and not read.
 */
export const readTripwire: FormatReader = (input, source) => {
  const document = textOf(input);
  if ("reason" in document) return unreadWhole(input, document);
  const lines = document.text.split(/\r?\n/);
  const field = (name: string) =>
    lines
      .find((line) => line.startsWith(name))
      ?.slice(name.length)
      .trim() ?? "";
  const at = timeIn(field("Report created on:"), input);
  if ("reason" in at) return unreadWhole(input, { reason: `Report created on: ${at.reason}` });
  const updated = timeIn(field("Database last updated on:"), input);
  const host = field("Host name:") || scopeOf(source);
  const run = { host, at: at.at, since: "at" in updated ? updated.at : null };
  const { changes, isWhole } = readObjects(lines, input, run);
  const stated = Number(field("Total violations found:") || Number.NaN);
  const unread: Unread[] = [];
  if (Number.isNaN(stated)) unread.push(problem(input, "it states no number of violations, so it may be cut short"));
  else if (stated !== changes.length) {
    unread.push(problem(input, `it states ${stated} violations and lists ${changes.length}`));
  }
  const scanned = Number(field("Total objects scanned:") || Number.NaN);
  const fact: DetectorRun = {
    kind: "detector-run",
    origin: originOf(input, ""),
    detector: "Tripwire",
    host,
    at: at.at,
    objects: Number.isSafeInteger(scanned) && scanned >= 0 ? scanned : null,
    changes: Number.isSafeInteger(stated) ? Math.max(stated, changes.length) : changes.length,
    succeeded: isWhole && lines.some((line) => line.trim() === "No Errors"),
  };
  return { facts: [fact, ...changes], unread };
};

function readObjects(
  lines: readonly string[],
  input: EvidenceInput,
  { host, at, since }: { host: string; at: string; since: string | null },
): { changes: DetectedChange[]; isWhole: boolean } {
  const changes: DetectedChange[] = [];
  let isInSummary = false;
  let what: DetectedChange["what"] | null = null;
  let severity = "";
  for (const [index, line] of lines.entries()) {
    if (/^Object Summary:/.test(line)) isInSummary = true;
    else if (/^(?:Object Detail|Error Report):/.test(line)) isInSummary = false;
    if (!isInSummary) continue;
    severity = /^Severity Level: (\S+)/.exec(line)?.[1] ?? severity;
    what = headings.get(line.trim()) ?? (line.startsWith("Rule Name:") ? null : what);
    const path = /^"(.*)"$/.exec(line.trim())?.[1];
    if (what === null || path === undefined) continue;
    const origin = originOf(input, `line ${index + 1}`);
    const fact: DetectedChange = {
      kind: "detected-change",
      origin,
      id: placeName(input, origin),
      detector: "Tripwire",
      host,
      at,
      since,
      what,
      path,
      detail: "",
      severity,
    };
    changes.push(fact);
  }
  return { changes, isWhole: lines.some((line) => line.startsWith("*** End of report ***")) };
}

/** `Tue Nov 24 16:49:50 2026`, as C's asctime writes it. */
function timeIn(text: string, input: EvidenceInput): TimeReading {
  const [, month = "", day, hour, minute, second, year] =
    /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d{2}):(\d{2}):(\d{2}) (\d{4})$/.exec(text) ?? [];
  const number = monthNumber(month);
  if (number === 0) return { reason: `"${text.slice(0, 40)}" is not a time that is read` };
  const local = { year: Number(year), month: number, day: Number(day), hour: Number(hour) };
  return momentOf({ ...local, minute: Number(minute), second: Number(second), millisecond: 0 }, input.reading);
}

function problem(input: EvidenceInput, reason: string): Unread {
  return { origin: originOf(input, ""), reason };
}
