import type { z } from "zod";
import type { Fact, ReadFacts } from "../../model/facts.ts";
import type { Source } from "../../model/source.ts";
import type { EvidenceInput } from "../evidence-input.ts";
import { type FormatReader, repositoryOf } from "../format-reader.ts";
import {
  type ElementReader,
  isUnreadable,
  originOf,
  parseJson,
  parseShape,
  readElements,
  unreadWhole,
} from "../json-evidence.ts";
import { List } from "./host-shapes.ts";

/** What an element is read with: whose it is, and what the address of its answer says. */
export interface HostContext {
  readonly repository: string;
  readonly source: Source;
  readonly input: EvidenceInput;
  /** Request that the address names; 0 where it names none. */
  readonly request: number;
}

export type HostElementReader = (context: HostContext) => ElementReader;

/** The number in an address behind one of the words for a request: `…/merge_requests/12/notes`, `merge_requests-12-notes.json`. */
export function requestIn(locator: string, words: string): number {
  const matches = [...locator.matchAll(new RegExp(`(?:${words})[/_~-]([1-9]\\d{0,11})(?![A-Za-z0-9])`, "gi"))];
  return Number(matches.at(-1)?.[1] ?? 0);
}

/** A parameter of an address; empty where it has none. */
export function parameterIn(locator: string, name: string): string {
  return new RegExp(`[?&]${name.replace("$", "\\$")}=([^&#]*)`).exec(locator)?.[1] ?? "";
}

/** Settings say no time: they stood so when they were received. */
export function receivedAt({ input }: HostContext): string | null {
  return input.receivedAt ?? null;
}

export const noTime = { reason: "it says no time, and when it was received is not known" } as const;

/** Which environments of a source count as production; without a word of the source, the one named so. */
export function isProduction({ source }: HostContext, environment: string): boolean {
  const named = "production" in source ? source.production : undefined;
  return (named ?? ["production"]).includes(environment);
}

export function isPipelineAccount({ source }: HostContext, login: string): boolean {
  const accounts: readonly string[] = ("pipelineAccounts" in source ? source.pipelineAccounts : undefined) ?? [];
  return accounts.some((account) => account.toLowerCase() === login.toLowerCase());
}

interface PageSettings {
  /** Words in the address before a request's number. */
  readonly words?: string;
  /** The elements are about the repository, or say themselves which request they are about. */
  readonly mayNameNone?: boolean;
  /** What the server puts before its JSON. */
  readonly prefix?: string;
}

/** Why an element cannot be read whose address ought to name its request. */
export const noRequest = { reason: "the name of the record does not say which request this is" } as const;

/** A reader of a page whose elements are read one by one. @param member of the answer that is the list; none: the answer is */
export function readPage(
  read: HostElementReader,
  member: string | null,
  { words = "", mayNameNone = false, prefix = "" }: PageSettings = {},
): FormatReader {
  return (input, source) => {
    const context = contextOf(input, source, words);
    if (words !== "" && !mayNameNone && context.request === 0) return unreadWhole(input, noRequest);
    const document = parsePrefixed(input, prefix);
    if ("reason" in document) return unreadWhole(input, document);
    const list = parseShape(List, member === null ? document.json : memberOf(document.json, member));
    if ("reason" in list) return unreadWhole(input, list);
    return readElements(input, list.data, member === null ? "" : `/${member}`, read(context));
  };
}

/** A reader of an answer that is one thing. */
export function readOne(
  read: HostElementReader,
  { words = "", mayNameNone = false, prefix = "" }: PageSettings = {},
): FormatReader {
  return (input, source) => {
    const context = contextOf(input, source, words);
    if (words !== "" && !mayNameNone && context.request === 0) return unreadWhole(input, noRequest);
    const document = parsePrefixed(input, prefix);
    if ("reason" in document) return unreadWhole(input, document);
    const facts = read(context)(document.json, originOf(input, ""));
    return isUnreadable(facts) ? unreadWhole(input, facts) : { facts, unread: [] };
  };
}

/** The same, with a fact that says that the page was received, unless something on it could not be read. */
export function withPage(
  reader: FormatReader,
  pageOf: (input: EvidenceInput, json: unknown) => PageFact | null,
  prefix = "",
): FormatReader {
  return (input, source): ReadFacts => {
    const read = reader(input, source);
    const document = parsePrefixed(input, prefix);
    if (read.unread.length > 0 || "reason" in document) return read;
    const page = pageOf(input, document.json);
    if (page === null || page.request === 0) return read;
    const fact: Fact = { kind: "review-page", origin: originOf(input, ""), repository: repositoryOf(source), ...page };
    return { facts: [...read.facts, fact], unread: [] };
  };
}

export type PageFact = Pick<Extract<Fact, { kind: "review-page" }>, "request" | "page" | "last" | "chain">;

/** An element of the wanted shape, read further; the reason names the first place that is not as it should be. */
export function shaped<T>(
  schema: z.ZodType<T>,
  read: (data: T, ...rest: Parameters<ElementReader>) => ReturnType<ElementReader>,
): ElementReader {
  return (element, origin) => {
    const parsed = parseShape(schema, element);
    return "reason" in parsed ? parsed : read(parsed.data, element, origin);
  };
}

function contextOf(input: EvidenceInput, source: Source, words: string): HostContext {
  return {
    repository: repositoryOf(source),
    source,
    input,
    request: words === "" ? 0 : requestIn(input.locator, words),
  };
}

function parsePrefixed(input: EvidenceInput, prefix: string) {
  const { bytes } = input;
  const marks = [...prefix].map((mark) => mark.charCodeAt(0));
  return parseJson({
    bytes: marks.every((mark, index) => bytes[index] === mark) ? bytes.subarray(marks.length) : bytes,
  });
}

function memberOf(json: unknown, member: string): unknown {
  return typeof json === "object" && json !== null ? (json as Record<string, unknown>)[member] : undefined;
}
