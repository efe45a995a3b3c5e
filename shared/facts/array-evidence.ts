import type { ReadFacts } from "../model/facts.ts";
import type { EvidenceInput } from "./evidence-input.ts";
import { type ElementReader, parseElements, readElements, unreadWhole } from "./json-evidence.ts";

/**
 * Reads the elements of the array at the first of the pointers that leads to one, in a document or in the part of a
 * large one that the record is.
 */
export function readArray(
  input: EvidenceInput,
  pointers: readonly [string, ...string[]],
  read: ElementReader,
): ReadFacts {
  const part = input.reading?.elements?.pointer;
  const [first, ...others] = part === undefined ? pointers : [part];
  let found = parseElements(input, first);
  let at = first;
  for (const pointer of others) {
    if (!("reason" in found)) break;
    const other = parseElements(input, pointer);
    if ("reason" in other) continue;
    found = other;
    at = pointer;
  }
  return "reason" in found ? unreadWhole(input, found) : readElements(input, found.elements, at, read, found.first);
}
