import type { z } from "zod";
import type { Fact, ReadFacts, Unread } from "../model/facts.ts";
import type { Origin } from "../model/origin.ts";
import { decodeText, notDecoded } from "../model/text.ts";
import type { EvidenceInput } from "./evidence-input.ts";
import { type FormatReader, repositoryOf } from "./format-reader.ts";

/** Why something could not be read, in a sentence's tail: "…: state: expected string". */
export interface Unreadable {
  readonly reason: string;
}

/** Facts of one element, or why there are none. */
export type ElementReader = (element: unknown, origin: Origin) => readonly Fact[] | Unreadable;

export function originOf(input: EvidenceInput, place: string): Origin {
  return { evidence: input.sha256, place, source: input.sourceId };
}

export function isUnreadable(read: readonly Fact[] | Unreadable): read is Unreadable {
  return !Array.isArray(read);
}

/** The whole record as JSON. */
export function parseJson({
  bytes,
  reading,
  document,
}: Pick<EvidenceInput, "bytes" | "reading" | "document">): { readonly json: unknown } | Unreadable {
  if (document !== undefined && reading?.encoding === undefined) return { json: document };
  const text = decodeText(bytes, reading);
  if (text === null) return { reason: notDecoded(reading) };
  try {
    return { json: JSON.parse(text) };
  } catch {
    return { reason: "not JSON" };
  }
}

/**
 * The elements of the array at a pointer (`/issues`; empty when the document is the array): of a whole document, or of
 * the part of a large one that this record is. `first` is the index of the first of them in the whole document.
 */
export function parseElements(
  input: EvidenceInput,
  pointer: string,
): { readonly elements: readonly unknown[]; readonly first: number } | Unreadable {
  const part = input.reading?.elements;
  const document = part ? parsePart(input.bytes.subarray(part.from, part.to)) : parseJson(input);
  if ("reason" in document) return document;
  if (part && part.pointer !== pointer)
    return { reason: `it is a part of the array ${part.pointer || "of the document"}` };
  const elements = part ? document.json : pointer.split("/").slice(1).reduce(memberOf, document.json);
  return Array.isArray(elements)
    ? { elements, first: part?.first ?? 0 }
    : { reason: pointer === "" ? "not an array" : `${pointer.slice(1)}: expected array` };
}

/** Elements with commas between them and perhaps one after the last. */
function parsePart(bytes: Uint8Array): { readonly json: unknown } | Unreadable {
  const text = decodeText(bytes);
  if (text === null) return { reason: notDecoded() };
  try {
    return { json: JSON.parse(`[${text.replace(/,\s*$/, "")}]`) };
  } catch {
    return { reason: "not JSON" };
  }
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

/** A reader of a record that is one JSON document about a repository. */
export function readJson(read: (input: EvidenceInput, json: unknown, repository: string) => ReadFacts): FormatReader {
  return (input, source) => {
    const document = parseJson(input);
    return "reason" in document ? unreadWhole(input, document) : read(input, document.json, repositoryOf(source));
  };
}

/** Parses one element; the reason names the first place that is not as the system's documentation says. */
export function parseShape<T>(schema: z.ZodType<T>, element: unknown): { readonly data: T } | Unreadable {
  const parsed = schema.safeParse(element);
  return parsed.success ? { data: parsed.data } : { reason: reasonIn(parsed.error) };
}

/** Why an element that a schema does not accept is not accepted. */
export function whyNot(schema: z.ZodType, element: unknown): string {
  const { error } = schema.safeParse(element);
  return error === undefined ? "of another shape" : reasonIn(error);
}

function reasonIn({ issues: [issue] }: z.ZodError): string {
  const place = issue?.path.map(String).join("/") ?? "";
  return `${place === "" ? "" : `${place}: `}${issue?.message ?? "of another shape"}`;
}

/** Reads each element by itself, so that one bad element costs no other. `first` is the index of the first of them. */
export function readElements(
  input: EvidenceInput,
  elements: readonly unknown[],
  pointer: string,
  read: ElementReader,
  first = 0,
): ReadFacts {
  const facts: Fact[] = [];
  const unread: Unread[] = [];
  for (const [index, element] of elements.entries()) {
    const origin = originOf(input, `${pointer}/${first + index}`);
    const result = read(element, origin);
    if (isUnreadable(result)) unread.push({ origin, reason: result.reason });
    else facts.push(...result);
  }
  return { facts, unread };
}

export function unreadWhole(input: EvidenceInput, { reason }: Unreadable): ReadFacts {
  return { facts: [], unread: [{ origin: originOf(input, ""), reason }] };
}
