import { z } from "zod";
import type { Origin } from "../../model/origin.ts";
import type { DetectedChange } from "../../model/production-facts.ts";
import { readTime } from "../../model/written-time.ts";
import { readArray } from "../array-evidence.ts";
import { readCsvRecords } from "../csv-evidence.ts";
import type { EvidenceInput } from "../evidence-input.ts";
import type { FormatReader } from "../format-reader.ts";
import { parseShape, type Unreadable } from "../json-evidence.ts";
import { Text } from "../shapes.ts";
import { placeName, scopeOf } from "./production-origin.ts";

/** What a row of a report of changes says, under whatever names. */
interface Row {
  readonly id: string;
  readonly host: string;
  readonly time: string;
  readonly change: string;
  readonly path: string;
  readonly attribute: string;
}

const Name = z.union([z.string(), z.array(z.string()).transform((parts) => parts.join("/"))]).nullish();
const Element = z.object({
  id: z.union([z.string(), z.int()]).nullish(),
  node: z.union([z.string(), z.object({ name: z.string() }).transform(({ name }) => name)]).nullish(),
  node_name: Text,
  hostname: Text,
  created_at: Text,
  detected_at: Text,
  change: Text,
  change_type: Text,
  path: Name,
  item: Name,
  attribute: Text,
});

/**
 * A report of changes of UpGuard as JSON: a list, bare or under `changes` or `diffs`. UpGuard publishes no schema of
 * its reports. Taken are the names that its API uses for nodes and times, and for a change its kind, the item's path
 * and the attribute; a row without host, time, kind or path is listed as unread.
 */
export const readUpguardJson: FormatReader = (input, source) =>
  readArray(input, ["/changes", "/diffs", ""], (element, origin) => {
    const parsed = parseShape(Element, element);
    if ("reason" in parsed) return parsed;
    const row = parsed.data;
    return changeOf(input, origin, {
      id: String(row.id ?? ""),
      host: row.node || row.node_name || row.hostname || scopeOf(source),
      time: row.detected_at || row.created_at,
      change: row.change || row.change_type,
      path: row.path || row.item || "",
      attribute: row.attribute,
    });
  });

/** The same as CSV, with the columns Node, Date, Change, Item and, where there is one, Attribute. */
export const readUpguardCsv: FormatReader = (input, source) =>
  readCsvRecords(input, (record, origin) => {
    const read = (name: string) => record.cell(record.columns.find((column) => column.toLowerCase() === name) ?? name);
    return changeOf(input, origin, {
      id: read("id"),
      host: read("node") || scopeOf(source),
      time: read("date"),
      change: read("change"),
      path: read("item"),
      attribute: read("attribute"),
    });
  });

const kinds: readonly (readonly [RegExp, DetectedChange["what"]])[] = [
  [/^(?:added?|new|created)$/i, "added"],
  [/^(?:removed?|deleted?|missing)$/i, "removed"],
  [/^(?:changed?|modified|modify|updated?|different)$/i, "changed"],
];

function changeOf(input: EvidenceInput, origin: Origin, row: Row): readonly DetectedChange[] | Unreadable {
  const at = readTime(row.time, input.reading);
  if ("reason" in at) return at;
  const what = kinds.find(([pattern]) => pattern.test(row.change.trim()))?.[1];
  if (what === undefined) return { reason: `change: "${row.change.slice(0, 40)}" is no kind of change that is read` };
  if (row.host === "" || row.path === "") return { reason: `${row.host === "" ? "node" : "item"}: missing` };
  const fact: DetectedChange = {
    kind: "detected-change",
    origin,
    id: row.id || placeName(input, origin),
    detector: "UpGuard",
    host: row.host,
    at: at.at,
    since: null,
    what,
    path: row.path,
    detail: row.attribute,
    severity: "",
  };
  return [fact];
}
