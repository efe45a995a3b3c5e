import { partPaths } from "../../../../shared/bundle/bundle-parts.ts";
import { sortedEntries } from "../../../../shared/model/canonical-json.ts";
import type { ReportContent } from "../../../../shared/model/report.ts";
import type { Result } from "../../../../shared/model/result.ts";
import { clip, shorten } from "../../viewer/page/visible-text.js";
import type { Flow } from "../flow.ts";
import { colors, mono, muted, sizes, strong, text } from "../style.ts";
import { type Column, drawTable, type Row } from "../table.ts";
import type { Span } from "../text-runs.ts";
import { countOf } from "../wording.ts";
import { judgementOn } from "./judgements.ts";

const columns: readonly Column[] = [
  { title: "Control", width: 76 },
  { title: "", width: 18, align: "center" },
  { title: "Why" },
  { title: "Values that the rule read, in short", width: 170 },
];

const mostValues = 6;

/** Each rule's outcome for the item, its reason, what the auditor judged of it, and the values that it read. */
export function drawItemResults(flow: Flow, content: ReportContent, results: readonly Result[]): void {
  if (results.length === 0) {
    flow.paragraph([muted("No control was tested on this item.")]);
    return;
  }
  drawTable(
    flow,
    columns,
    results.map((result) => resultRow(content, result)),
    4,
  );
}

function resultRow(content: ReportContent, result: Result): Row {
  const small = { size: sizes.small };
  return {
    cells: [
      [[strong(result.control, small)], [mono(shorten(result.assertion, 60), { size: 6, color: colors.muted })]],
      { mark: result.outcome },
      [[text(shorten(result.reason, 500), small)], ...judgementOn(content, result)],
      valuesOf(result),
    ],
  };
}

function valuesOf(result: Result): Span[][] {
  const style = { size: 6 };
  const entries = sortedEntries(result.values);
  const shown = entries.slice(0, mostValues).map(([name, value]) => {
    return [mono(clip(`${name} = ${shortValue(value)}`, 160), style)];
  });
  const more = entries.length - shown.length;
  if (more > 0) shown.push([muted(`${countOf(more, "more value")} in ${partPaths.results}`, style)]);
  return shown.length > 0 ? shown : [[muted("none", style)]];
}

/** A value on paper: of a record only what it is called. The whole value is in the ZIP. */
function shortValue(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(shortValue).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const record = value as Readonly<Record<string, unknown>>;
  const by = typeof record.by === "object" && record.by !== null && "name" in record.by ? ` by ${record.by.name}` : "";
  const name = record.name ?? record.key ?? (by === "" ? record.id : undefined);
  const state = record.state ?? record.conclusion ?? record.status;
  return `${[state, name].filter((word) => typeof word === "string").join(" ")}${by}`;
}
