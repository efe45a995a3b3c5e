import { readCsv } from "./csv.ts";
import type { DeploymentMapping, MappedName } from "./deployment-mapping.ts";
import type { Reading } from "./evidence.ts";
import { type Instant, parseInstant } from "./instant.ts";
import type { LinePattern } from "./line-pattern.ts";
import { decodeUtf8 } from "./text.ts";
import { readTime } from "./written-time.ts";

/** A record of a deployment log, by the names of the mapping. */
export interface DeploymentRecord {
  readonly line: number;
  readonly at: Instant;
  readonly values: Readonly<Record<MappedName, string>>;
}

/** A line that is no deployment record, and why. */
export interface UnreadLine {
  readonly line: number;
  readonly reason: string;
}

/** Whole lines of a deployment log. */
export interface DeploymentLines {
  readonly bytes: Uint8Array;
  readonly format: "deployments.jsonl" | "deployments.csv" | "deployments.syslog";
  readonly reading?: Reading | undefined;
}

const required = ["environment", "revision", "at"] as const;
export const mappedNames = [
  ...required,
  "by",
  "trigger",
  "requestedBy",
  "id",
  "status",
  "service",
  "previousRevision",
] as const satisfies readonly MappedName[];

/**
 * Reads lines of a deployment log by a mapping. Environment, revision and time must be there, and the time must carry
 * its zone; what else the mapping names may be missing or empty in a record. Never throws.
 */
export function readDeploymentLines(
  lines: DeploymentLines,
  mapping: DeploymentMapping,
  pattern?: LinePattern,
): { records: DeploymentRecord[]; unread: UnreadLine[] } {
  const firstLine = lines.reading?.firstLine ?? 1;
  const text = decodeUtf8(lines.bytes);
  if (text === null) return { records: [], unread: [{ line: firstLine, reason: "it is not UTF-8" }] };
  if (lines.format === "deployments.syslog") return readSyslog(text, firstLine, lines.reading, pattern);
  const read =
    lines.format === "deployments.csv"
      ? csvFields(text, firstLine, lines.reading?.columns ?? [])
      : jsonFields(text, firstLine);
  const records: DeploymentRecord[] = [];
  const unread: UnreadLine[] = [];
  for (const { line, fields } of read) {
    const record = typeof fields === "string" ? fields : mapRecord(line, fields, mapping);
    if (typeof record === "string") unread.push({ line, reason: record });
    else records.push(record);
  }
  return { records, unread };
}

/** Lines that do not fit the pattern tell of something else and are passed over. */
function readSyslog(text: string, firstLine: number, reading: Reading | undefined, pattern: LinePattern | undefined) {
  const records: DeploymentRecord[] = [];
  const unread: UnreadLine[] = [];
  if (pattern === undefined)
    return { records, unread: [{ line: firstLine, reason: "the source has no pattern of lines" }] };
  for (const [index, written] of text.split("\n").entries()) {
    const found = pattern.match(written.replace(/\r$/, ""));
    if (found === null) continue;
    const line = firstLine + index;
    const time = readTime(found.at ?? "", reading);
    if ("reason" in time) {
      unread.push({ line, reason: time.reason });
      continue;
    }
    const values = Object.fromEntries(mappedNames.map((name) => [name, found[name] ?? ""]));
    records.push({ line, at: time.at, values: values as Record<MappedName, string> });
  }
  return { records, unread };
}

/** The column names in a CSV file's first record; null when there is none. */
export function readCsvColumns(text: string): string[] | null {
  const [first] = readCsv(text);
  return first && "cells" in first ? first.cells.map((cell) => cell.trim()) : null;
}

/** Gives the value under a column or a dotted path; undefined when there is none. */
type Fields = (path: string) => unknown;
type LineFields = { readonly line: number; readonly fields: Fields | string };

function csvFields(text: string, firstLine: number, columns: readonly string[]): LineFields[] {
  const rows = readCsv(text, firstLine);
  // The column names stand in the file's first record and are no deployment.
  const records = firstLine === 1 ? rows.slice(1) : rows;
  return records.map((row) => {
    if ("reason" in row) return { line: row.line, fields: row.reason };
    const { cells } = row;
    if (cells.length !== columns.length) {
      return { line: row.line, fields: `it has ${cells.length} cells where the file has ${columns.length} columns` };
    }
    return { line: row.line, fields: (path) => (columns.includes(path) ? cells[columns.indexOf(path)] : undefined) };
  });
}

function jsonFields(text: string, firstLine: number): LineFields[] {
  return text.split("\n").flatMap((written, index) => {
    if (written.trim() === "") return [];
    const line = firstLine + index;
    try {
      const json: unknown = JSON.parse(written);
      return [{ line, fields: isObject(json) ? (path) => valueAt(json, path) : "it is not a JSON object" }];
    } catch {
      return [{ line, fields: "it is not JSON" }];
    }
  });
}

function mapRecord(line: number, fields: Fields, mapping: DeploymentMapping): DeploymentRecord | string {
  const values: Partial<Record<MappedName, string>> = {};
  for (const name of mappedNames) {
    const path = mapping[name];
    const value = path === undefined ? "" : textOf(fields(path));
    if (value === null) return `its field "${path}" is not a text`;
    if (value === "" && required.some((one) => one === name)) return `it has no "${path}"`;
    values[name] = value;
  }
  const whole = values as Record<MappedName, string>;
  const at = parseInstant(whole.at);
  return at === null
    ? `"${whole.at.slice(0, 40)}" in "${mapping.at}" is not a time with its zone`
    : { line, at, values: whole };
}

/** A value as text: empty when it is missing or null, null when it has parts of its own. */
function textOf(value: unknown): string | null {
  if (value === undefined || value === null) return "";
  if (typeof value === "string") return value.trim();
  return typeof value === "number" || typeof value === "boolean" ? String(value) : null;
}

/** The whole path as one name first: names can hold dots. Inherited properties are no data. */
function valueAt(json: object, path: string): unknown {
  if (Object.hasOwn(json, path)) return (json as Record<string, unknown>)[path];
  const dot = path.indexOf(".");
  if (dot < 0) return undefined;
  const head = path.slice(0, dot);
  const inner = Object.hasOwn(json, head) ? (json as Record<string, unknown>)[head] : undefined;
  return isObject(inner) ? valueAt(inner, path.slice(dot + 1)) : undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
