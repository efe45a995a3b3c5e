import type { EvidenceInput } from "./evidence-input.ts";
import type { ReadFacts } from "../model/facts.ts";
import type { Source } from "../model/source.ts";

/** Reads a raw record as facts, by the reader of its format. Pure: same bytes, same facts. */
export function readEvidence(_input: EvidenceInput, _source: Source): ReadFacts {
  return { facts: [], unread: [] };
}
