import type { Fact, ReadFacts, Unread } from "../model/facts.ts";
import type { Origin } from "../model/origin.ts";
import { decodeText, notDecoded } from "../model/text.ts";
import type { EvidenceInput } from "./evidence-input.ts";
import { originOf, type Unreadable, unreadWhole } from "./json-evidence.ts";

/** What one line or record gives: facts, why it cannot be read, or null when it tells nothing that is asked for. */
export type RecordReading = readonly Fact[] | Unreadable | null;

/** The whole record as text. */
export function textOf(input: EvidenceInput): { readonly text: string } | Unreadable {
  const text = decodeText(input.bytes, input.reading);
  return text === null ? { reason: notDecoded(input.reading) } : { text };
}

/**
 * Reads a part of a file line by line. Each line is accounted for: read, passed over, blank or unread.
 * @param read is given each line that is not blank, without its line end, and its place, `line 12` of the whole file
 */
export function readLines(input: EvidenceInput, read: (line: string, origin: Origin) => RecordReading): ReadFacts {
  const document = textOf(input);
  if ("reason" in document) return unreadWhole(input, document);
  const account = createAccount();
  let number = input.reading?.firstLine ?? 1;
  for (const line of linesOf(document.text)) {
    const origin = originOf(input, `line ${number}`);
    account.add(line.trim() === "" ? "blank" : read(line, origin), origin);
    number += 1;
  }
  return account.total();
}

/** Reads a part of a file of JSON lines. */
export function readJsonLines(input: EvidenceInput, read: (json: unknown, origin: Origin) => RecordReading): ReadFacts {
  return readLines(input, (line, origin) => {
    let json: unknown;
    try {
      json = JSON.parse(line);
    } catch {
      return { reason: "not JSON" };
    }
    return read(json, origin);
  });
}

/** Lines without their ends. What follows the last line end is a line only when there is something. */
function* linesOf(text: string): Generator<string> {
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf("\n", start);
    const stop = end < 0 ? text.length : end;
    yield text.slice(start, text[stop - 1] === "\r" && stop > start ? stop - 1 : stop);
    start = stop + 1;
  }
}

/** Gathers what records give, and what became of each. */
export function createAccount(): {
  add(reading: RecordReading | "blank", origin: Origin): void;
  total(): ReadFacts;
} {
  const facts: Fact[] = [];
  const unread: Unread[] = [];
  const tally = { read: 0, passedOver: 0, blank: 0 };
  return {
    add(reading, origin) {
      if (reading === "blank") tally.blank += 1;
      else if (reading === null) tally.passedOver += 1;
      else if ("reason" in reading) unread.push({ origin, reason: reading.reason });
      else {
        tally.read += 1;
        facts.push(...reading);
      }
    },
    total: () => ({ facts, unread, tally }),
  };
}
