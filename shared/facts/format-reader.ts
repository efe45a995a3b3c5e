import type { EvidenceFormat } from "../model/evidence.ts";
import type { ReadFacts } from "../model/facts.ts";
import type { Source } from "../model/source.ts";
import type { EvidenceInput } from "./evidence-input.ts";

/** Reads a record of one format. Pure, and never throws for a bad record: what cannot be read is listed as unread. */
export type FormatReader = (input: EvidenceInput, source: Source) => ReadFacts;

/** The readers of some formats. */
export type FormatReaders<F extends EvidenceFormat = EvidenceFormat> = { readonly [format in F]: FormatReader };

/** The code base that a source is about; empty for a source about none. */
export function repositoryOf(source: Source): string {
  return "repository" in source ? source.repository : "";
}

/** Of a record that is kept for the IPE record and holds no fact. */
export const readNothing: FormatReader = () => ({ facts: [], unread: [] });
