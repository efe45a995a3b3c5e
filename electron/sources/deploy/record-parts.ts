import { createCsvCutter } from "../../../shared/model/csv.ts";
import type { LinePart } from "../files/whole-lines.ts";

/**
 * Parts of a CSV file that end where a record ends: a cell in quotation marks can hold line ends. What a part holds
 * beyond its last record goes to the next one, so that all parts together are still the file.
 */
export async function* partsOfRecords(parts: AsyncIterable<LinePart>): AsyncGenerator<LinePart> {
  const cutter = createCsvCutter();
  let rest: Uint8Array = new Uint8Array(0);
  let firstLine = 1;
  for await (const { bytes } of parts) {
    const end = cutter.cut(bytes);
    if (end === 0) {
      rest = Buffer.concat([rest, bytes]);
      continue;
    }
    const part = partOf(Buffer.concat([rest, bytes.subarray(0, end)]), firstLine);
    yield part;
    firstLine += part.lines;
    rest = bytes.subarray(end);
  }
  if (rest.length > 0) yield partOf(rest, firstLine);
}

function partOf(bytes: Uint8Array, firstLine: number): LinePart {
  let lines = bytes.at(-1) === 0x0a ? 0 : 1;
  for (const byte of bytes) if (byte === 0x0a) lines += 1;
  return { bytes, firstLine, lines };
}
