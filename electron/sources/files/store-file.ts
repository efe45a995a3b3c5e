import { isUtf8 } from "node:buffer";
import { createHash } from "node:crypto";
import { TickmarkError } from "../../../shared/errors.ts";
import type { RawRecord, Reading } from "../../../shared/model/evidence.ts";
import type { SourceOf } from "../../../shared/model/source.ts";
import type { PullContext } from "../source-driver.ts";
import type { FilePart } from "./cut-content.ts";
import { cutFile } from "./cut-file.ts";
import { declaredSpan } from "./declared-span.ts";
import { isPacked, streamContent } from "./file-content.ts";
import type { FileFormat } from "./file-format.ts";
import { type FileSample, readSample } from "./file-sample.ts";
import { type FilesCursor, withNotes } from "./files-cursor.ts";
import type { HandedOverFile } from "./handed-over-files.ts";
import { readSidecar } from "./sidecar.ts";
import type { StepBatch } from "./step-batch.ts";

export interface FileToStore {
  readonly source: SourceOf<"files">;
  readonly context: PullContext;
  readonly batch: StepBatch<FilesCursor>;
  readonly cursor: FilesCursor;
  readonly file: HandedOverFile;
  readonly format: FileFormat;
  readonly because: string;
}

/**
 * Hands one file over to the store, part by part, from where an interrupted pull stopped.
 * @returns the cursor that counts on the whole file
 * @throws record-invalid when the file is not the one that the pull began with
 */
export async function storeFile(what: FileToStore): Promise<FilesCursor> {
  const { context, batch, file, format } = what;
  const sample = await readSample(file, context.signal);
  const said = await readSidecar(file);
  const within = what.cursor.within?.name === file.name ? what.cursor.within : null;
  const startedAt = context.now();
  const packed = await isPacked(file);
  // Of what is not packed, the content is the file.
  const raw = packed ? createHash("sha256") : null;
  const content = createHash("sha256");
  let cursor = what.cursor;
  let bytes = 0;
  let rows = 0;
  for await (const part of cutFile(
    streamContent(file, context.signal, (piece) => raw?.update(piece)),
    format,
    sample,
  )) {
    content.update(part.bytes);
    bytes += part.bytes.length;
    rows += part.rows;
    if (within && bytes <= within.bytes) {
      if (bytes === within.bytes && content.copy().digest("hex") !== within.digest) throw anotherFile(file);
      continue;
    }
    const encoding = encodingOf(part, sample);
    if (encoding !== sample.encoding) cursor = withNotes(cursor, [noteOnEncoding(file, part)]);
    const record = recordOf(what, part, encoding, said);
    const reached = { ...cursor, within: { name: file.name, bytes } };
    await batch.add({ records: [record] }, () => ({
      ...reached,
      within: { ...reached.within, digest: content.copy().digest("hex") },
    }));
    // A file in one part is done at once: that the files are counted says enough of it.
    if (bytes < file.size) context.report({ what: `bytes of ${file.name}`, done: bytes, total: file.size });
  }
  if (within && bytes < within.bytes) throw anotherFile(file);
  const digest = (raw ?? content).digest("hex");
  // What is packed has its length and its checksum at its end, and is not unpacked when they do not fit.
  const size = packed ? bytes : file.size;
  const done = afterFile(what, cursor, { bytes: size, stored: bytes, lines: isOfLines(format) ? rows : 0, digest });
  const request = {
    asked: `read ${file.name} as ${format.format}, because ${what.because}; SHA-256 ${digest}`,
    status: 0,
    at: startedAt,
    bytes,
    rows,
    attempts: 1,
  };
  await batch.add({ requests: [request] }, () => done);
  return done;
}

function recordOf(
  { source, context, file, format }: FileToStore,
  part: FilePart,
  encoding: FileSample["encoding"],
  said: Pick<Reading, "about" | "note">,
): RawRecord {
  const reading: Reading = {
    ...part.reading,
    ...(encoding === null || encoding === "utf-8" ? {} : { encoding }),
    timeZone: source.timeZone ?? context.period.timeZone,
    within: declaredSpan(source, context.period) ?? { from: context.period.start, to: context.period.end },
    ...said,
  };
  return {
    format: format.format,
    locator: part.place === "" ? file.name : `${file.name}#${part.place}`,
    bytes: part.bytes,
    receivedAt: context.now(),
    ...(encoding === null ? (said.note === undefined ? {} : { reading: said }) : { reading }),
  };
}

/** A part that is not in the encoding of the file's beginning is read as what it can be; the record says so. */
function encodingOf({ bytes }: FilePart, { encoding }: FileSample): FileSample["encoding"] {
  return encoding === "utf-8" && !isUtf8(bytes) ? "latin-1" : encoding;
}

function noteOnEncoding(file: HandedOverFile, { place }: FilePart): string {
  return `${file.name}${place === "" ? "" : ` ${place}`} is not UTF-8, as the file's beginning is, and is read as Latin-1.`;
}

function afterFile(
  { file, format, because }: FileToStore,
  cursor: FilesCursor,
  { digest, ...sizes }: { bytes: number; stored: number; lines: number; digest: string },
): FilesCursor {
  const before = cursor.taken[format.format] ?? { files: 0, bytes: 0, stored: 0, lines: 0 };
  const after = {
    files: before.files + 1,
    bytes: before.bytes + sizes.bytes,
    stored: before.stored + sizes.stored,
    lines: before.lines + sizes.lines,
  };
  const note = `${file.name} was taken for ${format.format}, because ${because}; as handed over it has the SHA-256 ${digest}.`;
  const taken = { ...cursor.taken, [format.format]: after };
  return withNotes({ ...cursor, after: file.name, within: null, taken }, [note]);
}

function isOfLines({ shape }: FileFormat): boolean {
  return shape.cut === "lines" || shape.cut === "csv";
}

function anotherFile(file: HandedOverFile): TickmarkError {
  return new TickmarkError(
    "record-invalid",
    `${file.name} is not the file that the interrupted pull began with.`,
    "Put that file back to finish the pull, or add the new one as a source of its own.",
  );
}
