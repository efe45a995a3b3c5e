import type { z } from "zod";
import type { Fact, ReadFacts, Unread } from "../model/facts.ts";
import type { Origin } from "../model/origin.ts";
import { decodeUtf8 } from "../model/text.ts";
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
export function parseJson(bytes: Uint8Array): { readonly json: unknown } | Unreadable {
  const text = decodeUtf8(bytes);
  if (text === null) return { reason: "not UTF-8" };
  try {
    return { json: JSON.parse(text) };
  } catch {
    return { reason: "not JSON" };
  }
}

/** A reader of a record that is one JSON document about a repository. */
export function readJson(read: (input: EvidenceInput, json: unknown, repository: string) => ReadFacts): FormatReader {
  return (input, source) => {
    const document = parseJson(input.bytes);
    return "reason" in document ? unreadWhole(input, document) : read(input, document.json, repositoryOf(source));
  };
}

/** Parses one element; the reason names the first place that is not as the system's documentation says. */
export function parseShape<T>(schema: z.ZodType<T>, element: unknown): { readonly data: T } | Unreadable {
  const parsed = schema.safeParse(element);
  if (parsed.success) return { data: parsed.data };
  const [issue] = parsed.error.issues;
  const place = issue?.path.map(String).join("/") ?? "";
  return { reason: `${place === "" ? "" : `${place}: `}${issue?.message ?? "of another shape"}` };
}

/** Reads each element by itself, so that one bad element costs no other. */
export function readElements(
  input: EvidenceInput,
  elements: readonly unknown[],
  pointer: string,
  read: ElementReader,
): ReadFacts {
  const facts: Fact[] = [];
  const unread: Unread[] = [];
  for (const [index, element] of elements.entries()) {
    const origin = originOf(input, `${pointer}/${index}`);
    const result = read(element, origin);
    if (isUnreadable(result)) unread.push({ origin, reason: result.reason });
    else facts.push(...result);
  }
  return { facts, unread };
}

export function unreadWhole(input: EvidenceInput, { reason }: Unreadable): ReadFacts {
  return { facts: [], unread: [{ origin: originOf(input, ""), reason }] };
}
