import { hash } from "node:crypto";
import type { EvidenceInput } from "../../../shared/facts/evidence-input.ts";
import type { EvidenceFormat } from "../../../shared/model/evidence.ts";
import { Fact, type ReadFacts } from "../../../shared/model/facts.ts";

/** A record as the store gives it; anything but text and bytes is written as JSON. */
export function record(
  format: EvidenceFormat,
  content: unknown,
  locator = "answer.json",
  firstLine?: number,
): EvidenceInput {
  const bytes =
    content instanceof Uint8Array
      ? content
      : Buffer.from(typeof content === "string" ? content : JSON.stringify(content));
  const reading = firstLine === undefined ? {} : { reading: { firstLine } };
  return { sha256: hash("sha256", bytes), format, locator, sourceId: "source", bytes, ...reading };
}

/** The facts, each held against its schema. */
export function checkedFacts({ facts }: ReadFacts): Fact[] {
  return facts.map((fact) => Fact.parse(fact));
}

export function reasonsOf({ unread }: ReadFacts): string[] {
  return unread.map(({ origin, reason }) => `${origin.place}: ${reason}`);
}
