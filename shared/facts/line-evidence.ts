import type { Fact, ReadFacts, Unread } from "../model/facts.ts";
import type { Origin } from "../model/origin.ts";
import { decodeText, notDecoded } from "../model/text.ts";
import type { EvidenceInput } from "./evidence-input.ts";
import { originOf, type Unreadable } from "./json-evidence.ts";

/**
 * What one line or record gives: facts, also with parts of it that could not be read; why it cannot be read; or null
 * when it tells nothing that is asked for.
 */
export type RecordReading = readonly Fact[] | ReadFacts | Unreadable | null;

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
  const account = createAccount();
  let number = input.reading?.firstLine ?? 1;
  for (const line of writtenLines(input)) {
    const origin = originOf(input, `line ${number}`);
    if (line === null) account.add({ reason: notDecoded(input.reading) }, origin);
    else account.add(line.trim() === "" ? "blank" : read(line, origin), origin);
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

/** Lines without their ends; null for each that is not in the encoding of the file, so that it costs no other. */
function* writtenLines({ bytes, reading }: EvidenceInput): Generator<string | null> {
  const text = decodeText(bytes, reading);
  if (text !== null) yield* linesOf(text);
  else if (reading?.encoding?.startsWith("utf-16")) yield null;
  else for (const line of linesOfBytes(bytes)) yield decodeText(line, reading)?.replace(/\r$/, "") ?? null;
}

function* linesOfBytes(bytes: Uint8Array): Generator<Uint8Array> {
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(0x0a, start);
    const stop = end < 0 ? bytes.length : end;
    yield bytes.subarray(start, stop);
    start = stop + 1;
  }
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
  const tally = { read: 0, passedOver: 0, blank: 0, unread: 0 };
  return {
    add(reading, origin) {
      if (reading === "blank") tally.blank += 1;
      else if (reading === null) tally.passedOver += 1;
      else if ("reason" in reading) {
        tally.unread += 1;
        unread.push({ origin, reason: reading.reason });
      } else if ("facts" in reading) {
        tally[reading.facts.length > 0 || reading.unread.length === 0 ? "read" : "unread"] += 1;
        facts.push(...reading.facts);
        unread.push(...reading.unread);
      } else {
        tally.read += 1;
        facts.push(...reading);
      }
    },
    total: () => ({ facts, unread, tally }),
  };
}
