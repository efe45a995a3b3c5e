import { decodeLossy, decodeText } from "../../model/text.ts";
import type { EvidenceInput } from "../evidence-input.ts";

const link = /https?:\/\/[^\s"'<>()[\]{}|\\^`]+?\/(?:pull|merge_requests)\/[1-9]\d*(?!\d)/g;

/** What a text must have in it to hold such an address, as it is or with a letter of it spelled with an escape of JSON. */
const hint = /(?:pull|merge_requests)\//;
const escaped = /\\(?:\/|u00)/;

/**
 * Whether a record of JSON may have an address of a change request anywhere in it. Most have none, and asking their text
 * costs a tenth of walking through their values.
 */
export function mayHoldRequestLink({
  bytes,
  reading,
  text: known,
}: Pick<EvidenceInput, "bytes" | "reading" | "text">): boolean {
  if (known !== undefined) return isHinted(known);
  if (reading?.encoding !== undefined) {
    const text = decodeText(bytes, reading);
    return text === null || isHinted(text);
  }
  // Part by part, since a text as long as a page costs more to clear away than to look through. A letter that is cut in two
  // is no part of what is looked for.
  for (let from = 0; from < bytes.length; from += partBytes - hintBytes) {
    if (isHinted(decodeLossy(bytes.subarray(from, from + partBytes)))) return true;
  }
  return false;
}

const partBytes = 64 * 1024;
/** No less than the longest hint takes. */
const hintBytes = 16;

function isHinted(text: string): boolean {
  return hint.test(text) || (text.includes("\\") && escaped.test(text));
}

/**
 * Addresses of change requests anywhere in a ticket's fields, each once, in order of appearance. Text of Jira Cloud is
 * a tree of nodes and comments are nested in it, so every string is looked at; without recursion, since a stranger
 * decides how deep it goes.
 */
export function findRequestLinks(fields: unknown): string[] {
  // Sites have hundreds of fields, and few tickets a link: those without are told apart first, which costs half as much.
  if (!mayHoldLink(fields)) return [];
  const found = new Set<string>();
  const waiting: unknown[] = [fields];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (typeof value === "string") for (const [address] of value.matchAll(link)) found.add(address);
    else if (typeof value === "object" && value !== null) {
      for (const part of Object.values(value).reverse()) waiting.push(part);
    }
  }
  return [...found];
}

/** Whether a string in it has what every such address has, in whatever order they are looked at. */
function mayHoldLink(fields: unknown): boolean {
  const waiting: unknown[] = [[fields]];
  while (waiting.length > 0) {
    const value = waiting.pop() as Readonly<Record<string, unknown>>;
    for (const name in value) {
      const part = value[name];
      if (typeof part === "string") {
        if (part.includes("/pull/") || part.includes("/merge_requests/")) return true;
      } else if (typeof part === "object" && part !== null) waiting.push(part);
    }
  }
  return false;
}
