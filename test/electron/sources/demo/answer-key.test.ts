import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ExpectedChange } from "../../../../electron/sources/demo/answer-key.ts";
import type { DemoSources } from "../../../../electron/sources/demo/make-demo-sources.ts";
import { changeControls } from "../../../../electron/sources/demo/story-schema.ts";
import { instantOf } from "../../../../shared/model/instant.ts";
import { isWithin, resolvePeriod } from "../../../../shared/model/period.ts";
import { askGit, type MadeSources, makeSources } from "./made-sources.ts";

let made: MadeSources;
let demo: DemoSources;
beforeAll(async () => {
  made = await makeSources();
  demo = made.sources;
});
afterAll(() => made[Symbol.asyncDispose]());

const keyOf = () => demo.answerKey;
const git = (...args: string[]) => askGit(demo, ...args);

describe("the answer key", () => {
  test("is written as it is returned", () => {
    expect(JSON.parse(readFileSync(demo.answerKeyPath, "utf8"))).toEqual(keyOf());
  });

  test("has exactly the commits that arrived on the release branch in the period, by the period's own zone", () => {
    const { from, to, timeZone } = keyOf().period;
    const period = resolvePeriod(from, to, timeZone);
    const arrived = git("log", "--first-parent", "--reverse", "--format=%H %ct", "main").map((row) => row.split(" "));
    const inPeriod = arrived.filter(([, at]) => isWithin(period, instantOf(Number(at) * 1000)));
    expect(keyOf().changes.map(({ commit }) => commit)).toEqual(inPeriod.map(([commit]) => commit));
    const outside = arrived.map(([commit]) => commit).filter((commit) => !inPeriod.some(([id]) => id === commit));
    expect(outside.slice(1)).toEqual(keyOf().outsideThePeriod.changes); // the repository's first commit is no change of the story
  });

  test("would differ in UTC: the zone decides on changes at both ends", () => {
    const { from, to } = keyOf().period;
    const utc = resolvePeriod(from, to, "UTC");
    const moved = demo.story.changes.filter(({ id, at }) => {
      const isInKey = keyOf().changes.some(({ story }) => story === id);
      return isInKey !== isWithin(utc, instantOf(at * 1000));
    });
    expect(moved.filter(({ how }) => !["closed", "open", "branch"].includes(how)).map(({ id }) => id)).toEqual([
      "new-year-close",
      "april-limits",
    ]);
  });

  test("is a population that a sample can be drawn from, most of it clean", () => {
    const { changes, deployments } = keyOf();
    expect(changes.length).toBeGreaterThanOrEqual(60);
    expect(changes.length).toBeLessThanOrEqual(100);
    const clean = changes.filter(({ expect: outcomes }) =>
      Object.values(outcomes).every(({ outcome }) => outcome === "pass"),
    );
    expect(clean.length).toBeGreaterThan(changes.length / 2);
    expect(deployments.length).toBeGreaterThanOrEqual(20);
  });

  test("has each outcome of each control that it can have when everything was pulled", () => {
    const outcomes = Object.fromEntries(
      Object.entries(keyOf().counts.outcomes).map(([control, counts]) => [control, Object.keys(counts).sort()]),
    );
    expect(outcomes).toEqual({
      "TRC-01": ["fail", "pass"],
      "REV-01": ["fail", "no-evidence", "pass"],
      "REV-06": ["fail", "pass"],
      "TST-01": ["fail", "not-applicable", "pass"],
      "SOD-01": ["fail", "no-evidence", "not-applicable", "pass"],
      "DEP-01": ["fail", "no-evidence", "pass"],
    });
  });

  test("gives a reason for every outcome and a label to every deviation", () => {
    for (const { label, expect: outcomes } of [...keyOf().changes, ...keyOf().deployments]) {
      for (const { outcome, why } of Object.values(outcomes)) {
        expect(why).not.toMatch(/undefined|null/);
        if (outcome !== "pass") expect(label).not.toMatch(/^a clean/);
      }
    }
    expect(keyOf().counts.changes).toBe(keyOf().changes.length);
    for (const control of changeControls) {
      const counted = Object.values(keyOf().counts.outcomes[control] ?? {}).reduce((sum, count) => sum + count, 0);
      expect(counted).toBe(keyOf().changes.length);
    }
  });
});

