import type { EvidenceFormat } from "../../../shared/model/evidence.ts";
import type { FileFormat } from "./file-format.ts";
import { fileFormats } from "./file-formats.ts";
import type { FileSample } from "./file-sample.ts";

/** What a file was taken for and why; or why it was not taken. */
export type Taken = { readonly format: FileFormat; readonly because: string } | { readonly reason: string };

const degrees = ["certain", "likely", "possible"] as const;

/**
 * What a file is, by its content: the surest recognition wins. An empty file is nothing, and two that are equally sure
 * are not decided between.
 *
 * @param wanted what the auditor says that it is
 */
export function recogniseFile(
  sample: FileSample,
  wanted?: EvidenceFormat,
  formats: readonly FileFormat[] = fileFormats,
): Taken {
  if (wanted !== undefined) return takeAs(wanted, formats);
  if (sample.bytes.length === 0) return { reason: "it is empty" };
  const found = formats.flatMap((format) => {
    const recognition = format.recognise(sample);
    return recognition ? [{ format, ...recognition }] : [];
  });
  const sure = degrees.find((degree) => found.some((one) => one.sure === degree));
  const [best, ...others] = found.filter((one) => one.sure === sure);
  if (!best) return { reason: `${describeUnknown(sample)}; ${howToCorrect}` };
  if (others.length === 0) return best;
  const could = [best, ...others].map(({ format, because }) => `${format.format} (${because})`).join(" or ");
  return { reason: `it could be ${could}; ${howToCorrect}` };
}

const howToCorrect = "say which format it is (`format:` in the source's description)";

function takeAs(wanted: EvidenceFormat, formats: readonly FileFormat[]): Taken {
  const format = formats.find((one) => one.format === wanted);
  return format ? { format, because: "the auditor said so" } : { reason: `${wanted} is no format of files` };
}

function describeUnknown({ encoding, json, jsonLines, columns, xmlRoot }: FileSample): string {
  if (encoding === null) return "it is neither text nor a document of a known kind";
  if (xmlRoot) return `it is XML with the root element ${xmlRoot.name}, which no format has`;
  if (json !== undefined) return `it is JSON of no known shape (${describeJson(json)})`;
  if (jsonLines[0] !== undefined) return `it is JSON lines of no known shape (${describeJson(jsonLines[0])})`;
  if (columns.length > 0) return `it is a table of no known shape (columns ${columns.join(", ").slice(0, 200)})`;
  return "it is text of no known format";
}

function describeJson(value: unknown): string {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  const names = typeof first === "object" && first !== null ? Object.keys(first).join(", ").slice(0, 200) : "no object";
  return `${Array.isArray(value) ? "an array of " : ""}${names || "nothing"}`;
}
