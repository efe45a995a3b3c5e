import type { Fact, ReadFacts, Unread } from "../model/facts.ts";
import type { Origin } from "../model/origin.ts";
import type { EvidenceInput } from "./evidence-input.ts";
import { originOf, type Unreadable } from "./json-evidence.ts";

/** What a record of several lines gives; null when it tells nothing that is asked for. */
export type BlockReading = readonly Fact[] | Unreadable | null;

/**
 * Reads a part of a file whose records take several lines. Every line counts as what became of its record; lines before
 * the first one belong to none and are listed.
 *
 * @param begins tells the first line of a record, from it and the line before, which is null for the first of the part
 * @param read is given a record's lines without their ends, its first one included
 */
export function readBlocks(
  input: EvidenceInput,
  text: string,
  begins: (line: string, before: string | null) => boolean,
  read: (lines: readonly string[], origin: Origin) => BlockReading,
): ReadFacts {
  const facts: Fact[] = [];
  const unread: Unread[] = [];
  const tally = { read: 0, passedOver: 0, blank: 0, unread: 0 };
  const close = (block: readonly string[], origin: Origin): void => {
    const reading = read(block, origin);
    if (reading === null) tally.passedOver += block.length;
    else if ("reason" in reading) {
      tally.unread += block.length;
      unread.push({ origin, reason: reading.reason });
    } else {
      tally.read += block.length;
      facts.push(...reading);
    }
  };
  let block: string[] = [];
  let origin: Origin | null = null;
  let before: string | null = null;
  let number = input.reading?.firstLine ?? 1;
  for (const line of linesOf(text)) {
    const place = originOf(input, `line ${number}`);
    if (begins(line, before)) {
      if (origin !== null) close(block, origin);
      block = [line];
      origin = place;
    } else if (origin !== null) block.push(line);
    else if (line.trim() === "") tally.blank += 1;
    else {
      tally.unread += 1;
      unread.push({ origin: place, reason: "it stands before the first record" });
    }
    before = line;
    number += 1;
  }
  if (origin !== null) close(block, origin);
  return { facts, unread, tally };
}

/** What follows the last line end is a line only when there is something. */
function linesOf(text: string): string[] {
  const lines = text.split("\n").map((line) => line.replace(/\r$/, ""));
  if (lines.at(-1) === "") lines.pop();
  return lines;
}
