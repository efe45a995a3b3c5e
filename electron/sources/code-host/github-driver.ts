import type { SourceOf } from "../../../shared/model/source.ts";
import { windowOf } from "../audit-window.ts";
import { wholeRanges } from "../ci/run-ranges.ts";
import { pullBuilds } from "../ci/workflow-runs.ts";
import { type HttpLimits, pullLimits, testLimits } from "../http/http-limits.ts";
import { momentOf } from "../http/kept-answer.ts";
import { createPullSteps, type KeptAnswer } from "../pull-steps.ts";
import type { PullContext, SourceDriver } from "../source-driver.ts";
import { stagesOf } from "./github/github-parts.ts";
import { createGithubClient, type GithubClient } from "./github-client.ts";
import { GithubCursor } from "./github-cursor.ts";
import { askIdentity, checkBranch } from "./github-identity.ts";
import { outcomeOf } from "./github-outcome.ts";
import { type GithubPull, keep } from "./github-pull.ts";
import { countMerged, tieOutRequests } from "./request-tie-out.ts";
import { newWalk, pullRequests } from "./request-walk.ts";
import { noStages } from "./walk/host-cursor.ts";
import { runStages } from "./walk/run-stages.ts";

/** Pull requests, reviews, commits and workflow runs of one repository of GitHub or GitHub Enterprise, over REST. */
export function createGithubDriver(limits: HttpLimits = pullLimits): SourceDriver<"github"> {
  return {
    kind: "github",
    async test(source, context) {
      const client = createGithubClient(source, context, limits === pullLimits ? testLimits : limits);
      const { identity, access, canWrite, notes } = await askIdentity(client);
      await checkBranch(client, source.project, source.releaseBranch);
      return { identity, access, canWrite, notes };
    },
    async pull(source, context) {
      const client = createGithubClient(source, context, limits, {
        earlier: (asked) => context.earlier(asked),
        onWait: (until) => context.report({ what: `waiting for GitHub's quota until ${until}`, done: 0, total: null }),
      });
      const begun = GithubCursor.safeParse(context.cursor);
      const started = begun.success ? await resume(begun.data, client, context) : await start(source, client, context);
      const steps = createPullSteps(context, started.cursor);
      await steps.save(started.answers, started.cursor);
      const pull: GithubPull = { source, context, client, steps, window: windowOf(context.period) };
      while (steps.cursor.phase === "requests" || steps.cursor.phase === "tie-out") {
        if (steps.cursor.phase === "requests") await pullRequests(pull);
        else await tieOutRequests(pull);
      }
      await pullBuilds(pull);
      await pullParts(pull);
      if (steps.cursor.counts.requests === 0) await checkBranch(client, source.project, source.releaseBranch);
      return outcomeOf(pull);
    },
  };
}

export const githubDriver = createGithubDriver();

interface Started {
  readonly cursor: GithubCursor;
  readonly answers: readonly KeptAnswer[];
}

async function start(source: SourceOf<"github">, client: GithubClient, context: PullContext): Promise<Started> {
  const who = await askIdentity(client);
  const window = windowOf(context.period);
  const [first] = who.answers;
  const startedAt = first === undefined ? context.now() : momentOf(first, context.now());
  const expected = await countMerged({ client, context, source }, window.from, window.to);
  return {
    answers: [...who.answers.map((answer) => keep({ context }, answer, "github.other")), ...expected.answers],
    cursor: {
      version: 1,
      phase: "requests",
      startedAt,
      identity: who.identity,
      access: who.access,
      walk: newWalk("all", window.from),
      fetched: "",
      inPeriod: 0,
      others: "",
      expectedInPeriod: null,
      expectedInWindow: expected.total,
      walkedAgain: false,
      runs: {
        ranges: wholeRanges(window),
        page: 1,
        listed: [],
        pending: [],
        again: false,
        late: 0,
        expected: 0,
        received: 0,
        total: null,
        available: true,
      },
      counts: { requests: 0, reviews: 0, commits: 0, runs: 0, jobs: 0 },
      drift: { repeated: 0, late: 0 },
      notes: who.notes,
      parts: noStages,
    },
  };
}

/** What is asked once for the repository, after everything else. */
async function pullParts({ source, context, client, steps, window }: GithubPull): Promise<void> {
  if (steps.cursor.phase !== "parts") return;
  await runStages({
    client,
    context,
    stages: stagesOf(source, client.repository, window),
    steps: {
      get cursor() {
        return steps.cursor.parts;
      },
      save: (answers, parts) => steps.save(answers, { ...steps.cursor, parts }),
    },
  });
  await steps.save([], { ...steps.cursor, phase: "done" });
}

/** Goes on where the pull stopped. Only who asks is asked again: the token may be another one by now. */
async function resume(cursor: GithubCursor, client: GithubClient, context: PullContext): Promise<Started> {
  const who = await askIdentity(client);
  const answers = who.answers.map((answer) => keep({ context }, answer, "github.other"));
  if (who.identity === cursor.identity) return { cursor, answers };
  const note = `The pull was begun as ${cursor.identity} and went on as ${who.identity}.`;
  return { cursor: { ...cursor, identity: who.identity, notes: [...cursor.notes, note] }, answers };
}
