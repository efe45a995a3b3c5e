import type { Fact, ReadFacts } from "../../model/facts.ts";
import type { ticketFormats } from "../../model/formats/ticket-formats.ts";
import type { Origin } from "../../model/origin.ts";
import type { EvidenceInput } from "../evidence-input.ts";
import { type FormatReaders, readNothing } from "../format-reader.ts";
import { originOf, parseElements, parseShape, type Unreadable, unreadWhole } from "../json-evidence.ts";
import { createAccount } from "../line-evidence.ts";
import { readApprovalRow, readChange } from "./change-reader.ts";
import { readChangesCsv, readChangesXml } from "./export-reader.ts";
import { prefixOf } from "./number-prefix.ts";
import { isUnreadable } from "./row-faults.ts";
import { type Row, RowShape, rowOfJson } from "./servicenow-shapes.ts";

type Formats = Extract<(typeof ticketFormats)[number], `servicenow.${string}`>;

/** Readers of ServiceNow's tables: of the table API's pages, and of exported lists. */
export const servicenowReaders: FormatReaders<Formats> = {
  "servicenow.changes": (input, source) => readRows(input, (row, origin) => readChange(row, origin, prefixOf(source))),
  "servicenow.changes-csv": readChangesCsv,
  "servicenow.changes-xml": readChangesXml,
  "servicenow.approvals": (input) => readRows(input, readApprovalRow),
  "servicenow.journal": (input) => readRows(input, (row, origin) => readJournal(row, origin, input)),
  "servicenow.audit": (input) => readRows(input, (row, origin) => readAudit(row, origin, input)),
  "servicenow.other": readNothing,
};

/** Records under `result` (the table API) or `records` (an exported list). */
function readRows(input: EvidenceInput, read: (row: Row, origin: Origin) => readonly Fact[] | Unreadable): ReadFacts {
  const pointers = ["/result", "/records"];
  const found = pointers.map((pointer) => ({ pointer, page: parseElements(input, pointer) }));
  const { pointer, page } = found.find(({ page }) => !("reason" in page)) ??
    found[0] ?? { pointer: "", page: { reason: "" } };
  if ("reason" in page) return unreadWhole(input, page);
  const account = createAccount();
  for (const [index, element] of page.elements.entries()) {
    const origin = originOf(input, `${pointer}/${page.first + index}`);
    const row = parseShape(RowShape, element);
    account.add("reason" in row ? row : read(rowOfJson(row.data, input.reading), origin), origin);
  }
  // Only lines of a file are counted against it.
  const { facts, unread } = account.total();
  return { facts, unread };
}

/** A comment or work note. The journal knows the change by its id; the number was asked for with the page. */
function readJournal(row: Row, origin: Origin, { reading }: EvidenceInput): readonly Fact[] | Unreadable {
  const key = reading?.names?.[row.value("element_id")] ?? "";
  if (key === "") return { reason: "which change it is about was not received" };
  const at = row.time("sys_created_on");
  if (at === null || isUnreadable(at)) return at ?? { reason: "it has no time" };
  const by = row.value("sys_created_by");
  return [{ kind: "ticket-comment", origin, key, id: row.value("sys_id"), at, by, text: row.value("value") }];
}

/** A change of one field, by its stored values. What ServiceNow calls the state of a change is the status of a ticket. */
function readAudit(row: Row, origin: Origin, { reading }: EvidenceInput): readonly Fact[] | Unreadable {
  const key = reading?.names?.[row.value("documentkey")] ?? "";
  if (key === "") return { reason: "which change it is about was not received" };
  const at = row.time("sys_created_on");
  if (at === null || isUnreadable(at)) return at ?? { reason: "it has no time" };
  const event = {
    at,
    by: row.value("user"),
    field: row.value("fieldname") === "state" ? "status" : row.value("fieldname"),
    from: row.value("oldvalue"),
    to: row.value("newvalue"),
  };
  return [{ kind: "ticket-history", origin, key, events: [event] }];
}