/** What the records say of a change of the story. */
function evidenceOf(story: string) {
  const expected = keyOf().changes.find((change) => change.story === story);
  if (!expected) throw new Error(`${story} is not in the answer key.`);
  const request = demo.github.requests.find(({ listed }) => listed.number === expected.request);
  const runs = demo.github.runs.filter(({ attempts }) => attempts[0]?.run.head_sha === expected.commit);
  const ci = runs.filter(({ attempts }) => attempts[0]?.run.name === "CI");
  const [message = ""] = [git("show", "-s", "--format=%B", expected.commit).join("\n")];
  const [parents = ""] = git("show", "-s", "--format=%P", expected.commit);
  return {
    expected,
    listed: request?.listed,
    merger: request?.full.merged_by?.login,
    reviews:
      request?.reviews.map(({ user, state, submitted_at: at, commit_id: on }) => ({ by: user.login, state, at, on })) ??
      [],
    head: request?.listed.head.sha,
    commits: request?.commits ?? [],
    ci,
    runs,
    message,
    parents: parents.split(" "),
    outcome: (control: keyof ExpectedChange["expect"]) => expected.expect[control].outcome,
  };
}
type EvidenceOf = ReturnType<typeof evidenceOf>;

const testsOf = ({ ci }: EvidenceOf) =>
  ci.flatMap(({ attempts }) =>
    attempts.map(({ run, jobs }) => [run.conclusion, jobs.find((job) => job.name === "test")?.conclusion]),
  );
const loginsOf = ({ commits }: EvidenceOf) => commits.map((commit) => commit.author?.login);

