import { TickmarkError } from "../../../shared/errors.ts";
import type { RawRecord } from "../../../shared/model/evidence.ts";
import type { SourceOf } from "../../../shared/model/source.ts";
import { digestFile } from "../files/file-digest.ts";
import { type HandedOverFile, listHandedOverFiles } from "../files/handed-over-files.ts";
import type { PullContext, SourceContext, SourceDriver } from "../source-driver.ts";
import { DeploymentCursor } from "./deployment-cursor.ts";
import { outcomeOfLog } from "./deployment-outcome.ts";
import { partsOfLog, surveyLog, zoneOf } from "./log-survey.ts";
import type { LogSurvey } from "./log-tally.ts";

type LogSource = SourceOf<"deployment-log">;

/** A deployment log that was handed over: a record a line (JSONL), CSV, or lines of a syslog, plain or gzip. */
export const deploymentLogDriver: SourceDriver<"deployment-log"> = {
  kind: "deployment-log",
  async test(source, context) {
    const survey = await surveyLog(await findLog(source, context), source, context);
    const notes = [
      `${survey.records} of ${survey.expected} records can be read, dated from ${survey.first} to ${survey.last}.`,
      `${survey.inProduction} of them are production deployments.`,
      ...survey.unread.slice(0, 3).map((line) => `Not read: ${line}.`),
    ];
    return { identity: "", access: "file handed over", canWrite: null, notes };
  },
  async pull(source, context) {
    const file = await findLog(source, context);
    const digest = await digestFile(file.path, context.signal);
    const earlier = DeploymentCursor.safeParse(context.cursor).data ?? null;
    if (earlier && earlier.digest !== digest) throw anotherFile(file);
    // Whatever is wrong with the file is found before any of it is stored.
    const survey = await surveyLog(file, source, context);
    if (!earlier?.finished) await storeParts(source, context, file, survey, { digest, from: earlier?.nextLine ?? 1 });
    return outcomeOfLog(source, context.period, file, digest, survey);
  },
};

async function storeParts(
  source: LogSource,
  context: PullContext,
  file: HandedOverFile,
  survey: LogSurvey,
  { digest, from }: { digest: string; from: number },
): Promise<void> {
  const startedAt = context.now();
  for await (const { bytes, firstLine, lines } of partsOfLog(file, source.format, context.signal)) {
    if (firstLine < from) continue;
    const last = firstLine + lines - 1;
    const record: RawRecord = {
      format: `deployments.${source.format}`,
      locator: `${file.name}#L${firstLine}-${last}`,
      bytes,
      receivedAt: context.now(),
      reading: {
        firstLine,
        ...(source.format === "csv" ? { columns: [...survey.columns] } : {}),
        ...zoneOf(source, context.period),
      },
    };
    await context.save({ records: [record], cursor: cursorOf(digest, last + 1, false) });
    context.report({ what: "lines of the deployment log", done: last, total: survey.lines });
  }
  const { bytes, expected } = survey;
  const asked = `read ${file.name}`;
  await context.save({
    records: [],
    requests: [{ asked, status: 0, at: startedAt, bytes, rows: expected, attempts: 1 }],
    cursor: cursorOf(digest, survey.lines + 1, true),
  });
}

function cursorOf(digest: string, nextLine: number, finished: boolean): DeploymentCursor {
  return { version: 1, digest, nextLine, finished };
}

async function findLog(source: LogSource, context: SourceContext): Promise<HandedOverFile> {
  const files = await listHandedOverFiles(source.path, context.baseFolder);
  const [file] = files;
  if (file && files.length === 1) return file;
  throw new TickmarkError(
    "file-format-unknown",
    `${source.path} holds ${files.length} files; a deployment log is one file.`,
    "Give the path of the file itself, or add a source for each file.",
  );
}

function anotherFile(file: HandedOverFile): TickmarkError {
  return new TickmarkError(
    "record-invalid",
    `${file.name} is not the file that the interrupted pull began with.`,
    "Put that file back to finish the pull, or add the new one as a source of its own.",
  );
}
