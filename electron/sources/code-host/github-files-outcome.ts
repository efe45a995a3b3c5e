import type { Coverage, EvidenceKind } from "../../../shared/model/coverage.ts";
import type { SourceOf } from "../../../shared/model/source.ts";
import { notTakenNotes } from "../files/taken-file.ts";
import { readNumberSet } from "../number-set.ts";
import type { PullContext, PullOutcome } from "../source-driver.ts";
import type { GithubFilesCursor } from "./github-files-cursor.ts";

export function outcomeOfFiles(
  source: SourceOf<"github-files">,
  context: PullContext,
  cursor: GithubFilesCursor,
): PullOutcome {
  const counts = new Map<string, number>();
  for (const [format, rows] of Object.entries(cursor.rows)) {
    const name = rowNames.get(format);
    if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + rows);
  }
  return {
    endpoint: `Recorded answers of GitHub's REST API for ${source.project}, handed over in ${source.path}`,
    query: "Every JSON file of the folder and its folders",
    identity: "",
    access: "files handed over",
    counts: Object.fromEntries(counts),
    tieOuts: tieOutsOf(cursor),
    coverage: coverageOf(source, context, cursor),
    notes: notesOf(cursor),
  };
}

const rowNames = new Map([
  ["github.pulls", "pull requests, listed"],
  ["github.pull", "pull requests, by themselves"],
  ["github.reviews", "reviews"],
  ["github.pull-commits", "commits of pull requests"],
  ["github.runs", "workflow runs"],
  ["github.jobs", "jobs"],
  ["github.timeline", "timeline events"],
  ["github.issue-comments", "comments"],
  ["github.review-comments", "comments on code"],
  ["github.check-runs", "check runs"],
  ["github.alerts", "code-scanning alerts"],
  ["github.analyses", "code-scanning analyses"],
  ["github.deployments", "deployments"],
  ["github.deployment-statuses", "deployment statuses"],
]);

/** Kinds of evidence that further answers stand for, each when all of its formats are there. */
const further: readonly (readonly [EvidenceKind, readonly string[]])[] = [
  ["events", ["github.timeline"]],
  ["comments", ["github.issue-comments", "github.review-comments"]],
  // Alerts alone do not tell that anything was looked at, nor analyses alone what was found.
  ["analysis", ["github.alerts", "github.analyses"]],
  ["deployments", ["github.deployments", "github.deployment-statuses"]],
];

function tieOutsOf(cursor: GithubFilesCursor): PullOutcome["tieOuts"] {
  const [total, ...others] = cursor.runTotals;
  if (total === undefined || others.length > 0) return [];
  const how = "total_count of the recorded lists of runs";
  return [{ what: "workflow runs", how, expected: total, received: cursor.rows["github.runs"] ?? 0 }];
}

/** Files are taken at the word of who handed them over: what is there is covered for the period, what is not is not. */
function coverageOf(
  source: SourceOf<"github-files">,
  { period }: PullContext,
  { files }: GithubFilesCursor,
): Omit<Coverage, "sourceId">[] {
  const kinds: EvidenceKind[] = [];
  if ("github.pulls" in files || "github.pull" in files) kinds.push("requests");
  if ("github.reviews" in files) kinds.push("reviews");
  if ("github.runs" in files) kinds.push("builds");
  for (const [kind, formats] of further) if (formats.every((format) => format in files)) kinds.push(kind);
  return kinds.map((kind) => ({ kind, scope: source.repository, from: period.start, to: period.end }));
}

function notesOf(cursor: GithubFilesCursor): string[] {
  const taken = Object.entries(cursor.files).map(([format, files]) => `${files} as ${format}`);
  const merged = readNumberSet(cursor.merged);
  const reviewed = readNumberSet(cursor.reviewed);
  const unreviewed = merged.values().filter((number) => !reviewed.has(number)).length;
  const notes = [
    `Files taken by their content: ${taken.join(", ")}.`,
    "That the files are complete rests on the word of who handed them over; no total of the host was asked.",
  ];
  if (unreviewed > 0 && "github.reviews" in cursor.files) {
    notes.push(`${unreviewed} of ${merged.size} pull requests merged in the period have no recorded page of reviews.`);
  }
  return [...notes, ...notTakenNotes(cursor.notTaken)];
}
