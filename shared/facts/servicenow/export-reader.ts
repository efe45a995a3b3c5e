import type { ReadFacts } from "../../model/facts.ts";
import type { Source } from "../../model/source.ts";
import { type CsvRecord, readCsvRecords } from "../csv-evidence.ts";
import type { EvidenceInput } from "../evidence-input.ts";
import { originOf, unreadWhole } from "../json-evidence.ts";
import { createAccount } from "../line-evidence.ts";
import { childrenOf, parseXml, type XmlElement } from "../xml-evidence.ts";
import { readChange } from "./change-reader.ts";
import { prefixOf } from "./number-prefix.ts";
import { type Row, timeShown, timeStored } from "./servicenow-shapes.ts";

/** Columns of a list as it shows them, by the field that each is. */
const labels: Readonly<Record<string, string>> = {
  "opened": "opened_at",
  "created": "sys_created_on",
  "updated": "sys_updated_on",
  "closed": "closed_at",
  "planned start date": "start_date",
  "planned end date": "end_date",
  "actual start date": "work_start",
  "actual end date": "work_end",
  "close code": "close_code",
};

/** A list of change requests exported as CSV. It holds what the list shows; times are in the exporter's zone. */
export function readChangesCsv(input: EvidenceInput, source: Source): ReadFacts {
  return readCsvRecords(input, (record, origin) => readChange(rowOfCsv(record, input), origin, prefixOf(source)));
}

function rowOfCsv(record: CsvRecord, { reading }: EvidenceInput): Row {
  const byField = new Map(record.columns.map((column) => [fieldOf(column), column]));
  const shown = (field: string): string => record.cell(byField.get(field) ?? field);
  return { value: shown, shown, time: (field) => timeShown(shown(field), reading) };
}

function fieldOf(column: string): string {
  const label = column.toLowerCase();
  return labels[label] ?? label.replaceAll(" ", "_");
}

/** A list of change requests exported as XML: stored values, with what is shown beside references. Times are in UTC. */
export function readChangesXml(input: EvidenceInput, source: Source): ReadFacts {
  const document = parseXml(input);
  if ("reason" in document) return unreadWhole(input, document);
  const account = createAccount();
  for (const element of childrenOf(document.root, "change_request")) {
    const origin = originOf(input, element.place);
    account.add(readChange(rowOfXml(element), origin, prefixOf(source)), origin);
  }
  const { facts, unread } = account.total();
  return { facts, unread };
}

function rowOfXml(element: XmlElement): Row {
  const find = (field: string) => element.children.find(({ name }) => name === field);
  const value = (field: string): string => find(field)?.text.trim() ?? "";
  return {
    value,
    shown: (field) => find(field)?.attributes.get("display_value") || value(field),
    time: (field) => timeStored(value(field)),
  };
}
