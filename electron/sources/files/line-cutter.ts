import { decodeLossy } from "../../../shared/model/text.ts";
import type { RecordCutter } from "./record-cutter.ts";
import { type TextEncoding, widthOf } from "./text-encoding.ts";

const lineFeed = 0x0a;

/**
 * Cuts after line ends; where records take several lines, before the first line of one.
 * @param beginsRecord tells the first line of a record, which is given without its line end
 */
export function createLineCutter(encoding: TextEncoding, beginsRecord?: (line: string) => boolean): RecordCutter {
  const ends = beginsRecord ? recordEnds(encoding, beginsRecord) : lineEnds(encoding);
  let firstLine = 1;
  return {
    ...ends,
    describe(part) {
      const rows = countLines(part, encoding);
      const description = { place: `L${firstLine}-${firstLine + rows - 1}`, rows, reading: { firstLine } };
      firstLine += rows;
      return description;
    },
  };
}

/** Lines of a part, with the last one that has no line end. */
export function countLines(part: Buffer, encoding: TextEncoding): number {
  let count = 0;
  let after = 0;
  for (let end = nextLineEnd(part, 0, encoding); end >= 0; end = nextLineEnd(part, end, encoding)) {
    count += 1;
    after = end;
  }
  return after < part.length ? count + 1 : count;
}

function lineEnds(encoding: TextEncoding): Pick<RecordCutter, "lastEnd" | "firstEnd"> {
  return {
    lastEnd: (block, from, to) => previousLineEnd(block, from, to, encoding),
    firstEnd(block, from, to) {
      const end = nextLineEnd(block, from, encoding);
      return end > to ? -1 : end;
    },
  };
}

function recordEnds(
  encoding: TextEncoding,
  beginsRecord: (line: string) => boolean,
): Pick<RecordCutter, "lastEnd" | "firstEnd"> {
  const begins = (block: Buffer, start: number, to: number): boolean => {
    const end = nextLineEnd(block, start, encoding);
    // A line that is not whole within `to` is not looked at: where a file is cut must not hang on how it was read.
    return end >= 0 && end <= to && beginsRecord(lineText(block.subarray(start, end), encoding));
  };
  return {
    lastEnd(block, _from, to) {
      let end = previousLineEnd(block, 0, to, encoding);
      while (end > 0 && !begins(block, end, to)) end = previousLineEnd(block, 0, end - widthOf(encoding), encoding);
      return end;
    },
    firstEnd(block, _from, to) {
      let end = nextLineEnd(block, 0, encoding);
      while (end > 0 && !begins(block, end, to)) end = nextLineEnd(block, end, encoding);
      return end;
    },
  };
}

function lineText(line: Buffer, encoding: TextEncoding): string {
  return decodeLossy(line, encoding).replace(/\r?\n$/, "");
}

/** The offset after the next line end; -1 when there is none. Blocks begin with a whole code unit. */
function nextLineEnd(block: Buffer, from: number, encoding: TextEncoding): number {
  if (widthOf(encoding) === 1) {
    const at = block.indexOf(lineFeed, from);
    return at < 0 ? -1 : at + 1;
  }
  const low = encoding === "utf-16le" ? 0 : 1;
  for (let at = block.indexOf(lineFeed, from); at >= 0; at = block.indexOf(lineFeed, at + 1)) {
    const start = at - low;
    if (start % 2 === 0 && block[start + 1 - low] === 0 && start + 2 <= block.length) return start + 2;
  }
  return -1;
}

/** The offset after the last line end that lies wholly between two offsets; -1 when there is none. */
function previousLineEnd(block: Buffer, from: number, to: number, encoding: TextEncoding): number {
  const low = encoding === "utf-16le" ? 0 : 1;
  for (
    let at = to > 0 ? block.lastIndexOf(lineFeed, to - 1) : -1;
    at >= from;
    at = at > 0 ? block.lastIndexOf(lineFeed, at - 1) : -1
  ) {
    if (widthOf(encoding) === 1) return at + 1;
    const start = at - low;
    if (start % 2 === 0 && block[start + 1 - low] === 0 && start + 2 <= to && start >= from) return start + 2;
  }
  return -1;
}
