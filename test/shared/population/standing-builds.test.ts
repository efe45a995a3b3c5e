import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evaluateItem } from "../../../shared/evaluation/evaluation.ts";
import type { Build, BuildConclusion, BuildJob } from "../../../shared/model/build-facts.ts";
import type { BuildWithJobs } from "../../../shared/population/build-index.ts";
import { standingBuilds, type Until } from "../../../shared/population/standing-builds.ts";
import { hour, Released } from "../evaluation/answer-key/released-story.ts";
import { compiledCatalog } from "../evaluation/catalog-under-test.ts";

const commit = "c".repeat(40);
const repository = "ledger";
const origin = { evidence: "e".repeat(64), place: "", source: "github" };
const release = hour(40);

type Ran = readonly [name: string, conclusion: BuildConclusion, from: number, to: number | null];

/** A check of an app, as GitHub gives it: numbered as it comes. */
function check(id: number, app: string, [name, conclusion, from, to]: Ran): BuildWithJobs {
  const times = { startedAt: hour(from), finishedAt: to === null ? null : hour(to) };
  const common = { origin, repository, attempt: 1, completed: to !== null, conclusion, ...times } as const;
  const of = { workflow: name, event: "check", branch: "", commit, actor: app, url: "" };
  const own: BuildJob = { kind: "build-job", ...common, build: `check ${id}`, id: `check ${id}`, name };
  return { build: { kind: "build", ...common, ...of, id: `check ${id}` }, jobs: [own], ranAgain: "by-attempt" };
}

function status(id: number, actor: string, [name, conclusion, from, to]: Ran): BuildWithJobs {
  const { build } = check(id, actor, [name, conclusion, from, to]);
  return { build: { ...build, id: `status ${id}`, event: "status" }, jobs: [], ranAgain: "by-attempt" };
}

/** A run of a workflow by its attempts, of each its jobs; jobs are numbered from a hundred. */
function run(attempts: readonly (readonly Ran[])[], event = "push", workflow = "ci"): BuildWithJobs {
  let number = 100;
  const jobs = attempts.flatMap((round, index) =>
    round.map(([name, conclusion, from, to]): BuildJob => {
      const times = { startedAt: hour(from), finishedAt: to === null ? null : hour(to) };
      const of = { build: "7", id: String(++number), attempt: index + 1, name };
      return { kind: "build-job", origin, repository, ...of, completed: to !== null, conclusion, ...times };
    }),
  );
  const last = attempts.at(-1) ?? [];
  const conclusion = last.every(([, each]) => each === "success") ? "success" : "failure";
  const build: Build = {
    ...{ kind: "build", origin, repository, id: "7", workflow, event, branch: "main", commit, actor: "", url: "" },
    ...{ attempt: attempts.length, completed: true, conclusion },
    ...{ startedAt: hour(Math.min(...last.map(([, , from]) => from))), finishedAt: hour(49) },
  };
  return { build, jobs, ranAgain: "by-attempt" };
}

function ofGitlab(jobs: readonly Ran[]): BuildWithJobs {
  const one = run([jobs]);
  return { ...one, ranAgain: "by-time" };
}

/** What is left of some builds, as the names and ends of their jobs; of what has no jobs, its own. */
function left(builds: readonly BuildWithJobs[], until: Until = release): string[] {
  return standingBuilds(builds, until).flatMap(({ build, jobs }) =>
    jobs.length === 0
      ? [`${build.workflow} ${build.conclusion}`]
      : jobs.map(({ name, conclusion }) => `${name} ${conclusion}`),
  );
}

const failed = ["test", "failure", 11, 12] as const;
const good = ["test", "success", 13, 14] as const;
const both = ["test failure", "test success"];

