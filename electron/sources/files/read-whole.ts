import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { TickmarkError } from "../../../shared/errors.ts";
import { checkNotCancelled } from "../http/cancellable-wait.ts";
import { fileFault, type HandedOverFile } from "./handed-over-files.ts";

const largest = 256 * 1024 * 1024;
const unzip = promisify(gunzip);

/**
 * A file's content in one piece, unpacked when its name ends in `.gz`.
 * @throws file-missing, file-unreadable, record-invalid
 */
export async function readWholeFile(file: HandedOverFile, signal: AbortSignal): Promise<Uint8Array> {
  if (file.size > largest) throw tooLarge(file);
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file.path, { signal });
  } catch (cause) {
    checkNotCancelled(signal);
    throw fileFault(cause, file.name);
  }
  if (!file.name.endsWith(".gz")) return bytes;
  try {
    return await unzip(bytes, { maxOutputLength: largest });
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ERR_BUFFER_TOO_LARGE") throw tooLarge(file);
    throw notGzip(file.name, cause);
  }
}

export function notGzip(name: string, cause: unknown): TickmarkError {
  return new TickmarkError(
    "file-unreadable",
    `${name} is not a whole gzip file.`,
    "Ask for the file again, or unpack it and hand over the unpacked one.",
    { cause },
  );
}

function tooLarge(file: HandedOverFile): TickmarkError {
  return new TickmarkError(
    "record-invalid",
    `${file.name} is larger than ${largest / 1048576} MiB, which is too much for one page of records.`,
    "Hand over one page a file, or one record a line (JSONL).",
  );
}
