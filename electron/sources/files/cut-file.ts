import { TickmarkError } from "../../../shared/errors.ts";
import { createCsvCutter } from "./csv-cutter.ts";
import { cutContent, type FilePart, longestRecord } from "./cut-content.ts";
import { createElementCutter } from "./element-cutter.ts";
import type { FileFormat } from "./file-format.ts";
import type { FileSample } from "./file-sample.ts";
import { createLineCutter } from "./line-cutter.ts";

const mebibyte = 1024 * 1024;
/** What is read in one piece must fit into the memory. */
const largestWhole = 256 * mebibyte;
/** A JSON document up to here stays in one piece: it is easier to look at. */
const smallDocument = 8 * mebibyte;

/**
 * The records that a file becomes, in order.
 * @throws record-invalid when a record, or a file that has to stay in one piece, is too large
 */
export async function* cutFile(
  chunks: AsyncIterable<Buffer>,
  { shape }: Pick<FileFormat, "shape">,
  sample: FileSample,
): AsyncGenerator<FilePart> {
  const encoding = sample.encoding ?? "utf-8";
  const tooLong = () => recordTooLong(sample.name);
  if (shape.cut === "lines") yield* cutContent(chunks, createLineCutter(encoding, shape.beginsRecord), tooLong);
  else if (shape.cut === "csv") yield* cutContent(chunks, createCsvCutter(encoding, sample.separator ?? ","), tooLong);
  else if (shape.cut === "elements" && encoding === "utf-8") yield* cutDocument(chunks, shape.of, sample.name);
  else yield { bytes: await collect(chunks, sample.name), place: "", rows: 1, reading: {} };
}

async function* cutDocument(
  chunks: AsyncIterable<Buffer>,
  pointers: readonly string[],
  name: string,
): AsyncGenerator<FilePart> {
  const begin: Buffer[] = [];
  let size = 0;
  const rest = chunks[Symbol.asyncIterator]();
  for (let next = await rest.next(); !next.done; next = await rest.next()) {
    begin.push(next.value);
    size += next.value.length;
    if (size <= smallDocument) continue;
    yield* cutContent(inOrder(begin, rest), createElementCutter(pointers), () => recordTooLong(name));
    return;
  }
  if (size > 0) yield { bytes: Buffer.concat(begin), place: "", rows: 1, reading: {} };
}

async function* inOrder(begin: Buffer[], rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  for (let chunk = begin.shift(); chunk !== undefined; chunk = begin.shift()) yield chunk;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}

async function collect(chunks: AsyncIterable<Buffer>, name: string): Promise<Buffer> {
  const held: Buffer[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    held.push(chunk);
    size += chunk.length;
    if (size > largestWhole) throw fileTooLarge(name);
  }
  return Buffer.concat(held);
}

function recordTooLong(name: string): TickmarkError {
  return new TickmarkError(
    "record-invalid",
    `${name} has a record, or a line, of more than ${longestRecord / mebibyte} MiB.`,
    "Hand over one record a line, or correct what the file is taken for.",
  );
}

function fileTooLarge(name: string): TickmarkError {
  return new TickmarkError(
    "record-invalid",
    `${name} is larger than ${largestWhole / mebibyte} MiB, which is too much for a file that is read in one piece.`,
    "Hand over one record a line (JSONL), or several smaller files.",
  );
}