describe("each planted deviation of review is in the records", () => {
  const cases: [story: string, outcome: string, check: (evidence: EvidenceOf) => void][] = [
    ["limit-per-day", "fail", (e) => expect(e.reviews.map(({ by }) => by)).toEqual([loginsOf(e)[0]])],
    [
      "session-timeout",
      "fail",
      (e) => expect([loginsOf(e)[0], e.reviews[0]?.by]).toEqual(["tfennhagen", "tobi-builds"]),
    ],
    [
      "statement-csv",
      "no-evidence",
      (e) => expect(e.reviews).toMatchObject([{ by: "ext-marlowe-7", state: "APPROVED" }]),
    ],
    ["fx-cache", "fail", (e) => expect(e.reviews).toMatchObject([{ by: "northwind-lint[bot]", state: "APPROVED" }])],
    [
      "interest-leap",
      "fail",
      (e) => {
        expect(e.reviews).toMatchObject([{ by: "xthorrable", state: "APPROVED", on: e.head }]);
        expect(e.commits.at(-1)?.commit.message).toMatch(/^Co-authored-by: Ximena Thorrable </m);
      },
    ],
    [
      "reconcile-window",
      "fail",
      (e) => expect(e.reviews).toMatchObject([{ state: "APPROVED", on: e.commits[0]?.sha }]),
    ],
    [
      "import-dates",
      "fail",
      (e) => {
        const [approval] = e.reviews;
        const last = e.commits.at(-1);
        expect((last?.commit.author?.date ?? "9") < (approval?.at ?? "")).toBe(true);
        const built = demo.github.runs.find(({ attempts }) => attempts[0]?.run.head_sha === last?.sha);
        expect((built?.attempts[0]?.run.created_at ?? "") > (approval?.at ?? "9")).toBe(true);
        expect(approval?.on).toBe(e.commits[0]?.sha);
      },
    ],
    ["sepa-batch", "fail", (e) => expect((e.reviews[0]?.at ?? "") > (e.listed?.merged_at ?? "9")).toBe(true)],
    ["account-lock", "fail", (e) => expect(e.reviews).toMatchObject([{ state: "DISMISSED" }])],
    [
      "retry-jitter",
      "fail",
      (e) =>
        expect(e.reviews).toMatchObject([
          { by: "adaeze-b", state: "APPROVED" },
          { by: "adaeze-b", state: "CHANGES_REQUESTED", on: e.head },
        ]),
    ],
    [
      "audit-export",
      "fail",
      (e) =>
        expect(e.reviews).toMatchObject([
          { by: "flindenmoor", state: "CHANGES_REQUESTED" },
          { by: "adaeze-b", state: "APPROVED" },
        ]),
    ],
    ["posting-templates", "fail", (e) => expect(e.commits.map(({ sha }) => sha)).not.toContain(e.reviews[0]?.on)],
    ["fx-history", "fail", (e) => expect(e.reviews).toMatchObject([{ state: "COMMENTED" }])],
    ["revert-interest-daily", "fail", (e) => expect(e.reviews).toEqual([])],
    [
      "limit-matrix",
      "fail",
      (e) => expect(e.reviews.map(({ by }) => by).sort()).toEqual([...new Set(loginsOf(e))].sort()),
    ],
    ["download-signature", "no-evidence", (e) => expect(loginsOf(e)).toEqual([undefined])],
    [
      "download-name",
      "fail",
      (e) => expect(e.reviews).toMatchObject([{ by: "ipellworthy", state: "APPROVED", on: e.head }]),
    ],
    [
      "false-bot",
      "fail",
      (e) => {
        expect(e.commits[0]?.commit.author).toMatchObject({ name: "dependabot[bot]", email: "tobi@fennhagen.example" });
        expect([e.listed?.user.type, e.reviews]).toEqual(["User", []]);
      },
    ],
    [
      "bump-mail",
      "fail",
      (e) => expect([e.listed?.user.type, loginsOf(e), e.reviews]).toEqual(["Bot", ["dependabot[bot]"], []]),
    ],
    [
      "bump-json",
      "pass",
      (e) => {
        expect(e.listed?.user).toMatchObject({ login: "dependabot[bot]", type: "Bot" });
        expect(e.reviews).toMatchObject([{ by: "adaeze-b", state: "APPROVED", on: e.head }]);
      },
    ],
    ["posting-preview", "pass", (e) => expect([e.merger, e.reviews[0]?.by]).toEqual([loginsOf(e)[0], "flindenmoor"])],
    [
      "close-reopen",
      "pass",
      (e) => expect(e.reviews.map(({ state }) => state)).toEqual(["CHANGES_REQUESTED", "APPROVED"]),
    ],
    ["interest-daily", "pass", (e) => expect(e.reviews.at(-1)).toMatchObject({ state: "APPROVED", on: e.head })],
  ];

  test.each(cases)("%s: %s", (story, outcome, check) => {
    const evidence = evidenceOf(story);
    expect(evidence.outcome("REV-01")).toBe(outcome);
    expect(evidence.outcome("REV-06")).toBe("pass");
    check(evidence);
  });

  test("a clean change has one approval, by somebody else, of the last commit, before the merge", () => {
    const clean = keyOf().changes.filter(({ label }) => label === "a clean change");
    expect(clean.length).toBeGreaterThan(30);
    for (const { story } of clean) {
      const { reviews, head, listed, commits, parents, ci } = evidenceOf(story);
      const approvals = reviews.filter(({ state }) => state === "APPROVED");
      expect(approvals).toMatchObject([{ on: head }]);
      expect((approvals[0]?.at ?? "9") < (listed?.merged_at ?? "")).toBe(true);
      expect(commits.map((commit) => commit.author?.login)).not.toContain(approvals[0]?.by);
      expect(parents.length === 2 ? parents[1] : head).toBe(head);
      expect(ci.map(({ attempts }) => attempts.map(({ run }) => run.conclusion))).toEqual([["success"]]);
    }
  });
});

