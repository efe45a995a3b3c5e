import type { z } from "zod";
import { faultOf } from "../../../shared/errors.ts";
import { namesNextPage, perPage } from "../code-host/github-client.ts";
import type { RunRange, RunWalk } from "../code-host/github-cursor.ts";
import { type GithubPull, keep } from "../code-host/github-pull.ts";
import { Runs } from "../code-host/github-shapes.ts";
import { addDeclared } from "../code-host/walk/asking.ts";
import { numberedPages } from "../code-host/walk/pages.ts";
import { readWholeList, type WholeList } from "../code-host/walk/whole-list.ts";
import type { JsonAnswer } from "../http/attempt.ts";
import { parseAnswer, type Query } from "../http/json-client.ts";
import { wantedBranches } from "../wanted-branches.ts";
import { halve, mostListed, spellRange } from "./run-ranges.ts";

type Run = z.infer<typeof Runs>["workflow_runs"][number];

/** Fetches every run of GitHub Actions on the release branch, or in a merge queue, in the window, and the jobs of all its attempts. */
export async function pullBuilds(pull: GithubPull): Promise<void> {
  while (pull.steps.cursor.phase === "builds") {
    const { cursor } = pull.steps;
    const { runs } = cursor;
    const done = cursor.counts.runs;
    pull.context.report({
      what: "workflow runs with jobs",
      done,
      total: runs.total === null ? null : Math.max(runs.total, done),
    });
    const [next] = runs.pending;
    const [range] = runs.ranges;
    if (next !== undefined) await pullJobs(pull, next);
    else if (runs.available && range !== undefined) await pullRunPage(pull, runs, range);
    else await pull.steps.save([], { ...cursor, phase: "parts" });
  }
}

async function pullRunPage(pull: GithubPull, runs: RunWalk, range: RunRange): Promise<void> {
  const { steps } = pull;
  const answer = await askRuns(pull, range, runs.page);
  if (typeof answer === "string") {
    const { cursor } = steps;
    return steps.save([], { ...cursor, runs: { ...runs, available: false }, notes: [...cursor.notes, answer] });
  }
  const list = parseAnswer(Runs, answer);
  const halves = runs.page === 1 && list.total_count > mostListed ? halve(range) : null;
  const total = runs.total ?? list.total_count;
  if (halves !== null) {
    return steps.save([keep(pull, answer, "github.other")], {
      ...steps.cursor,
      runs: { ...runs, total, ranges: [...halves, ...runs.ranges.slice(1)] },
    });
  }
  const next = afterPage({ ...runs, total }, list, namesNextPage(answer), wantedOf(pull, range));
  return steps.save([keep(pull, answer, "github.runs", list.workflow_runs.length)], { ...steps.cursor, runs: next });
}

/** One page of runs, or a sentence on why there are none to be had. */
async function askRuns({ client, source }: GithubPull, range: RunRange, page: number): Promise<JsonAnswer | string> {
  const { only } = wantedBranches(source.releaseBranch);
  const ofBranch: Query = only === null ? {} : { branch: only };
  const filter = range.of === "merge-queue" ? { event: "merge_group" } : ofBranch;
  const query: Query = { ...filter, created: spellRange(range), per_page: perPage, page };
  try {
    return await client.getOfRepository("actions/runs", query);
  } catch (thrown) {
    const fault = faultOf(thrown);
    if (fault.code !== "http-not-found" && fault.code !== "http-forbidden") throw thrown;
    return `No workflow runs were pulled, so nothing is known about builds: ${fault.message}`;
  }
}

/** Where release branches are given by patterns, the runs of all branches are listed, and those that fit have their jobs asked for. */
function wantedOf({ source }: GithubPull, range: RunRange): (run: Run) => boolean {
  const branches = wantedBranches(source.releaseBranch);
  if (range.of === "merge-queue" || branches.only !== null) return () => true;
  return ({ head_branch: branch }) => branches.fits(branch ?? "");
}

function afterPage(
  runs: RunWalk,
  list: z.infer<typeof Runs>,
  named: boolean,
  isWanted: (run: Run) => boolean,
): RunWalk {
  const before = new Set(runs.listed);
  const fresh = new Map(list.workflow_runs.filter(({ id }) => !before.has(id)).map((run) => [run.id, run]));
  const pending = [...fresh.values()].filter(isWanted).map(({ id }) => id);
  const listed = [...runs.listed, ...fresh.keys()];
  // The server's total says more than a missing Link, but an empty page is the end whatever the total says.
  const unlisted = listed.length < list.total_count && list.workflow_runs.length >= perPage;
  const late = runs.late + (runs.again ? fresh.size : 0);
  if (named || unlisted) return { ...runs, page: runs.page + 1, listed, pending, late };
  // A page may have come empty, or twice in place of another.
  const differs = listed.length !== list.total_count;
  if (differs && !runs.again) return { ...runs, page: 1, listed, pending, again: true };
  return {
    ...runs,
    ranges: runs.ranges.slice(1),
    page: 1,
    listed: [],
    pending,
    again: false,
    late,
    expected: runs.expected + list.total_count,
    received: runs.received + listed.length,
  };
}

async function pullJobs(pull: GithubPull, run: number): Promise<void> {
  const { client, context, steps } = pull;
  const list = numberedPages(`${client.repository}/actions/runs/${run}/jobs`, "github.jobs", { filter: "all" }, "jobs");
  let jobs: WholeList | null = null;
  try {
    jobs = await readWholeList(client, context, list);
  } catch (thrown) {
    if (faultOf(thrown).code !== "http-not-found") throw thrown;
  }
  const { cursor } = steps;
  const { declared } = cursor.parts;
  const rows = jobs?.rows.length ?? 0;
  // A run without its jobs lacks one at least, and what they said is not known.
  const note = jobs === null ? `The jobs of run ${run} are gone from the host, though it lists the run.` : jobs.note;
  await steps.save(jobs?.answers ?? [], {
    ...cursor,
    runs: { ...cursor.runs, pending: cursor.runs.pending.filter((id) => id !== run) },
    counts: { ...cursor.counts, runs: cursor.counts.runs + 1, jobs: cursor.counts.jobs + rows },
    parts: {
      ...cursor.parts,
      declared: { ...declared, jobs: addDeclared(declared.jobs, jobs === null ? 1 : (jobs.total ?? rows), rows) },
    },
    notes: note === null ? cursor.notes : [...cursor.notes, note],
  });
}
