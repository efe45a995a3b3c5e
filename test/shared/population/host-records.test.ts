import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addFact, createFactSet, repositoryFacts } from "../../../shared/facts/fact-set.ts";
import type { Fact, FactOf } from "../../../shared/model/facts.ts";
import type { CodeHost } from "../../../shared/model/request-facts.ts";
import { completeRecords } from "../../../shared/population/host-records.ts";

const base = { origin: { evidence: "e".repeat(64), place: "", source: "host" }, repository: "shop" } as const;
const [first, second] = ["a".repeat(40), "b".repeat(40)];
const hour = (at: number) => `2025-03-01T${String(at).padStart(2, "0")}:00:00.000Z`;

function request(system: CodeHost, changes: Partial<FactOf<"change-request">> = {}): Fact {
  const texts = { title: "", url: "", author: "ada", sourceBranch: "x", targetBranch: "main", mergedBy: "" } as const;
  return {
    kind: "change-request",
    ...base,
    ...texts,
    system,
    number: 1,
    authorType: "user",
    headCommit: second,
    state: "merged",
    createdAt: hour(1),
    mergedAt: hour(20),
    mergeCommit: null,
    commits: null,
    ...changes,
  };
}

function review(at: number, commit: string | null = null): Fact {
  const id = String(at);
  return {
    kind: "review",
    ...base,
    request: 1,
    id,
    reviewer: "rita",
    reviewerType: "user",
    state: "approved",
    at: hour(at),
    commit,
    mayApprove: true,
  };
}

function event(name: FactOf<"request-event">["event"], at: number, commit = "", previousCommit = ""): Fact {
  return {
    kind: "request-event",
    ...base,
    request: 1,
    id: `${name} ${at}`,
    event: name,
    word: "",
    at: hour(at),
    by: "mel",
    commit,
    previousCommit,
    text: "",
  };
}

function complete(...facts: readonly Fact[]) {
  const set = createFactSet();
  for (const fact of facts) addFact(set, fact);
  return completeRecords(set, repositoryFacts(set, "shop"));
}

const commitsReviewed = (...facts: readonly Fact[]) => complete(...facts).reviews.map(({ commit }) => commit);

describe("a review whose host does not say the commit", () => {
  it("was given on what had been pushed by then", () => {
    const pushes = [event("pushed", 2, first), event("force-pushed", 10, second)];
    expect(commitsReviewed(request("gitlab"), ...pushes, review(5), review(10), review(11))).toEqual([
      first,
      second,
      second,
    ]);
  });

  it("before the first push that is known was given on what that push replaced", () => {
    const push = event("pushed", 10, second, first);
    expect(commitsReviewed(request("bitbucket"), push, review(5))).toEqual([first]);
    expect(commitsReviewed(request("bitbucket"), event("pushed", 10, second), review(5))).toEqual([null]);
  });

  it("of a request that was never pushed to again was given on its only commits", () => {
    expect(commitsReviewed(request("bitbucket"), event("merged", 20), review(5))).toEqual([second]);
  });

  it("stays without one where nothing is known of pushes", () => {
    expect(commitsReviewed(request("gitlab"), review(5))).toEqual([null]);
  });

  it("on GitHub stays without one, since GitHub no longer knows it", () => {
    expect(commitsReviewed(request("github"), event("pushed", 2, first), review(5))).toEqual([null]);
  });

  it("never loses or changes what the host does say, whatever else is known", () => {
    const times = fc.array(fc.integer({ min: 1, max: 22 }), { maxLength: 6 });
    fc.assert(
      fc.property(
        times,
        fc.integer({ min: 1, max: 22 }),
        fc.constantFrom<CodeHost>("github", "gitlab", "bitbucket"),
        (pushed, at, host) => {
          const pushes = pushed.map((moment) => event("pushed", moment, first));
          expect(commitsReviewed(request(host), ...pushes, review(at, second))).toEqual([second]);
        },
      ),
    );
  });
});

