import type { Fact, ReadFacts } from "../../model/facts.ts";
import type { Instant } from "../../model/instant.ts";
import type { Origin } from "../../model/origin.ts";
import type { Ticket, TicketComment, TicketLink } from "../../model/ticket-facts.ts";
import { type CsvRecord, readCsvRecords } from "../csv-evidence.ts";
import type { EvidenceInput } from "../evidence-input.ts";
import type { RecordReading } from "../line-evidence.ts";
import { readShownTime } from "./exported-time.ts";
import { findRequestLinks } from "./request-links.ts";

/** Jira's CSV export with all fields: a column for each value of a field, so that names of columns repeat. */
export function readJiraCsv(input: EvidenceInput): ReadFacts {
  return readCsvRecords(input, (record, origin) => readRecord(record, origin, input));
}

const categories: Readonly<Record<string, Ticket["statusCategory"]>> = {
  "to do": "new",
  "new": "new",
  "in progress": "indeterminate",
  "done": "done",
};

function readRecord(record: CsvRecord, origin: Origin, { reading }: EvidenceInput): RecordReading {
  const key = record.cell("Issue key");
  if (!/^[A-Z][A-Z0-9_]*-[1-9]\d*$/.test(key)) return { reason: "it has no Issue key" };
  const times: Record<string, Instant | null> = {};
  for (const column of ["Created", "Updated", "Resolved"]) {
    const written = record.cell(column);
    const read = written === "" ? null : readShownTime(written, reading);
    if (read !== null && "reason" in read) return { reason: `${column}: ${read.reason}` };
    times[column] = read?.at ?? null;
  }
  const createdAt = times.Created;
  if (!createdAt) return { reason: "it has no time of creation (Created)" };
  const comments = record.cells("Comment").map((written, index) => readComment(key, written, index, origin, reading));
  const unread = comments.flatMap((comment) => ("reason" in comment ? [{ origin, ...comment }] : []));
  const read = comments.flatMap((comment) => ("reason" in comment ? [] : [comment]));
  const ticket: Ticket = {
    kind: "ticket",
    origin,
    key,
    project: key.slice(0, key.lastIndexOf("-")),
    type: record.cell("Issue Type"),
    summary: record.cell("Summary"),
    status: record.cell("Status"),
    statusCategory: categories[record.cell("Status Category").toLowerCase()] ?? "undefined",
    createdAt,
    updatedAt: times.Updated ?? createdAt,
    resolvedAt: times.Resolved ?? null,
    reporter: record.cell("Reporter Id") || record.cell("Reporter"),
    assignee: record.cell("Assignee Id") || record.cell("Assignee"),
    history: [],
    links: findRequestLinks([record.cell("Description"), ...record.cells("Comment")]),
    comments: comments.length,
  };
  const facts: Fact[] = [ticket, ...read, ...linksOf(record, key, origin)];
  return { facts, unread };
}

/** `01/Feb/25 10:00 AM;712020:ada;text`, where the text may hold semicolons. */
function readComment(
  key: string,
  written: string,
  index: number,
  origin: Origin,
  reading: EvidenceInput["reading"],
): TicketComment | { readonly reason: string } {
  const [, time = "", by = "", text] = /^([^;]*);([^;]*);(.*)$/s.exec(written) ?? [];
  const at = readShownTime(time, reading);
  if (text === undefined || "reason" in at) return { reason: `comment ${index + 1} has no time and author` };
  return { kind: "ticket-comment", origin, key, id: `${key}/${index + 1}`, at: at.at, by, text };
}

function linksOf(record: CsvRecord, key: string, origin: Origin): TicketLink[] {
  const columns = new Set(record.columns.filter((column) => /^(Inward|Outward) issue link \(.+\)$/.test(column)));
  return [...columns].flatMap((column) => {
    const [, direction, relation = ""] = /^(In|Out)ward issue link \((.+)\)$/.exec(column) ?? [];
    const spelled = direction === "In" ? `${relation} (inward)` : relation;
    return record
      .cells(column)
      .map((to): TicketLink => ({ kind: "ticket-link", origin, key, relation: spelled, to, url: "" }));
  });
}
