import { TickmarkError } from "../../../shared/errors.ts";
import { resolvePeriod } from "../../../shared/model/period.ts";
import type { SourceOf } from "../../../shared/model/source.ts";
import type { FileLook } from "../../../shared/model/source-kind.ts";
import type { PullContext, SourceContext, SourceDriver } from "../source-driver.ts";
import { declaredSpan } from "./declared-span.ts";
import { readSample } from "./file-sample.ts";
import { atTheBeginning, FilesCursor, withNotes, withNotTaken } from "./files-cursor.ts";
import { outcomeOfHandedOverFiles } from "./files-outcome.ts";
import { type HandedOverFile, listHandedOverFiles } from "./handed-over-files.ts";
import { lookAtFiles } from "./look-at-files.ts";
import { recogniseFile, type Taken } from "./recognition.ts";
import { createStepBatch } from "./step-batch.ts";
import { storeFile } from "./store-file.ts";
import { unpackArchives } from "./unpack-archive.ts";

type FilesSource = SourceOf<"files">;

/** Files that somebody handed over, plain or gzip. What each is, its content tells or the auditor. */
export const filesDriver: SourceDriver<"files"> = {
  kind: "files",
  async test(source, context) {
    const { looks, total } = await lookAtFiles(source.path, context.baseFolder, context.signal, source.format);
    const notes = looks.map(describeLook);
    if (total > looks.length) notes.push(`${total - looks.length} more files are looked at when they are pulled.`);
    return { identity: "", access: "files handed over", canWrite: null, notes };
  },
  async pull(source, context) {
    checkTimes(source, context);
    const { files, notes } = await unpackArchives(await listHandedOverFiles(source.path, context.baseFolder), context);
    let cursor = FilesCursor.safeParse(context.cursor).data ?? withNotes(atTheBeginning, notes);
    const last = files.findIndex(({ name }) => name === cursor.after);
    const batch = createStepBatch<FilesCursor>(context);
    for (const [index, file] of files.entries()) {
      if (index <= last) continue;
      context.report({ what: "files", done: index, total: files.length });
      const taken = await take(file, source, context);
      if ("reason" in taken) {
        cursor = withNotTaken(cursor, file.name, taken.reason);
        await batch.add({}, constant(cursor));
      } else cursor = await storeFile({ source, context, batch, cursor, file, ...taken });
    }
    await batch.flush();
    if (Object.keys(cursor.taken).length === 0) throw nothingTaken(source, cursor);
    return outcomeOfHandedOverFiles(source, context.period, cursor);
  },
};

/** @throws period-invalid, time-zone-unknown */
function checkTimes(source: FilesSource, { period }: SourceContext): void {
  declaredSpan(source, period);
  if (source.timeZone !== undefined) resolvePeriod(period.from, period.to, source.timeZone);
}

function constant(cursor: FilesCursor): () => FilesCursor {
  return () => cursor;
}

async function take(file: HandedOverFile, source: FilesSource, context: SourceContext | PullContext): Promise<Taken> {
  return recogniseFile(await readSample(file, context.signal), source.format);
}

function describeLook({ name, format, title, because }: FileLook): string {
  return format === null
    ? `${name} would not be taken: ${because}.`
    : `${name} is taken for ${format} (${title}), because ${because}.`;
}

function nothingTaken(source: FilesSource, { notTaken }: FilesCursor): TickmarkError {
  const [first = "it holds no file."] = notTaken.named;
  return new TickmarkError(
    "file-format-unknown",
    `Nothing was taken from ${source.path}: ${first.replace(/\.$/, "")}.`,
    "Add the source anew with the `format` that its files have; `tickmark source kinds` lists them.",
  );
}