it("who merged a request and when come from its merge, where the request itself does not say", () => {
  const untold = request("bitbucket", { mergedAt: null });
  expect(complete(untold, event("merged", 20)).requests[0]).toMatchObject({ mergedAt: hour(20), mergedBy: "mel" });
  expect(complete(request("github", { mergedBy: "zoe" }), event("merged", 21)).requests[0]).toMatchObject({
    mergedAt: hour(20),
    mergedBy: "zoe",
  });
  const open = request("bitbucket", { state: "open", mergedAt: null });
  expect(complete(open, event("merged", 20)).requests[0]).toMatchObject({ mergedAt: null, mergedBy: "" });
});

describe("a deployment whose host tells apart how it ended", () => {
  const deployment: Fact = {
    kind: "deployment",
    ...base,
    id: "7",
    service: "",
    environment: "production",
    production: true,
    revision: first,
    previousRevision: "",
    at: hour(1),
    by: "mel",
    requestedBy: "",
    trigger: "",
    byPipeline: true,
    status: "asked for",
  };
  const status = (state: string, at: number): Fact => ({
    kind: "deployment-status",
    ...base,
    deployment: "7",
    environment: "production",
    state,
    at: hour(at),
    by: "",
    build: "",
  });
  const ends = (...statuses: readonly Fact[]) =>
    complete(deployment, ...statuses).deployments.map(({ at, status: end }) => [at, end]);

  it("came to its environment with the first success, whatever replaced it later", () => {
    expect(ends(status("inactive", 9), status("success", 5), status("success", 6), status("in_progress", 4))).toEqual([
      [hour(5), "success"],
    ]);
  });

  it("came there with a success that was none in the end, and says so", () => {
    expect(ends(status("success", 5), status("failure", 6), status("inactive", 9))).toEqual([
      [hour(5), "success, then failure"],
    ]);
    expect(ends(status("failure", 4), status("success", 5))).toEqual([[hour(5), "success"]]);
  });

  it("that failed put nothing there", () => {
    expect(ends(status("queued", 2), status("failure", 5))).toEqual([[hour(5), "failure"]]);
  });

  it("that never ended is none", () => {
    expect(ends(status("queued", 2), status("in_progress", 5))).toEqual([]);
    expect(ends()).toEqual([]);
  });

  it("of a log, which says itself how it ended or nothing, is taken at its word", () => {
    expect(complete({ ...deployment, status: "" }).deployments).toHaveLength(1);
  });
});

it.each([
  ["after the merge stood at the merge", 21, "changes-requested"],
  ["before the merge was gone at the merge", 19, "dismissed"],
] as const)("a review that was dismissed %s", (_words, at, state) => {
  const set = createFactSet();
  const dismissed = { ...review(10, second), state: "dismissed" } as Fact;
  const told = { ...event("review-dismissed", at), review: { id: "10", state: "changes-requested" } } as Fact;
  for (const fact of [request("github"), dismissed, told]) addFact(set, fact);
  expect(completeRecords(set, repositoryFacts(set, "shop")).reviews).toMatchObject([{ state }]);
});

it.each([
  ["a reset of all votes", { event: "review-dismissed", word: "ResetAllVotes", by: "mel" }, ["rita"]],
  ["a reset of several votes", { event: "review-dismissed", word: "ResetMultipleVotes", by: "mel" }, ["rita"]],
  ["being removed as a reviewer", { event: "approval-withdrawn", word: "ReviewersUpdate", by: "RITA" }, ["rita"]],
  ["the removal of who objected", { event: "approval-withdrawn", word: "ReviewersUpdate", by: "ben" }, []],
  ["another event", { event: "other", word: "PolicyStatusUpdate", by: "rita" }, []],
] as const)("%s takes away approvals, and no objection", (_words, more, dismissed) => {
  const set = createFactSet();
  const objection = { ...review(11), reviewer: "ben", state: "changes-requested" } as Fact;
  const told = { ...event("other", 12), ...more } as Fact;
  for (const fact of [request("azure-devops"), review(10), objection, review(13), told]) addFact(set, fact);
  const { reviews } = completeRecords(set, repositoryFacts(set, "shop"));
  const gone = reviews.filter(({ state }) => state === "dismissed");
  expect(gone.map(({ reviewer }) => reviewer)).toEqual(dismissed);
  expect(gone.every(({ at }) => at === hour(12))).toBe(true);
  // What was given afterwards stands.
  expect(reviews.filter(({ state, at }) => state === "approved" && at === hour(13))).toHaveLength(1);
});
