import { readCsv } from "../../../shared/model/csv.ts";
import { decodeLossy } from "../../../shared/model/text.ts";
import { streamContent } from "./file-content.ts";
import type { HandedOverFile } from "./handed-over-files.ts";
import { readJsonHead } from "./json-head.ts";
import { detectEncoding, type TextEncoding } from "./text-encoding.ts";

const sampleSize = 64 * 1024;
const mostLines = 50;
const separators = [",", ";", "\t", "|"] as const;
export type Separator = (typeof separators)[number];

/** The beginning of a file, from which it is told what the file is. */
export interface FileSample {
  /** As evidence names it. */
  readonly name: string;
  /** Of the file as it lies on the disk, in bytes. */
  readonly size: number;
  /** Up to 64 KiB of the content, unpacked. */
  readonly bytes: Uint8Array;
  /** Whether `bytes` are all of it. */
  readonly isWhole: boolean;
  /** Null when the file is no text. */
  readonly encoding: TextEncoding | null;
  /** The same as text, without a byte order mark; empty when the file is no text. */
  readonly text: string;
  /** The first lines that are not blank and whole, at most 50, without their line ends. */
  readonly lines: readonly string[];
  /** What each of `lines` is as JSON; undefined for one that is no JSON. */
  readonly jsonLines: readonly unknown[];
  /** The content as one JSON document, as much of it as there is; undefined when it is none. */
  readonly json: unknown;
  /** The names in the first line of a CSV file, and what separates them; none when no separator is in it. */
  readonly columns: readonly string[];
  readonly separator: Separator | null;
  /** Name of the root element of an XML document without its prefix, and its namespace; null when it is none. */
  readonly xmlRoot: { readonly name: string; readonly namespace: string } | null;
}

/** @throws file-missing, file-unreadable, cancelled */
export async function readSample(file: HandedOverFile, signal: AbortSignal): Promise<FileSample> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of streamContent(file, signal)) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > sampleSize) break;
  }
  const bytes = Buffer.concat(chunks).subarray(0, sampleSize);
  return describeSample({ name: file.name, size: file.size, bytes, isWhole: size <= sampleSize });
}

/** What can be said of the beginning of a file. */
export function describeSample(begin: Pick<FileSample, "name" | "size" | "bytes" | "isWhole">): FileSample {
  const encoding = detectEncoding(begin.bytes, begin.isWhole);
  const text = encoding === null ? "" : decodeLossy(begin.bytes, encoding);
  const lines = linesOf(text, begin.isWhole);
  const jsonLines = lines.map(parseLine);
  return {
    ...begin,
    encoding,
    text,
    lines,
    jsonLines,
    // Several lines that are each a document are no document together.
    json:
      jsonLines.length > 1 && isObject(jsonLines[0]) && isObject(jsonLines[1])
        ? undefined
        : readJsonHead(text, begin.isWhole),
    ...columnsOf(lines),
    xmlRoot: xmlRootOf(text),
  };
}

function linesOf(text: string, isWhole: boolean): string[] {
  const whole = isWhole ? text : text.slice(0, text.lastIndexOf("\n") + 1);
  const lines = whole.split(/\r?\n/).filter((line) => line.trim() !== "");
  return lines.slice(0, mostLines);
}

function parseLine(line: string): unknown {
  if (!/^\s*[{[]/.test(line)) return undefined;
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function columnsOf([first = ""]: readonly string[]): Pick<FileSample, "columns" | "separator"> {
  if (/^\s*[{[<]/.test(first)) return { columns: [], separator: null };
  const counted = separators.map((separator) => ({ separator, columns: cellsOf(first, separator) }));
  const [most] = counted.sort((one, other) => other.columns.length - one.columns.length);
  return most && most.columns.length > 1 ? most : { columns: [], separator: null };
}

function cellsOf(line: string, separator: Separator): string[] {
  const [row] = readCsv(line, 1, separator);
  return row && "cells" in row ? row.cells.map((cell) => cell.trim()) : [];
}

function xmlRootOf(text: string): FileSample["xmlRoot"] {
  const body = text
    .trimStart()
    .replace(/^(?:<\?[^>]*\?>|<!--[\s\S]*?-->|<!DOCTYPE[^>[]*(?:\[[\s\S]*?\])?[^>]*>|\s)+/, "");
  const tag = /^<(?:([\w.-]+):)?([\w.-]+)([^>]*)/.exec(body);
  if (!tag) return null;
  const [, prefix, name = "", attributes = ""] = tag;
  const declared = new RegExp(`xmlns${prefix === undefined ? "" : `:${prefix}`}\\s*=\\s*["']([^"']*)["']`);
  return { name, namespace: declared.exec(attributes)?.[1] ?? "" };
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}
