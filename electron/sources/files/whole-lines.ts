import { createReadStream } from "node:fs";
import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";
import { TickmarkError } from "../../../shared/errors.ts";
import { checkNotCancelled } from "../http/cancellable-wait.ts";
import { fileFault, type HandedOverFile } from "./handed-over-files.ts";
import { notGzip } from "./read-whole.ts";

/** Whole lines of a file, up to about a mebibyte of them. All parts of a file, one after another, are the file. */
export interface LinePart {
  readonly bytes: Uint8Array;
  /** Number of the first line, from 1. */
  readonly firstLine: number;
  readonly lines: number;
}

const chunkSize = 256 * 1024;
/** A part is closed when the next chunk could take it past a mebibyte. */
const fullAt = 1024 * 1024 - chunkSize;
/** No record is that long; a file without line ends must not fill the memory. */
const longestLine = 64 * 1024 * 1024;

/**
 * Reads a file of lines, unpacked when its name ends in `.gz`.
 * @throws file-missing, file-unreadable, record-invalid
 */
export async function* openLineFile(file: HandedOverFile, signal: AbortSignal): AsyncGenerator<LinePart> {
  const waiting: Buffer[] = [];
  let size = 0;
  let firstLine = 1;
  const take = (end: Buffer | null): LinePart | null => {
    const bytes = Buffer.concat(end === null ? waiting.splice(0) : [...waiting.splice(0), end]);
    size = 0;
    if (bytes.length === 0) return null;
    const part = { bytes, firstLine, lines: countLines(bytes) };
    firstLine += part.lines;
    return part;
  };
  for await (const chunk of streamOf(file, signal)) {
    const cut = chunk.lastIndexOf(0x0a) + 1;
    if (size + cut > fullAt && cut > 0) {
      const part = take(chunk.subarray(0, cut));
      if (part) yield part;
      waiting.push(chunk.subarray(cut));
      size = chunk.length - cut;
    } else {
      waiting.push(chunk);
      size += chunk.length;
    }
    if (size > longestLine) throw lineTooLong(file, firstLine);
  }
  const rest = take(null);
  if (rest) yield rest;
}

async function* streamOf(file: HandedOverFile, signal: AbortSignal): AsyncGenerator<Buffer> {
  const source = createReadStream(file.path, { highWaterMark: chunkSize, signal });
  const content = file.name.endsWith(".gz") ? pipeline(source, createGunzip({ chunkSize }), ignore) : source;
  try {
    for await (const chunk of content) yield chunk as Buffer;
  } catch (cause) {
    checkNotCancelled(signal);
    if (cause instanceof Error && "code" in cause && String(cause.code).startsWith("Z_"))
      throw notGzip(file.name, cause);
    throw fileFault(cause, file.name);
  }
}

/** Errors come out of the stream where it is read. */
function ignore(): void {}

function countLines(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(0x0a); at >= 0; at = bytes.indexOf(0x0a, at + 1)) count += 1;
  return bytes.at(-1) === 0x0a ? count : count + 1;
}

function lineTooLong(file: HandedOverFile, line: number): TickmarkError {
  return new TickmarkError(
    "record-invalid",
    `${file.name} has no end of line for ${longestLine / 1048576} MiB from line ${line} on.`,
    "Hand over one record a line.",
  );
}
