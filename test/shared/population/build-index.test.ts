import { expect, it } from "vitest";
import { GitlabSource } from "../../../shared/model/code-host-source.ts";
import { buildPopulation } from "../../../shared/population/build-population.ts";
import { History, repository, scope } from "./history.ts";

const at = (hour: number) => `2026-02-10T${String(hour).padStart(2, "0")}:00:00.000Z`;

it.each(["replay", "restart", "pull_request_target"])(
  "a build for a %s proves no pass, and what failed in it counts",
  (event) => {
    const history = new History();
    const commit = history.commit();
    history.main(commit);
    history.fact({
      ...{ kind: "build", repository: "ledger", id: "7", workflow: "ci", event, branch: "main", commit, attempt: 1 },
      ...{ completed: true, conclusion: "success", startedAt: at(9), finishedAt: at(18), actor: "", url: "" },
    });
    for (const conclusion of ["success", "failure"] as const) {
      history.fact({
        ...{ kind: "build-job", repository: "ledger", build: "7", id: conclusion, attempt: 1, name: "test" },
        ...{ completed: true, conclusion, startedAt: at(9), finishedAt: at(9) },
      });
    }
    expect(history.change(commit).builds).toMatchObject([{ conclusion: "unknown", jobs: [{ conclusion: "failure" }] }]);
  },
);

/** A build of one commit, with jobs by name, attempt and hour of their start. */
function buildsOf(attempt: number, jobs: readonly (readonly [name: string, attempt: number, hour: number])[]) {
  const history = new History();
  const commit = history.commit();
  history.main(commit);
  history.fact({
    ...{ kind: "build", repository: "ledger", id: "7", workflow: "ci", event: "push", branch: "main", commit, attempt },
    ...{ completed: true, conclusion: "success", startedAt: at(9), finishedAt: at(18), actor: "", url: "" },
  });
  for (const [name, ofAttempt, hour] of jobs) {
    history.fact({
      ...{ kind: "build-job", repository: "ledger", build: "7", id: `${name} ${ofAttempt}`, attempt: ofAttempt, name },
      ...{ completed: true, conclusion: "success", startedAt: at(hour), finishedAt: at(hour) },
    });
  }
  return history
    .change(commit)
    .builds.map((build) => [build.attempt, build.startedAt, build.jobs.map(({ name }) => name)]);
}

it("a build that was run again has the jobs of its last attempt", () => {
  const jobs = [
    ["unit", 1, 9],
    ["unit", 2, 11],
  ] as const;
  expect(buildsOf(2, jobs)).toEqual([[2, at(9), ["unit"]]]);
});

it("a build of which stages were run again has them with the others, and began when the last was run again", () => {
  const jobs = [
    ["unit", 1, 9],
    ["integration", 3, 15],
    ["deploy", 2, 12],
  ] as const;
  expect(buildsOf(1, jobs)).toEqual([[3, at(15), ["unit", "integration", "deploy"]]]);
});

it("two servers that give one number to two builds each have their own", () => {
  const history = new History();
  const one = history.commit();
  const other = history.commit({ parents: [one] });
  history.main(other);
  for (const [source, commit, conclusion] of [
    ["azure", one, "failure"],
    ["gitlab", other, "success"],
  ] as const) {
    const origin = { evidence: "e".repeat(64), place: "", source };
    const common = { repository: "ledger", attempt: 1, completed: true, conclusion, origin } as const;
    const of = { workflow: "ci", event: "push", branch: "main", actor: "", url: "", commit };
    history.received({ kind: "build", ...common, ...of, id: "7", startedAt: at(9), finishedAt: at(10) });
    history.received({
      ...{ kind: "build-job", ...common, build: "7", id: source, name: source, startedAt: at(9), finishedAt: at(10) },
    });
  }
  const told = (commit: string) => history.change(commit).builds.map(({ jobs }) => jobs.map(({ name }) => name));
  expect([told(one), told(other)]).toEqual([[["azure"]], [["gitlab"]]]);
});

it.each([
  ["gitlab", ["success"]],
  ["another", ["failure", "success"]],
] as const)("of two jobs of one name and build, the later one stands where the source is %s", (source, expected) => {
  const history = new History();
  const commit = history.commit();
  history.main(commit);
  const common = { repository, attempt: 1, completed: true, origin: { evidence: "e".repeat(64), place: "", source } };
  const of = { id: "7", workflow: "ci", event: "push", branch: "main", actor: "", url: "", commit } as const;
  history.received({ kind: "build", ...common, ...of, conclusion: "success", startedAt: at(9), finishedAt: at(12) });
  for (const [id, conclusion] of ["failure", "success"].entries()) {
    const ran = { startedAt: at(9 + id), finishedAt: at(9 + id), conclusion: conclusion as "failure" | "success" };
    history.received({ kind: "build-job", ...common, ...ran, build: "7", id: `${100 + id}`, name: "test" });
  }
  const input = history.input();
  const gitlab = GitlabSource.parse({
    ...{ id: "gitlab", kind: "gitlab", repository, project: "northwind/ledger", releaseBranch: "main" },
    token: { in: "environment", name: "TOKEN" },
  });
  const [change] = buildPopulation({ ...input, sources: [...input.sources, gitlab] }, scope).items.change;
  expect(change?.builds.flatMap(({ jobs }) => jobs.map(({ conclusion }) => conclusion))).toEqual(expected);
});