describe("a check", () => {
  it.each<[string, string[], BuildWithJobs[], Until?]>([
    [
      "that ran again and passed before the release is outdated",
      ["test success"],
      [check(1, "circleci", failed), check(2, "circleci", good)],
    ],
    [
      "that ran again and passed is outdated where nothing was released",
      ["test success"],
      [check(1, "circleci", failed), check(2, "circleci", good)],
      "open",
    ],
    [
      "stands where nobody knows whether it was released",
      both,
      [check(1, "circleci", failed), check(2, "circleci", good)],
      "unknown",
    ],
    ["of another app puts nothing right", both, [check(1, "circleci", failed), check(2, "buildkite", good)]],
    ["of an app that is not named puts nothing right", both, [check(1, "", failed), check(2, "", good)]],
    [
      "of another name puts nothing right",
      ["test failure", "tests success"],
      [check(1, "circleci", failed), check(2, "circleci", ["tests", "success", 13, 14])],
    ],
    [
      "that began after the release puts nothing right",
      both,
      [check(1, "circleci", failed), check(2, "circleci", ["test", "success", 41, 42])],
    ],
    [
      "that ended after the release puts nothing right",
      both,
      [check(1, "circleci", failed), check(2, "circleci", ["test", "success", 39, 41])],
    ],
    [
      "that began before the failed one had ended puts nothing right",
      both,
      [check(1, "circleci", ["test", "failure", 11, 13]), check(2, "circleci", ["test", "success", 12, 14])],
    ],
    [
      "whose number and times differ about the order puts nothing right",
      ["test success", "test failure"],
      [check(1, "circleci", good), check(2, "circleci", failed)],
    ],
    [
      "that never ended is not put right",
      ["test unknown", "test success"],
      [check(1, "circleci", ["test", "unknown", 11, null]), check(2, "circleci", good)],
    ],
    [
      "that was cancelled later puts nothing right, and stands beside",
      ["test failure", "test cancelled"],
      [check(1, "circleci", failed), check(2, "circleci", ["test", "cancelled", 13, 14])],
    ],
    [
      "that failed later outweighs one that had passed",
      ["test failure"],
      [check(1, "circleci", ["test", "success", 9, 10]), check(2, "circleci", failed)],
    ],
    [
      "that was still going at the release leaves what was before it",
      ["test failure", "test success", "test success"],
      [check(1, "circleci", failed), check(2, "circleci", good), check(3, "circleci", ["test", "success", 39, 41])],
    ],
    [
      "of Actions stands where its run is not known",
      both,
      [check(1, "github-actions", failed), check(2, "github-actions", good)],
    ],
    [
      "of Actions is the job of its run, and goes with it",
      ["test success", "test success"],
      [run([[failed], [good]]), check(101, "github-actions", failed), check(102, "github-actions", good)],
    ],
    [
      "of Actions is not put right by a job of another run",
      ["test success", "test failure", "test success"],
      [run([[good]], "push"), check(1, "github-actions", failed), check(101, "github-actions", good)],
    ],
    [
      "of Actions with a job's number and another name is another system's",
      ["test success", "lint failure"],
      [run([[failed], [good]]), check(101, "github-actions", ["lint", "failure", 11, 12])],
    ],
    [
      "of a run for `pull_request_target` proves no pass",
      ["ci failure", "test unknown"],
      [
        { ...run([[good]], "pull_request_target"), build: run([[failed]], "pull_request_target").build },
        check(101, "github-actions", good),
      ],
    ],
  ])("%s", (_words, expected, builds, until = release) => expect(left(builds, until)).toEqual(expected));
});

describe("a job", () => {
  const lint = ["lint", "success", 11, 12] as const;
  const rerun = [lint, failed] as const;
  it.each<[string, string[], BuildWithJobs, Until?]>([
    [
      "that ran again and passed before the release is outdated, and the others stand",
      ["lint success", "test success"],
      run([rerun, [good]]),
    ],
    [
      "that failed and was not among those that ran again stands",
      ["e2e test failure", "test success"],
      run([[failed, ["e2e test", "failure", 11, 12]], [good]]),
    ],
    ["that ran again after the release is not put right", both, run([[failed], [["test", "success", 41, 42]]])],
    [
      "that shares its name with another is not put right by one of them",
      ["test failure", "test failure", "test success"],
      run([[failed, failed], [good]]),
    ],
    ["that failed again counts by its last run", ["test failure"], run([[failed], [["test", "failure", 13, 14]]])],
    [
      "whose last run was skipped stands beside it",
      ["test failure", "test skipped"],
      run([[failed], [["test", "skipped", 13, 14]]]),
    ],
    [
      "that passed and failed when it ran again has failed",
      ["test failure"],
      run([[["test", "success", 9, 10]], [failed]]),
    ],
    [
      "that ran again in the last of three attempts counts by that",
      ["test success"],
      run([[failed], [["test", "cancelled", 12, 13]], [["test", "success", 14, 15]]]),
    ],
    ["of GitLab that was retried and passed is outdated", ["test success"], ofGitlab([failed, good])],
    [
      "of GitLab that was retried after the release is not put right",
      both,
      ofGitlab([failed, ["test", "success", 41, 42]]),
    ],
    [
      "of GitLab whose beginning is not told is not put right",
      ["test failure", "test success", "test skipped"],
      {
        ...ofGitlab([failed, good]),
        jobs: [
          ...ofGitlab([failed, good]).jobs,
          { ...firstJob(ofGitlab([["test", "skipped", 9, 9]])), id: "103", startedAt: null },
        ],
      },
    ],
    ["of a system that does not tell what ran again stands", both, { ...run([[failed], [good]]), ranAgain: "untold" }],
  ])("%s", (_words, expected, build, until = release) => expect(left([build], until)).toEqual(expected));

  function firstJob({ jobs }: BuildWithJobs): BuildJob {
    const [first] = jobs;
    if (first === undefined) throw new Error("It has no job.");
    return first;
  }
});

