import type { EvidenceText } from "../../../../shared/model/view.ts";

/** How a record can be shown besides as it was received. */
export type RecordShape = "text" | "json" | "diff" | "lines" | "junit" | "sarif" | "markdown" | "image" | "pdf";

/**
 * Told by the format that the record was read as, and by how its text begins; a wrong guess shows it plainly and no worse.
 * @param isWhole whether all of the record's text is at hand: a table of half a report would leave out the other half
 */
export function shapeOf({ record, media, text }: EvidenceText, isWhole: boolean): RecordShape {
  if (media === "application/pdf") return "pdf";
  if (media !== "text") return "image";
  const begins = text.trimStart();
  if (record.format.startsWith("junit.")) return isWhole ? "junit" : "text";
  if (record.format.startsWith("sarif.")) return isWhole ? "sarif" : "json";
  if (/\.(md|markdown)$/i.test(record.locator)) return "markdown";
  if (/^(diff --git |--- \S+[^\n]*\n\+\+\+ )/.test(begins)) return "diff";
  if (/^[[{]/.test(begins)) return isLines(begins) ? "lines" : "json";
  return /\.(log|jsonl|csv|txt)$/i.test(record.locator) || record.format.includes("line") ? "lines" : "text";
}

/** A record a line, each of them JSON by itself. */
function isLines(text: string): boolean {
  const [first = "", second = ""] = text.split("\n", 2);
  return /^[[{].*[\]}]\r?$/.test(first) && /^[[{]/.test(second);
}
