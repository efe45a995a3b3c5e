import { readNamedPath } from "../../../shared/model/named-path.ts";
import type { RequestRecord } from "../../../shared/model/pull.ts";
import type { SourceOf } from "../../../shared/model/source.ts";
import { earlier, secondsOf, windowOf } from "../audit-window.ts";
import { openRepository } from "../git/open-repository.ts";
import { findReleaseBranch, listRefs } from "../git/refs.ts";
import { callOn, type Repository } from "../git/repository.ts";
import { commandText, readGitText, startGit } from "../git/run-git.ts";
import type { PullContext, PullOutcome, SourceContext, SourceDriver } from "../source-driver.ts";
import { GitopsCursor } from "./gitops-cursor.ts";
import { cutLog, type PrintedCommit } from "./logged-commits.ts";

type GitopsSource = SourceOf<"gitops">;

const stepCommits = 200;
const stepBytes = 4 * 1024 * 1024;

/** Changes of versions in the files of a GitOps repository, read with the system's git. */
export const gitopsDriver: SourceDriver<"gitops"> = {
  kind: "gitops",
  async test(source, context) {
    const repository = await openRepository(source, context, true);
    const { ref, tip, notes } = findReleaseBranch((await listRefs(repository)).refs, source.branch, source.location);
    const commits = await countCommits(repository, source, context, tip);
    const found = `${commits} commits on ${ref} change its files near the period.`;
    return { identity: "", access: "", canWrite: null, notes: [found, ...notes, ...repository.notes] };
  },
  async pull(source, context) {
    const begun = GitopsCursor.safeParse(context.cursor).data ?? null;
    const repository = await openRepository(source, context, begun === null);
    const start = begun ?? (await begin(source, context, repository));
    const cursor = start.finished ? start : await storeCommits(source, context, repository, start);
    return outcomeOf(source, context, repository, cursor);
  },
};

async function begin(source: GitopsSource, context: PullContext, repository: Repository): Promise<GitopsCursor> {
  const { refs } = await listRefs(repository);
  const { ref, tip, notes } = findReleaseBranch(refs, source.branch, source.location);
  const counted = await countCommits(repository, source, context, tip);
  const startedAt = context.now();
  return { version: 1, startedAt, ref, tip, counted, done: 0, finished: false, notes: [...notes] };
}

async function storeCommits(
  source: GitopsSource,
  context: PullContext,
  repository: Repository,
  start: GitopsCursor,
): Promise<GitopsCursor> {
  let cursor = start;
  let bytes = 0;
  const args = logCommand(source, context, start.tip, start.done);
  const at = context.now();
  const log = startGit(callOn(repository, args));
  const save = async (commits: readonly PrintedCommit[]): Promise<void> => {
    const receivedAt = context.now();
    const records = commits.map(({ id, bytes }) => ({
      format: "gitops.log" as const,
      locator: `git:${id}`,
      bytes,
      receivedAt,
    }));
    cursor = { ...cursor, done: cursor.done + commits.length };
    await context.save({ records, cursor });
    context.report({ what: "commits that change versions", done: cursor.done, total: cursor.counted });
  };
  try {
    let waiting: PrintedCommit[] = [];
    let size = 0;
    for await (const commit of cutLog(log.stdout as AsyncIterable<Buffer>, source.location)) {
      waiting.push(commit);
      size += commit.bytes.length;
      bytes += commit.bytes.length;
      if (waiting.length < stepCommits && size < stepBytes) continue;
      await save(waiting);
      [waiting, size] = [[], 0];
    }
    await log.ended;
    if (waiting.length > 0) await save(waiting);
  } finally {
    log.stop();
  }
  cursor = { ...cursor, finished: true };
  const rows = cursor.done - start.done;
  const request: RequestRecord = { asked: commandText(args), status: 0, at, bytes, rows, attempts: 1 };
  await context.save({ records: [], requests: [request], cursor });
  return cursor;
}

/** First parents only: what arrived on the branch, when it arrived. */
function logCommand(source: GitopsSource, context: SourceContext, tip: string, skip: number): string[] {
  // biome-ignore format: a command reads best on few lines
  return [
    "log", "--first-parent", "--diff-merges=first-parent", "-p", "--format=fuller", "--date=iso-strict",
    "--encoding=UTF-8", "--unified=100000", "--no-color", "--no-ext-diff", "--no-textconv", "--no-renames",
    "--no-decorate", "--no-notes", "--no-mailmap", "--no-abbrev-commit", "--src-prefix=a/", "--dst-prefix=b/",
    ...(skip > 0 ? [`--skip=${skip}`] : []),
    ...rangeOf(source, context, tip),
  ];
}

function rangeOf(source: GitopsSource, { period }: SourceContext, tip: string): string[] {
  const { from, to } = windowOf(period);
  const known = new Map([
    ...(source.service === undefined ? [] : [["service", source.service] as const]),
    ...(source.environment === undefined ? [] : [["environment", source.environment] as const]),
  ]);
  const glob = readNamedPath(source.files).glob(known);
  return [`--since-as-filter=${secondsOf(from)}`, `--until=${secondsOf(to)}`, tip, "--", `:(top,glob)${glob}`];
}

async function countCommits(
  repository: Repository,
  source: GitopsSource,
  context: SourceContext,
  tip: string,
): Promise<number> {
  const args = ["rev-list", "--count", "--first-parent", ...rangeOf(source, context, tip)];
  return Number(await readGitText(callOn(repository, args)));
}

function outcomeOf(
  source: GitopsSource,
  context: PullContext,
  repository: Repository,
  cursor: GitopsCursor,
): PullOutcome {
  const { start: from, end } = context.period;
  const to = earlier(end, cursor.startedAt);
  const scope = source.repository;
  return {
    endpoint: `${source.location}, branch ${cursor.ref} at ${cursor.tip}`,
    query: commandText(logCommand(source, context, cursor.tip, 0)),
    identity: "",
    access: "",
    counts: { "commits that change versions": cursor.done },
    tieOuts: [
      {
        what: "commits that change versions",
        how: "git rev-list --count of the same commits",
        expected: cursor.counted,
        received: cursor.done,
      },
    ],
    coverage: from < to ? [{ kind: "deployments", scope, from, to }] : [],
    notes: [
      "A version in a file says what was asked for; that the cluster followed, and when, is not in the repository.",
      "Times are those of the commits' committers.",
      ...repository.notes,
      ...cursor.notes,
    ],
  };
}