describe("a run", () => {
  const told = (builds: readonly BuildWithJobs[]) =>
    standingBuilds(builds, release).map(({ build }) => [build.conclusion, build.startedAt, build.finishedAt]);

  it("that was put right only after the release had failed at the release", () => {
    expect(told([run([[failed], [["test", "success", 41, 42]]])])).toEqual([["failure", hour(11), hour(12)]]);
  });

  it("that passed and was run again after the release had begun before it", () => {
    const again = run([[["test", "success", 11, 12]], [["deploy", "success", 41, 42]]]);
    expect(told([again])).toEqual([["success", hour(11), hour(49)]]);
  });
});

describe("a status", () => {
  it.each<[string, string[], BuildWithJobs[]]>([
    [
      "of the same account and name is outdated by the newest",
      ["ci unknown", "ci unknown", "ci success"],
      [
        status(1, "ci-bot", ["ci", "unknown", 10, null]),
        status(2, "ci-bot", ["ci", "failure", 11, 11]),
        status(3, "ci-bot", ["ci", "unknown", 12, null]),
        status(4, "ci-bot", ["ci", "success", 13, 13]),
      ],
    ],
    [
      "of another account puts nothing right",
      ["ci failure", "ci success"],
      [status(2, "ci-bot", ["ci", "failure", 11, 11]), status(4, "ada-login", ["ci", "success", 13, 13])],
    ],
    [
      "of nobody who is named puts nothing right",
      ["ci failure", "ci success"],
      [status(2, "", ["ci", "failure", 11, 11]), status(4, "", ["ci", "success", 13, 13])],
    ],
    [
      "that says that it began again takes back what was said before",
      ["ci failure", "ci success", "ci unknown"],
      [
        status(2, "ci-bot", ["ci", "failure", 11, 11]),
        status(4, "ci-bot", ["ci", "success", 13, 13]),
        status(5, "ci-bot", ["ci", "unknown", 14, null]),
      ],
    ],
  ])("%s", (_words, expected, builds) => expect(left(builds)).toEqual(expected));
});

/** What is told in a generated story: who ran what, and when; runs are told apart by `of`. */
interface Told {
  readonly of: string;
  readonly name: string;
  readonly conclusion: BuildConclusion;
  readonly from: number;
  readonly to: number;
  readonly proves: boolean;
}

const conclusion = fc.oneof(
  { weight: 3, arbitrary: fc.constant<BuildConclusion>("success") },
  { weight: 2, arbitrary: fc.constantFrom<BuildConclusion>("failure", "cancelled", "skipped", "timed-out") },
);
const name = fc.constantFrom("test", "test", "e2e test");
const length = fc.integer({ min: 0, max: 3 });
const ownCheck = fc.record({
  app: fc.constantFrom("circleci", "circleci", "buildkite", "github-actions"),
  ran: fc.record({ name, conclusion, from: fc.integer({ min: 11, max: 44 }), length }),
});
const ownRun = fc.record({
  event: fc.constantFrom("push", "push", "push", "pull_request_target"),
  from: fc.integer({ min: 11, max: 38 }),
  attempts: fc.array(fc.array(fc.record({ name, conclusion, length }), { minLength: 1, maxLength: 3 }), {
    minLength: 1,
    maxLength: 3,
  }),
});
const story = fc.record({ checks: fc.array(ownCheck, { maxLength: 5 }), runs: fc.array(ownRun, { maxLength: 2 }) });

