import { type Instant, millisecondsOf } from "../../../shared/model/instant.ts";
import type { Period } from "../../../shared/model/period.ts";
import type { SourceOf } from "../../../shared/model/source.ts";
import { dayMs } from "../audit-window.ts";
import type { HandedOverFile } from "../files/handed-over-files.ts";
import type { PullOutcome } from "../source-driver.ts";
import type { LogSurvey } from "./log-tally.ts";

type LogSource = SourceOf<"deployment-log">;

const hows = {
  csv: "records of the CSV file",
  jsonl: "lines of the file that are not empty",
  syslog: "lines of the file that fit the pattern",
} as const;

export function outcomeOfLog(
  source: LogSource,
  period: Period,
  file: HandedOverFile,
  digest: string,
  survey: LogSurvey,
): PullOutcome {
  const how = hows[source.format];
  const unread = survey.unreadCount > 0 ? { "records not read": survey.unreadCount } : {};
  const ofService = source.service === undefined ? {} : { [`records of ${source.service}`]: survey.ofService };
  return {
    endpoint: file.name,
    query: `the whole file; ${mappingText(source)}`,
    identity: "",
    access: "",
    counts: { records: survey.records, ...unread, ...ofService, "production deployments": survey.inProduction },
    tieOuts: [{ what: "deployment records", how, expected: survey.expected, received: survey.records }],
    coverage: [{ kind: "deployments", scope: source.repository, from: period.start, to: period.end }],
    notes: [
      `${file.name} as handed over has the SHA-256 ${digest}.`,
      "That the log is complete for the period is the word of whoever handed it over.",
      ...spanNotes(survey, period),
      ...contentNotes(source, survey),
      ...unreadNotes(survey),
    ],
  };
}

function mappingText({ mapping, line }: LogSource): string {
  if (line !== undefined) return `lines that read "${line}"`;
  const fields = Object.entries(mapping).map(([name, field]) => `${name} from "${field}"`);
  return `read ${fields.join(", ")}`;
}

function spanNotes({ first, last }: LogSurvey, period: Period): string[] {
  if (first === "") return [];
  const notes = [`Its records are dated from ${first} to ${last}.`];
  if (first > period.start)
    notes.push(`Its first record is ${daysBetween(period.start, first)} days after the period's start.`);
  if (last < period.end)
    notes.push(`Its last record is ${daysBetween(last, period.end)} days before the period's end.`);
  return notes;
}

function daysBetween(from: Instant, to: Instant): string {
  return ((millisecondsOf(to) - millisecondsOf(from)) / dayMs).toFixed(1);
}

function contentNotes(source: LogSource, survey: LogSurvey): string[] {
  const notes = survey.neverThere.map(
    (name) => `No record has a value in "${source.mapping[name]}", which is mapped as ${name}.`,
  );
  if (survey.unknownEnds.size > 0) {
    const words = [...survey.unknownEnds].map((word) => `"${word.slice(0, 40)}"`).join(", ");
    notes.push(
      `Whether a deployment went well is not known from ${words.slice(0, 300)}: what came with it counts as released, and it speaks for nothing.`,
    );
  }
  if (survey.inProduction === 0) {
    const found = [...survey.environments].join(", ").slice(0, 300) || "none";
    notes.push(
      `No record is of a production environment (${source.production.join(", ")}); environments found: ${found}.`,
    );
  }
  return notes;
}

function unreadNotes({ unread, unreadCount }: LogSurvey): string[] {
  const notes = unread.map((line) => `Not read: ${line}.`);
  return unreadCount > unread.length ? [...notes, `Not read: ${unreadCount - unread.length} more records.`] : notes;
}
