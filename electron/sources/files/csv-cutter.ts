import { readCsv } from "../../../shared/model/csv.ts";
import { decodeLossy } from "../../../shared/model/text.ts";
import type { Separator } from "./file-sample.ts";
import { countLines } from "./line-cutter.ts";
import type { RecordCutter } from "./record-cutter.ts";
import { type TextEncoding, widthOf } from "./text-encoding.ts";

const lineFeed = 0x0a;
const quote = 0x22;

/** Where the automaton of `shared/model/csv.ts` stands: numbers, since every byte of a file goes through it. */
const cellStart = 0;
const plain = 1;
const quoted = 2;
const quoteInQuoted = 3;

/** Cuts a CSV file after records: a cell in quotation marks can hold line ends. */
export function createCsvCutter(encoding: TextEncoding, separator: Separator): RecordCutter {
  const follow = createFollower(encoding, separator.charCodeAt(0));
  let firstLine = 1;
  let columns: string[] = [];
  return {
    lastEnd: (block, from, to) => follow(block, from, to, false),
    firstEnd: (block, from, to) => follow(block, from, to, true),
    describe(part) {
      if (firstLine === 1) columns = columnsOf(part, encoding, separator);
      const lines = countLines(part, encoding);
      const description = {
        place: `L${firstLine}-${firstLine + lines - 1}`,
        rows: part.includes(quote) ? countRecords(part, encoding, separator) : lines,
        reading: { firstLine, columns, ...(separator === "," ? {} : { separator }) },
      };
      firstLine += lines;
      return description;
    },
  };
}

function createFollower(encoding: TextEncoding, separator: number) {
  const width = widthOf(encoding);
  const high = encoding === "utf-16le" ? 1 : 0;
  let state = cellStart;
  let isAtStart = true;
  return (block: Buffer, start: number, to: number, isFirst: boolean): number => {
    const from = isAtStart ? start + markLength(block, width) : start;
    isAtStart = false;
    if (width === 1 && !isFirst && (state === cellStart || state === plain) && !hasQuote(block, from, to)) {
      state = stateAfter(block, to, separator, state);
      const at = to > 0 ? block.lastIndexOf(lineFeed, to - 1) : -1;
      return at >= from ? at + 1 : -1;
    }
    let end = -1;
    for (let at = from; at + width <= to; at += width) {
      const code = width === 1 || block[at + high] === 0 ? (block[at + (width === 1 ? 0 : 1 - high)] ?? 0) : 0xffff;
      if (state === quoted) {
        if (code === quote) state = quoteInQuoted;
      } else if (state === quoteInQuoted && code === quote) state = quoted;
      else if (code === separator) state = cellStart;
      else if (code === lineFeed) {
        state = cellStart;
        end = at + width;
        if (isFirst) return end;
      } else state = state === cellStart && code === quote ? quoted : plain;
    }
    return end;
  };
}

/** Length of a byte order mark: the first cell begins behind it. */
function markLength(block: Buffer, width: 1 | 2): number {
  if (width === 2) return block[0] === 0xfe || block[0] === 0xff ? 2 : 0;
  return block[0] === 0xef && block[1] === 0xbb && block[2] === 0xbf ? 3 : 0;
}

function hasQuote(block: Buffer, from: number, to: number): boolean {
  const at = block.indexOf(quote, from);
  return at >= 0 && at < to;
}

/** Without quotation marks only the last byte says where the automaton stands. */
function stateAfter(block: Buffer, to: number, separator: number, before: number): number {
  if (to === 0) return before;
  const last = block[to - 1];
  return last === separator || last === lineFeed ? cellStart : plain;
}

/** Records of a part, with the last one that has no line end. */
function countRecords(part: Buffer, encoding: TextEncoding, separator: Separator): number {
  const follow = createFollower(encoding, separator.charCodeAt(0));
  let count = 0;
  let after = 0;
  for (let end = follow(part, 0, part.length, true); end > 0; end = follow(part, end, part.length, true)) {
    count += 1;
    after = end;
  }
  return after < part.length ? count + 1 : count;
}

function columnsOf(part: Buffer, encoding: TextEncoding, separator: Separator): string[] {
  const [first] = readCsv(decodeLossy(part.subarray(0, 256 * 1024), encoding), 1, separator);
  return first && "cells" in first ? first.cells.map((cell) => cell.trim()) : [];
}
