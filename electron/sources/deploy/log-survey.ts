import { TickmarkError } from "../../../shared/errors.ts";
import { mappedNames, readCsvColumns, readDeploymentLines } from "../../../shared/model/deployment-log.ts";
import type { Reading } from "../../../shared/model/evidence.ts";
import { readLinePattern } from "../../../shared/model/line-pattern.ts";
import type { Period } from "../../../shared/model/period.ts";
import type { SourceOf } from "../../../shared/model/source.ts";
import { decodeUtf8 } from "../../../shared/model/text.ts";
import { columnsMissing } from "../files/csv-columns.ts";
import type { HandedOverFile } from "../files/handed-over-files.ts";
import { type LinePart, openLineFile } from "../files/whole-lines.ts";
import type { SourceContext } from "../source-driver.ts";
import { createTally, type LogSurvey } from "./log-tally.ts";
import { partsOfRecords } from "./record-parts.ts";

type LogSource = SourceOf<"deployment-log">;

/** Parts of a log as they become evidence. */
export function partsOfLog(
  file: HandedOverFile,
  format: LogSource["format"],
  signal: AbortSignal,
): AsyncIterable<LinePart> {
  const parts = openLineFile(file, signal);
  return format === "csv" ? partsOfRecords(parts) : parts;
}

/**
 * Reads a log through.
 * @throws file-format-unknown, csv-column-missing, mapping-invalid, record-invalid when nothing in it can be read
 */
export async function surveyLog(
  file: HandedOverFile,
  source: LogSource,
  { signal, period }: Pick<SourceContext, "signal" | "period">,
): Promise<LogSurvey> {
  const tally = createTally(source);
  const pattern = source.line === undefined ? undefined : readLinePattern(source.line);
  let columns: string[] = [];
  for await (const { bytes, firstLine, lines } of partsOfLog(file, source.format, signal)) {
    const text = decodeUtf8(bytes);
    if (text === null) throw notUtf8(file, firstLine, firstLine + lines - 1);
    if (firstLine === 1 && source.format === "csv") columns = checkColumns(file, source, readCsvColumns(text) ?? []);
    const reading = { firstLine, columns, ...zoneOf(source, period) };
    const format = `deployments.${source.format}` as const;
    const read = readDeploymentLines({ bytes, format, reading }, source.mapping, pattern);
    const expected = source.format !== "jsonl" ? read.records.length + read.unread.length : countFilled(text);
    tally.add(read, { bytes: bytes.length, lines, expected });
  }
  const survey = tally.survey(columns);
  if (survey.records === 0) throw nothingRead(file, survey.unread);
  return survey;
}

/** What times of a syslog need besides their own text: the zone, and the span that tells the year. */
export function zoneOf({ format, timeZone }: LogSource, period: Period): Pick<Reading, "timeZone" | "within"> {
  if (format !== "syslog") return {};
  return { timeZone: timeZone ?? period.timeZone, within: { from: period.start, to: period.end } };
}

function countFilled(text: string): number {
  return text.split("\n").filter((line) => line.trim() !== "").length;
}

function checkColumns(file: HandedOverFile, { mapping }: LogSource, columns: string[]): string[] {
  const wanted = mappedNames.flatMap((name) => mapping[name] ?? []);
  const missing = wanted.filter((column) => !columns.includes(column));
  if (missing.length > 0) throw columnsMissing(file.name, missing, columns);
  const twice = wanted.find((column) => columns.indexOf(column) !== columns.lastIndexOf(column));
  if (twice === undefined) return columns;
  throw new TickmarkError(
    "mapping-invalid",
    `${file.name} has two columns named "${twice}", so which one is meant cannot be told.`,
    "Rename one of them, or map another column.",
  );
}

function notUtf8(file: HandedOverFile, from: number, to: number): TickmarkError {
  return new TickmarkError(
    "file-format-unknown",
    `${file.name} is not UTF-8 text between lines ${from} and ${to}.`,
    "Save it as UTF-8 and pull again.",
  );
}

function nothingRead(file: HandedOverFile, unread: readonly string[]): TickmarkError {
  return new TickmarkError(
    "record-invalid",
    `No record in ${file.name} could be read${unread[0] ? `; ${unread[0]}` : ": it is empty"}.`,
    "Check its format and the mapping of its fields.",
  );
}
