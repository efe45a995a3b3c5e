import type { Coverage } from "../../../shared/model/coverage.ts";
import type { SourceOf } from "../../../shared/model/source.ts";
import { notTakenNotes } from "../files/taken-file.ts";
import { readNumberSet } from "../number-set.ts";
import type { PullContext, PullOutcome } from "../source-driver.ts";
import type { JiraFilesCursor } from "./jira-files-cursor.ts";

export function outcomeOfFiles(
  source: SourceOf<"jira-files">,
  context: PullContext,
  cursor: JiraFilesCursor,
): PullOutcome {
  const found = source.projects.map((project) => ({
    project,
    tickets: readNumberSet(cursor.received[project] ?? "").size,
  }));
  return {
    endpoint: `Exported tickets of ${source.projects.join(", ")}, handed over in ${source.path}`,
    query: "Every ticket in the files",
    identity: "",
    access: "files handed over",
    counts: Object.fromEntries(found.map(({ project, tickets }) => [`tickets of ${project}`, tickets])),
    tieOuts: [],
    coverage: coverageOf(context, found),
    notes: [...cursor.notes, ...notesOf(cursor, found), ...notTakenNotes(cursor.notTaken)],
  };
}

/** Files are taken at the word of who handed them over. A project without a single ticket was not exported at all. */
function coverageOf({ period }: PullContext, found: readonly Found[]): Omit<Coverage, "sourceId">[] {
  return found
    .filter(({ tickets }) => tickets > 0)
    .map(({ project }) => ({ kind: "tickets", scope: project, from: period.start, to: period.end }));
}

interface Found {
  readonly project: string;
  readonly tickets: number;
}

function notesOf(cursor: JiraFilesCursor, found: readonly Found[]): string[] {
  const notes = [
    "That the files are complete rests on the word of who handed them over; no total of the site was asked.",
  ];
  for (const { project, tickets } of found) {
    if (tickets === 0) notes.push(`The files hold no ticket of ${project}, so nothing is known about its tickets.`);
  }
  if (cursor.foreign > 0) notes.push(`${cursor.foreign} tickets are of projects that this source does not name.`);
  if (cursor.unread > 0) notes.push(`${cursor.unread} lines or elements are no tickets.`);
  return notes;
}