describe("each planted way around review is in the records", () => {
  const named = (message: string) => Number(/#(\d+)/.exec(message)?.[1]);
  const cases: [story: string, check: (evidence: EvidenceOf) => void][] = [
    ["limit-hotfix", ({ parents }) => expect(parents).toHaveLength(1)],
    [
      "fake-merge",
      ({ parents, message, expected }) => {
        expect(parents).toHaveLength(1);
        const request = demo.github.requests.find(({ listed }) => listed.number === named(message));
        expect(message).toMatch(/^Merge pull request #\d+ from northwind\//);
        expect(request?.listed.merge_commit_sha).not.toBe(expected.commit);
        expect(request?.listed.merged_at).not.toBeNull();
      },
    ],
    [
      "local-merge",
      ({ parents, message }) => {
        expect(parents).toHaveLength(2);
        const request = demo.github.requests.find(({ listed }) => listed.number === named(message));
        expect(request?.listed).toMatchObject({ state: "closed", merged_at: null });
        expect(request?.listed.head.sha).not.toBe(parents[1]);
      },
    ],
    [
      "branch-merged-by-hand",
      ({ parents, message }) =>
        expect([parents.length, message]).toEqual([2, expect.stringMatching(/^Merge branch '/)]),
    ],
    [
      "fake-squash",
      ({ parents, message, expected }) => {
        expect(parents).toHaveLength(1);
        const request = demo.github.requests.find(({ listed }) => listed.number === named(message));
        expect(request?.listed.merge_commit_sha).not.toBe(expected.commit);
      },
    ],
    ["chart-two-pushes-1", ({ parents }) => expect(parents).toHaveLength(1)],
    [
      "chart-two-pushes-2",
      ({ parents }) => expect(parents).toEqual([evidenceOf("chart-two-pushes-1").expected.commit]),
    ],
  ];

  test.each(cases)("%s", (story, check) => {
    const evidence = evidenceOf(story);
    expect([evidence.outcome("REV-06"), evidence.outcome("REV-01")]).toEqual(["fail", "fail"]);
    expect(demo.github.requests.map(({ listed }) => listed.merge_commit_sha)).not.toContain(evidence.expected.commit);
    check(evidence);
  });

  test("there are no others", () => {
    const failing = keyOf().changes.filter(({ expect: outcomes }) => outcomes["REV-06"].outcome === "fail");
    expect(failing.map(({ story }) => story).sort()).toEqual(cases.map(([story]) => story).sort());
  });
});

describe("each planted deviation of tickets is in the records", () => {
  const jiraKeys = () => new Set(demo.jira.map(({ issue }) => issue.key));
  const keysIn = ({ listed, commits, message }: EvidenceOf) =>
    [listed?.head.ref, listed?.title, message, ...commits.map(({ commit }) => commit.message)].flatMap(
      (text) => text?.match(/[A-Z][A-Z0-9]+-\d+/g) ?? [],
    );

  test("changes fail that name no ticket, or one that does not exist; all others name one that does", () => {
    for (const { story, expect: outcomes } of keyOf().changes) {
      const names = keysIn(evidenceOf(story)).some((key) => jiraKeys().has(key));
      expect([story, names ? "pass" : "fail"]).toEqual([story, outcomes["TRC-01"].outcome]);
    }
    expect(keysIn(evidenceOf("chart-import"))).toContain("LED-9999");
    expect(keysIn(evidenceOf("retry-rates"))).toEqual([]);
  });

  test("tickets are named by the branch alone, the title alone, and the commit message alone", () => {
    const branchOnly = evidenceOf("account-sort");
    expect(branchOnly.listed?.head.ref).toContain("LED-1204");
    expect([branchOnly.listed?.title, ...branchOnly.commits.map(({ commit }) => commit.message)].join()).not.toContain(
      "LED-",
    );
    const titleOnly = evidenceOf("statement-pages");
    expect(titleOnly.listed?.title).toContain("LED-1207");
    expect(titleOnly.listed?.head.ref).not.toContain("LED-");
    const messageOnly = evidenceOf("reconcile-pending");
    expect(messageOnly.message).toContain("LED-1213");
    expect(`${messageOnly.listed?.title} ${messageOnly.listed?.head.ref}`).not.toContain("LED-");
  });

  test("tickets without a change are finished or not, as the key says", () => {
    const { ticketsWithoutChange, openTicketsWithoutChange } = keyOf().reconciliation;
    const statusOf = (key: string) => demo.jira.find(({ issue }) => issue.key === key)?.issue.fields.status.name;
    const ofIncidents = ticketsWithoutChange.filter((key) => Number(key.slice(4)) >= 1320);
    expect(ofIncidents.map(statusOf)).toEqual(["Done", "Done", "Done", "Done", "Rejected", "Done", "Done"]);
    const others = ticketsWithoutChange.filter((key) => !ofIncidents.includes(key));
    expect(others.map(statusOf)).toEqual(["Done", "Done"]);
    expect(openTicketsWithoutChange.map(statusOf)).not.toContain("Done");
    expect(openTicketsWithoutChange.length).toBeGreaterThan(0);
    const onMain = git("log", "main", "--format=%B").join("\n");
    for (const key of ticketsWithoutChange) expect(onMain).not.toContain(key);
  });
});

describe("each planted deviation of tests is in the records", () => {
  const cases: [story: string, outcome: string, check: (evidence: EvidenceOf) => void][] = [
    ["csv-quotes", "fail", (e) => expect(testsOf(e)).toEqual([["failure", "failure"]])],
    ["statement-footer", "fail", (e) => expect(testsOf(e)).toEqual([["cancelled", "cancelled"]])],
    ["search-speed", "fail", (e) => expect(testsOf(e)).toEqual([["success", "skipped"]])],
    [
      "posting-copy",
      "fail",
      (e) => {
        expect(e.ci).toEqual([]);
        expect(demo.github.runs.some(({ attempts }) => attempts[0]?.run.head_sha === e.head)).toBe(true);
      },
    ],
    [
      "runbook",
      "fail",
      (e) =>
        expect([e.ci, new Set(e.runs.map(({ attempts }) => attempts[0]?.run.name))]).toEqual([
          [],
          new Set(["Docs", "Deploy"]),
        ]),
    ],
    [
      "fx-missing",
      "pass",
      (e) =>
        expect(testsOf(e)).toEqual([
          ["failure", "failure"],
          ["success", "success"],
        ]),
    ],
    [
      "view-print",
      "fail",
      (e) =>
        expect(testsOf(e)).toEqual([
          ["success", "success"],
          ["failure", "failure"],
        ]),
    ],
    ["view-dark", "not-applicable", (e) => expect(testsOf(e)).toEqual([["failure", "failure"]])],
  ];

  test.each(cases)("%s: %s", (story, outcome, check) => {
    const evidence = evidenceOf(story);
    expect(evidence.outcome("TST-01")).toBe(outcome);
    check(evidence);
  });

  test("each went out in a release of its own, so that its tests are those of the released code, too", () => {
    const revisions = new Set(
      demo.story.production.flatMap(
        ({ tag, change }) => change ?? demo.story.tags.find((row) => row.tag === tag)?.change,
      ),
    );
    const failing = keyOf().changes.filter(({ expect: outcomes }) => outcomes["TST-01"].outcome === "fail");
    for (const { story } of failing) {
      const index = keyOf().changes.findIndex((change) => change.story === story);
      expect([revisions.has(story), revisions.has(keyOf().changes[index - 1]?.story)]).toEqual([true, true]);
    }
  });
});

describe("deployments", () => {
  const log = () =>
    readFileSync(demo.deploymentsJsonl, "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line))
      .filter((record) => record.environment !== "staging");
  const commitOf = (revision: string) => {
    const known = git("for-each-ref", "--format=%(refname:short)", "refs/tags").includes(revision);
    return known || git("rev-list", "--all").includes(revision)
      ? git("rev-parse", `${revision}^{commit}`)[0]
      : undefined;
  };

  test("in the key are those to production in the period", () => {
    const all = [...keyOf().deployments.map(({ id }) => id), ...keyOf().outsideThePeriod.deployments].sort();
    expect(all).toEqual(
      log()
        .map((record) => record.id)
        .sort(),
    );
    expect(keyOf().outsideThePeriod.deployments).toEqual(["dep-0412", "dep-0482"]);
  });

  test("pass when the pipeline's account deployed a revision of the release branch, and only then", () => {
    const main = new Set(git("rev-list", "--first-parent", "main"));
    for (const { id, expect: outcomes } of keyOf().deployments) {
      const record = log().find((row) => row.id === id);
      const byPipeline = record.trigger === "pipeline" && record.actor === "northwind-deploy[bot]";
      const clean = byPipeline && main.has(commitOf(record.revision) ?? "");
      // A commit id that nobody knows may be one from before the pulled history.
      const isOlder = /^[0-9a-f]{40}$/.test(record.revision) && commitOf(record.revision) === undefined;
      const outcome = isOlder ? "no-evidence" : clean ? "pass" : "fail";
      expect([id, outcomes["DEP-01"].outcome]).toEqual([id, outcome]);
    }
  });

  test("fail in six different ways", () => {
    const failing = keyOf().deployments.filter(({ expect: outcomes }) => outcomes["DEP-01"].outcome === "fail");
    expect(failing.map(({ id }) => id)).toEqual([
      "dep-0428",
      "dep-0456",
      "dep-0459",
      "dep-0476",
      "dep-0486",
      "dep-0477",
    ]);
    const rollback = log().find(({ id }) => id === "dep-0445");
    expect([rollback.revision, rollback.previous_revision]).toEqual(["v1.46.0", "v1.47.0"]);
    const failed = log().filter(({ status }) => status === "failed");
    expect(failed.map(({ id }) => id)).toEqual(["dep-0484", "dep-0472"]);
  });

  /** The first deployment to production that contained a commit, asked of git. */
  function firstDeployments(): Map<string, { id: string; by: string }> {
    const first = new Map<string, { id: string; by: string }>();
    for (const record of log()) {
      const commit = commitOf(record.revision);
      if (commit === undefined) continue;
      for (const contained of git("rev-list", commit)) {
        if (!first.has(contained)) first.set(contained, { id: record.id, by: record.triggered_by ?? record.actor });
      }
    }
    return first;
  }

  test("separate author, approver and deployer unless the key says that they do not", () => {
    const first = firstDeployments();
    const personOf = (login: string) =>
      demo.story.people.persons.find(({ logins }) => logins.includes(login))?.id ??
      demo.story.people.bots.find((bot) => bot.login === login)?.id;
    for (const { story, commit, expect: outcomes } of keyOf().changes) {
      const told = demo.story.changes.find(({ id }) => id === story);
      const deployment = first.get(commit);
      expect([story, deployment !== undefined]).toEqual([story, told?.deployed]);
      if (!told || !deployment) continue;
      const authors = [
        told.author,
        told.openedBy,
        ...(told.commits ?? []).flatMap(({ by, coAuthors }) => [by, ...coAuthors]),
      ];
      const approvers = [
        told.approver,
        ...(told.reviews ?? []).filter(({ state }) => state === "approved").map(({ by }) => by),
      ];
      const involved = [...authors, ...approvers].flatMap((who) => who?.split("/")[0] ?? []);
      const deployer = personOf(deployment.by);
      const strangers = demo.story.people.strangers.map(({ id }) => id);
      const unknown = deployer === undefined || involved.some((who) => strangers.includes(who));
      const bots = demo.story.people.bots.map(({ id }) => id);
      const independent = approvers.flatMap((who) => who?.split("/")[0] ?? []).filter((who) => !bots.includes(who));
      const alone = independent.every((who) => authors.some((author) => author?.split("/")[0] === who));
      // What a merge commit adds to what was approved, only its author has seen.
      const failed = involved.includes(deployer ?? "") || alone || told.smuggled !== undefined;
      const outcome = unknown ? "no-evidence" : failed ? "fail" : "pass";
      expect([story, deployment.id, outcomes["SOD-01"].outcome]).toEqual([story, deployment.id, outcome]);
    }
  });

  test("without a change are the one off the branch and the two that nobody knows", () => {
    expect(keyOf().reconciliation.deploymentsWithoutChange).toEqual(["dep-0456", "dep-0462", "dep-0486"]);
    const hotfix = commitOf(log().find(({ id }) => id === "dep-0456").revision) ?? "";
    expect(git("branch", "--contains", hotfix, "--format=%(refname:short)")).toEqual(["hotfix/statement-total"]);
  });
});