/** Tells the story on what is released at hour 40, every run of Actions as checks too, and remembers what it told. */
function tell({ checks, runs }: typeof story extends fc.Arbitrary<infer S> ? S : never) {
  const released = new Released();
  const { history, merge } = released;
  const told: Told[] = [];
  let number = 1000;
  const common = { repository: "ledger", commit: merge, branch: "main", url: "", completed: true } as const;
  const addCheck = (
    id: number,
    app: string,
    { name: named, conclusion: ended, from, to }: Omit<Told, "of" | "proves">,
  ) => {
    const of = { id: `check ${id}`, attempt: 1, conclusion: ended, startedAt: hour(from), finishedAt: hour(to) };
    history.fact({ kind: "build", ...common, ...of, workflow: named, event: "check", actor: app });
    history.fact({ kind: "build-job", ...of, repository: "ledger", build: of.id, name: named, completed: true });
  };
  for (const { app, ran } of checks.toSorted((one, other) => one.ran.from - other.ran.from)) {
    const each = { name: ran.name, conclusion: ran.conclusion, from: ran.from, to: ran.from + ran.length };
    // Of Actions without its run nobody knows what it is a rerun of.
    told.push({ ...each, of: app === "github-actions" ? `unknown run ${++number}` : app, proves: true });
    addCheck(++number, app, each);
  }
  for (const [index, { event, from, attempts }] of runs.entries()) {
    let clock = from;
    let begun = from;
    const proves = event !== "pull_request_target";
    for (const [before, round] of attempts.entries()) {
      begun = clock;
      for (const { length: hours, ...job } of round) {
        const each = { ...job, from: begun, to: begun + hours };
        clock = Math.max(clock, each.to);
        told.push({ ...each, of: `run ${index}`, proves });
        const times = { startedAt: hour(each.from), finishedAt: hour(each.to), completed: true };
        const own = { build: `${900 + index}`, id: String(++number), attempt: before + 1 };
        history.fact({ kind: "build-job", repository: "ledger", ...own, ...times, ...job });
        addCheck(number, "github-actions", each);
      }
      clock += 1;
    }
    const last = attempts.at(-1) ?? [];
    const ended = last.every((job) => job.conclusion === "success") ? "success" : "failure";
    const times = {
      startedAt: hour(begun),
      finishedAt: hour(clock),
      attempt: attempts.length,
      conclusion: ended,
    } as const;
    history.fact({ kind: "build", ...common, ...times, id: `${900 + index}`, workflow: "ci", event, actor: "" });
  }
  released.deploy(40);
  return { released, told };
}

function outcomeOf({ history, merge }: Released): string | undefined {
  const results = evaluateItem(compiledCatalog(), "change", history.change(merge));
  return results.find(({ control }) => control === "TST-01")?.outcome;
}

describe("tests on what was released", () => {
  it("never pass over one that did not, unless it ran again under the same name, later and well, before the release", () => {
    let passedOver = 0;
    fc.assert(
      fc.property(story, (generated) => {
        const { released, told } = tell(generated);
        if (outcomeOf(released) !== "pass") return;
        expect(told.some((run) => run.proves && run.conclusion === "success" && run.to <= 40)).toBe(true);
        for (const bad of told.filter(({ conclusion: ended }) => ended !== "success")) {
          const better = told.filter(
            ({ of, name: named, conclusion: ended, from, to }) =>
              of === bad.of && named === bad.name && ended === "success" && from >= bad.to && to <= 40,
          );
          expect(better, `${bad.name} of ${bad.of} ended as ${bad.conclusion}`).not.toEqual([]);
          passedOver++;
        }
      }),
      { numRuns: 400 },
    );
    expect(passedOver).toBeGreaterThan(0);
  });

  it("never pass when one more had failed just before the release", () => {
    let passed = 0;
    fc.assert(
      fc.property(story, ownCheck, (generated, { app }) => {
        if (outcomeOf(tell(generated).released) !== "pass") return;
        passed++;
        const last = { app, ran: { name: "test", conclusion: "failure", from: 40, length: 0 } } as const;
        expect(outcomeOf(tell({ ...generated, checks: [...generated.checks, last] }).released)).toBe("fail");
      }),
      { numRuns: 200 },
    );
    expect(passed).toBeGreaterThan(0);
  });
});
