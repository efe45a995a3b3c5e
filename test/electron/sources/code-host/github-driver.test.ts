import { hash } from "node:crypto";
import { expect, it } from "vitest";
import { createGithubDriver } from "../../../../electron/sources/code-host/github-driver.ts";
import { faultOf } from "../../../../shared/errors.ts";
import { resolvePeriod } from "../../../../shared/model/period.ts";
import { sendJson } from "../http/loopback-server.ts";
import { createPullDouble, evidenceOf, recordsOf } from "../pull-double.ts";
import { doubled, everythingKept, pullDyingAtEverySave, pullWithSecret } from "../pull-with-secret.ts";
import { type FakePull, githubToken, quickLimits, startGithub } from "./fake-github.ts";

const driver = createGithubDriver(quickLimits);
const period = resolvePeriod("2025-01-01", "2025-06-30", "UTC");
const settings = { period };

/** Requests merged a day apart from the given day on, numbered from 1. */
function mergedFrom(day: string, count: number, more: Partial<FakePull> = {}): FakePull[] {
  return Array.from({ length: count }, (_, index) => {
    const at = new Date(Date.parse(`${day}T12:00:00Z`) + index * 3_600_000).toISOString().replace(".000", "");
    return { number: index + 1, mergedAt: at, updatedAt: at, ...more };
  });
}

function numbersOf(pulled: { records: readonly { format: string; locator: string }[] }): number[] {
  const single = pulled.records.filter((record) => record.format === "github.pull");
  return single.map((record) => Number(/\/pulls\/(\d+)$/.exec(record.locator)?.[1])).sort((a, b) => a - b);
}

it("every request merged in the period and its margin comes with its reviews, commits, runs and jobs", async () => {
  const { source } = await startGithub({
    pulls: [
      { number: 1, mergedAt: "2024-11-30T23:59:59Z", updatedAt: "2025-03-01T00:00:00Z" },
      { number: 2, mergedAt: "2024-12-02T00:00:00Z", updatedAt: "2024-12-02T00:00:00Z" },
      { number: 3, mergedAt: "2025-01-01T00:00:00Z", updatedAt: "2025-01-01T00:00:00Z", reviews: 0 },
      { number: 4, mergedAt: "2025-06-30T23:59:59Z", updatedAt: "2026-01-01T00:00:00Z", commits: 3 },
      { number: 5, mergedAt: "2025-07-01T00:00:00Z", updatedAt: "2025-07-01T00:00:00Z" },
      { number: 6, mergedAt: "2025-07-31T00:00:00Z", updatedAt: "2025-07-31T00:00:00Z" },
      { number: 7, mergedAt: null, updatedAt: "2025-03-01T00:00:00Z" },
      { number: 8, mergedAt: "2025-03-01T00:00:00Z", updatedAt: "2025-03-01T00:00:00Z", base: "release/1" },
    ],
    runs: [
      { id: 11, createdAt: "2025-03-01T00:00:00Z", jobs: 2 },
      { id: 12, createdAt: "2025-09-01T00:00:00Z" },
      { id: 13, createdAt: "2025-03-01T00:00:00Z", branch: "feature" },
    ],
  });
  const pulled = await pullWithSecret(driver, source, githubToken, settings);
  expect(numbersOf(pulled)).toEqual([2, 3, 4, 5]);
  expect(pulled.outcome.counts).toEqual({
    "pull requests": 4,
    "reviews": 3,
    "commits of pull requests": 6,
    "workflow runs": 1,
    "jobs": 2,
  });
  expect(pulled.outcome.tieOuts).toEqual([
    expect.objectContaining({ expected: 2, received: 2 }),
    expect.objectContaining({ expected: 1, received: 1 }),
    expect.objectContaining({ what: "commits of pull requests", expected: 6, received: 6 }),
    expect.objectContaining({ what: "jobs", expected: 2, received: 2 }),
  ]);
  const covered = { scope: "shop", from: period.start, to: period.end };
  expect(pulled.outcome.coverage).toEqual([
    { kind: "requests", ...covered },
    { kind: "reviews", ...covered },
    { kind: "builds", ...covered },
  ]);
  expect(pulled.outcome).toMatchObject({ identity: "the-auditor", notes: [] });
  expect(pulled.outcome.access).toBe("token scopes: repo, read:org; rights on the repository: pull");
  expect(pulled.progress).toContain("pull requests with reviews and commits 4 of 4");
});

it("each question on record names its answer, and an empty list of reviews is an answer", async () => {
  const { source } = await startGithub({ pulls: mergedFrom("2025-02-01", 1, { reviews: 0 }) });
  const { records, requests } = await pullWithSecret(driver, source, githubToken, settings);
  const digests = new Map(records.map((record) => [record.locator, hash("sha256", record.bytes)]));
  for (const request of requests) expect(digests.get(request.asked.replace(/^GET /, ""))).toBe(request.sha256);
  expect(requests).toHaveLength(records.length);
  const reviews = records.find((record) => record.format === "github.reviews");
  expect(reviews?.locator).toMatch(/\/pulls\/1\/reviews\?per_page=100&page=1$/);
  expect(Buffer.from(reviews?.bytes ?? []).toString()).toBe("[]");
});

it("lists are read page by page, and a full last page is followed by the question for the next", async () => {
  const pulls = mergedFrom("2025-02-01", 230);
  for (const [number, reviews] of [
    [1, 100],
    [2, 101],
    [3, 99],
  ] as const)
    Object.assign(pulls[number - 1] ?? {}, { reviews });
  const { source } = await startGithub({ pulls });
  const pulled = await pullWithSecret(driver, source, githubToken, settings);
  const pagesOf = (number: number) =>
    recordsOf(pulled, "github.reviews").filter(({ locator }) => locator.includes(`/pulls/${number}/reviews`)).length;
  expect([pagesOf(1), pagesOf(2), pagesOf(3)]).toEqual([2, 2, 1]);
  expect(numbersOf(pulled)).toHaveLength(230);
  expect(pulled.outcome.tieOuts[0]).toMatchObject({ expected: 230, received: 230 });
});

it("a pull that dies at every step goes on without losing, doubling or asking anything twice", async () => {
  const { source, server } = await startGithub({
    pulls: mergedFrom("2025-02-01", 130),
    runs: [1, 2, 3].map((id) => ({ id, createdAt: "2025-03-01T00:00:00Z" })),
  });
  const whole = await pullWithSecret(driver, source, githubToken, settings);
  const askedBefore = server.seen.length;
  const broken = await pullDyingAtEverySave(driver, source, githubToken, settings);
  expect(broken.deaths).toBeGreaterThan(130);
  const content = (pulled: typeof whole) => evidenceOf(pulled).filter((line) => !line.startsWith("github.other"));
  expect(content(broken)).toEqual(content(whole));
  // The late walk reads the first page once more in either case; the store keeps equal answers once.
  expect(doubled(broken, "github.other")).toEqual(doubled(whole, "github.other"));
  expect(broken.outcome).toEqual(whole.outcome);
  // What was lost with each death is asked again, and nothing else but who asks.
  const asked = server.seen.slice(askedBefore).filter(({ path }) => path !== "/user" && path !== "/repos/acme/shop");
  expect(asked.length).toBeLessThan(askedBefore * 2);
});

it("a pull that is stopped at any moment is cancelled, and resumes", async () => {
  const stopping = new AbortController();
  const { github, source } = await startGithub({ pulls: mergedFrom("2025-02-01", 5) });
  github.before = (seen) => {
    if (seen.path.endsWith("/pulls/3/reviews")) stopping.abort();
    return false;
  };
  const double = createPullDouble({ period, signal: stopping.signal });
  const thrown = await driver
    .pull(source, { ...double.context, readSecret: () => githubToken })
    .catch((error: unknown) => error);
  expect(faultOf(thrown).code).toBe("cancelled");
  github.before = () => false;
  const resumed = await pullWithSecret(driver, source, githubToken, {
    after: double,
    signal: new AbortController().signal,
  });
  expect(numbersOf(resumed)).toEqual([1, 2, 3, 4, 5]);
  expect(doubled(resumed, "github.other", "github.pulls")).toEqual([]);
});

it("a request that is updated while the list is read, and so moves behind the reader, is not lost", async () => {
  const { github, source } = await startGithub({ pulls: mergedFrom("2025-02-01", 250) });
  github.before = (seen) => {
    const oldest = github.pulls[0];
    // Number 1 stands on the third page until the first has been read; then somebody comments on it.
    if (seen.path.endsWith("/pulls") && seen.query.get("page") === "2" && oldest) {
      oldest.updatedAt = new Date(Date.now() + 3_600_000).toISOString().replace(/\.\d+/, "");
    }
    return false;
  };
  const pulled = await pullWithSecret(driver, source, githubToken, settings);
  expect(numbersOf(pulled)).toHaveLength(250);
  expect(pulled.outcome.notes.join("\n")).toContain("1 pull requests were found only by reading the newest updates");
  expect(pulled.outcome.tieOuts[0]).toMatchObject({ expected: 250, received: 250 });
});

it("a request that is listed on two pages because another moved to the front is taken once", async () => {
  const { github, source } = await startGithub({ pulls: mergedFrom("2025-02-01", 150) });
  let moved = false;
  github.before = (seen) => {
    if (!moved && seen.path.endsWith("/pulls") && seen.query.get("page") === "2") {
      moved = true;
      github.pulls.push({ number: 999, mergedAt: null, updatedAt: "2026-01-04T00:00:00Z" });
    }
    return false;
  };
  const pulled = await pullWithSecret(driver, source, githubToken, settings);
  expect(numbersOf(pulled)).toHaveLength(150);
  expect(new Set(numbersOf(pulled)).size).toBe(150);
  expect(pulled.outcome.notes.join("\n")).toContain("1 pull requests were listed again");
});

it("a request that slips between two pages because another left the list shows in the tie-out and is fetched then", async () => {
  const { github, source } = await startGithub({
    pulls: [...mergedFrom("2025-02-01", 150), { number: 900, mergedAt: null, updatedAt: "2026-01-01T00:00:00Z" }],
  });
  github.before = (seen) => {
    const closed = github.pulls.find((pull) => pull.number === 900);
    if (seen.path.endsWith("/pulls") && seen.query.get("page") === "2" && closed) closed.state = "open";
    return false;
  };
  const pulled = await pullWithSecret(driver, source, githubToken, settings);
  expect(numbersOf(pulled)).toHaveLength(150);
  expect(pulled.outcome.tieOuts[0]).toMatchObject({ expected: 150, received: 150 });
});

it("when the host's own count differs for good, the tie-out shows it and a note says so", async () => {
  const { source } = await startGithub({ pulls: mergedFrom("2025-02-01", 3), searchTotal: 7 });
  const pulled = await pullWithSecret(driver, source, githubToken, settings);
  expect(pulled.outcome.tieOuts[0]).toMatchObject({ expected: 7, received: 3 });
  expect(pulled.outcome.notes.join("\n")).toContain("differs from the list even after reading the list twice");
  expect(numbersOf(pulled)).toEqual([1, 2, 3]);
});

it("a host that refuses to search leaves the pull without a tie-out, and says so", async () => {
  const { github, source } = await startGithub({ pulls: mergedFrom("2025-02-01", 2) });
  github.before = (seen, response) => {
    if (seen.path !== "/search/issues") return false;
    sendJson(response, { message: "Validation Failed" }, { status: 422 });
    return true;
  };
  const pulled = await pullWithSecret(driver, source, githubToken, settings);
  expect(pulled.outcome.tieOuts.map((tieOut) => tieOut.what)).toEqual([
    "workflow runs of the period and its margin",
    "commits of pull requests",
  ]);
  expect(pulled.outcome.notes.join("\n")).toContain("not tied out");
});

it("more runs than GitHub lists at once are read in parts of the time, all of them", async () => {
  const start = Date.parse("2025-01-01T00:00:00Z");
  const runs = Array.from({ length: 2300 }, (_, index) => {
    return { id: index + 1, createdAt: new Date(start + index * 1_000).toISOString().replace(".000", ""), jobs: 0 };
  });
  const { source } = await startGithub({ runs, pulls: mergedFrom("2025-02-01", 1) });
  const pulled = await pullWithSecret(driver, source, githubToken, settings);
  expect(pulled.outcome.tieOuts[1]).toMatchObject({ expected: 2300, received: 2300 });
  const listed = recordsOf(pulled, "github.runs").flatMap(({ bytes }) => {
    const { workflow_runs: rows } = JSON.parse(Buffer.from(bytes).toString());
    return rows.map((run: { id: number }) => run.id);
  });
  expect(new Set(listed).size).toBe(2300);
  expect(recordsOf(pulled, "github.jobs")).toHaveLength(2300);
});

it.each([404, 403])("a repository whose Actions answer %i covers no builds, and the rest is pulled", async (status) => {
  const { github, source } = await startGithub({ pulls: mergedFrom("2025-02-01", 2) });
  github.before = (seen, response) => {
    if (!seen.path.includes("/actions/")) return false;
    sendJson(response, { message: "no" }, { status });
    return true;
  };
  const { outcome } = await pullWithSecret(driver, source, githubToken, settings);
  expect(outcome.coverage.map(({ kind }) => kind)).toEqual(["requests", "reviews"]);
  expect(outcome.tieOuts).toHaveLength(2);
  expect(outcome.notes.join("\n")).toContain("nothing is known about builds");
});

it("a run of a merge queue is on a branch of its own, and is pulled: it tested the commit that was then released", async () => {
  const { source } = await startGithub({
    pulls: mergedFrom("2025-02-01", 1),
    runs: [
      { id: 1, createdAt: "2025-03-01T00:00:00Z" },
      { id: 2, createdAt: "2025-03-01T00:00:00Z", branch: "gh-readonly-queue/main/pr-1", event: "merge_group" },
      { id: 3, createdAt: "2025-03-01T00:00:00Z", branch: "work", event: "pull_request" },
    ],
  });
  const pulled = await pullWithSecret(driver, source, githubToken, settings);
  const runs = recordsOf(pulled, "github.jobs").map(({ locator }) => /runs\/(\d+)\/jobs/.exec(locator)?.[1]);
  expect(runs).toEqual(["1", "2"]);
  expect(pulled.outcome.tieOuts[1]).toMatchObject({ expected: 2, received: 2 });
});

it("commits and jobs are held to GitHub's own counts of them, and read again when a page came empty", async () => {
  const { github, source } = await startGithub({
    pulls: [{ number: 1, mergedAt: "2025-02-01T00:00:00Z", updatedAt: "2025-02-01T00:00:00Z", commits: 130 }],
    runs: [{ id: 1, createdAt: "2025-03-01T00:00:00Z", jobs: 130 }],
  });
  const emptied = new Set<string>();
  github.before = ({ path, query }, response) => {
    const body = path.endsWith("/jobs") ? { total_count: 130, jobs: [] } : path.endsWith("/commits") ? [] : null;
    if (body === null || query.get("page") !== "2" || emptied.has(path)) return false;
    emptied.add(path);
    sendJson(response, body);
    return true;
  };
  const { outcome, records } = await pullWithSecret(driver, source, githubToken, settings);
  expect(emptied.size).toBe(2);
  expect(outcome.counts).toMatchObject({ "commits of pull requests": 130, "jobs": 130 });
  for (const { expected, received } of outcome.tieOuts) expect(received).toBe(expected);
  expect(outcome.notes.filter((note) => note.includes("was read 2 times"))).toHaveLength(2);
  // The empty pages would be read as pages of the lists.
  expect(recordsOf({ records }, "github.pull-commits")).toHaveLength(2);
  expect(recordsOf({ records }, "github.jobs")).toHaveLength(2);
});

it("of a request with more commits than GitHub lists, the record says how many did not come", async () => {
  const { github, source } = await startGithub({
    pulls: [{ number: 1, mergedAt: "2025-02-01T00:00:00Z", updatedAt: "2025-02-01T00:00:00Z", commits: 250 }],
  });
  github.before = ({ path }, response) => {
    if (!path.endsWith("/pulls/1")) return false;
    sendJson(response, { number: 1, commits: 300 });
    return true;
  };
  const { outcome } = await pullWithSecret(driver, source, githubToken, settings);
  expect(outcome.tieOuts).toContainEqual(
    expect.objectContaining({ what: "commits of pull requests", expected: 300, received: 250 }),
  );
  expect(outcome.notes).toEqual([]);
});

it("a run whose jobs are gone is told, the other runs are read, and no builds are covered", async () => {
  const { github, source } = await startGithub({
    pulls: mergedFrom("2025-02-01", 1),
    runs: [1, 2].map((id) => ({ id, createdAt: "2025-03-01T00:00:00Z" })),
  });
  github.before = (seen, response) => {
    if (!seen.path.endsWith("/actions/runs/1/jobs")) return false;
    sendJson(response, { message: "Not Found" }, { status: 404 });
    return true;
  };
  const { outcome } = await pullWithSecret(driver, source, githubToken, settings);
  expect(outcome.counts).toMatchObject({ "workflow runs": 2, "jobs": 1 });
  expect(outcome.notes).toEqual([
    "The jobs of run 1 are gone from the host, though it lists the run.",
    "Not covered: builds, since workflow runs or jobs that GitHub counts did not come; see the tie-outs.",
  ]);
  expect(outcome.coverage.map(({ kind }) => kind)).not.toContain("builds");
});

it("a token that expires halfway stops the pull as unauthorised; a new one finishes it", async () => {
  const { github, source } = await startGithub({ pulls: mergedFrom("2025-02-01", 6) });
  github.before = (seen) => {
    if (seen.path.endsWith("/pulls/3")) github.token = "renewed";
    return false;
  };
  const double = createPullDouble(settings);
  const thrown = await driver
    .pull(source, { ...double.context, readSecret: () => githubToken })
    .catch((error: unknown) => error);
  expect(faultOf(thrown)).toMatchObject({ code: "http-unauthorised" });
  expect(numbersOf(double).length).toBeGreaterThan(0);
  const resumed = await pullWithSecret(driver, source, "renewed", { after: double });
  expect(numbersOf(resumed)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(doubled(resumed, "github.other", "github.pulls")).toEqual([]);
});

it("a pull that goes on under another account names both", async () => {
  const { github, source } = await startGithub({ pulls: mergedFrom("2025-02-01", 2) });
  const begun = createPullDouble({ ...settings, dieAtSave: 3 });
  await driver.pull(source, { ...begun.context, readSecret: () => githubToken }).catch(() => undefined);
  github.before = (seen, response) => {
    if (seen.path !== "/user") return false;
    sendJson(response, { login: "somebody-else" });
    return true;
  };
  const { outcome } = await pullWithSecret(driver, source, githubToken, { after: begun });
  expect(outcome.identity).toBe("somebody-else");
  expect(outcome.notes).toEqual(["The pull was begun as the-auditor and went on as somebody-else."]);
});

it("the quota's refusal in the middle is waited for", async () => {
  let refused = false;
  const { github, source } = await startGithub({ pulls: mergedFrom("2025-02-01", 3) });
  github.before = (seen, response) => {
    if (refused || !seen.path.endsWith("/pulls/2/reviews")) return false;
    refused = true;
    const message = "You have exceeded a secondary rate limit.";
    sendJson(response, { message }, { status: 403, headers: { "retry-after": "1" } });
    return true;
  };
  const { outcome, requests, progress } = await pullWithSecret(driver, source, githubToken, settings);
  expect(outcome.counts["pull requests"]).toBe(3);
  expect(requests.filter(({ attempts }) => attempts === 2).map(({ asked }) => asked)).toEqual([
    expect.stringContaining("/pulls/2/reviews"),
  ]);
  expect(progress.some((line) => line.startsWith("waiting for GitHub's quota until"))).toBe(true);
});

it("a branch that does not exist is a fault and not an empty repository; an empty one is no fault", async () => {
  const { source } = await startGithub();
  const { outcome } = await pullWithSecret(driver, source, githubToken, settings);
  expect(outcome.tieOuts[0]).toMatchObject({ expected: 0, received: 0 });
  const thrown = await pullWithSecret(driver, { ...source, releaseBranch: "mian" }, githubToken, settings).catch(
    (error: unknown) => error,
  );
  expect(faultOf(thrown)).toMatchObject({ code: "source-invalid", message: expect.stringContaining('"mian"') });
});

it("a period that is not over is covered until the pull began and no longer", async () => {
  const { source } = await startGithub({ pulls: mergedFrom("2025-12-01", 2) });
  const running = { period: resolvePeriod("2025-10-01", "2026-03-31", "UTC") };
  const { outcome } = await pullWithSecret(driver, source, githubToken, running);
  expect(new Set(outcome.coverage.map(({ to }) => to))).toEqual(new Set(["2026-01-05T09:00:00.000Z"]));
  expect(outcome.notes.join("\n")).toContain("vouches for nothing after 2026-01-05T09:00:00.000Z");
  const future = { period: resolvePeriod("2026-06-01", "2026-06-30", "UTC") };
  expect((await pullWithSecret(driver, source, githubToken, future)).outcome.coverage).toEqual([]);
});

it("an answer about another request than the one asked for is refused", async () => {
  const { github, source } = await startGithub({ pulls: mergedFrom("2025-02-01", 2) });
  github.before = (seen, response) => {
    if (!seen.path.endsWith("/pulls/2")) return false;
    sendJson(response, { number: 1 });
    return true;
  };
  const thrown = await pullWithSecret(driver, source, githubToken, settings).catch((error: unknown) => error);
  expect(faultOf(thrown).code).toBe("response-invalid");
});

it("only GET is ever sent, and the token is in nothing that is kept or told", async () => {
  const { server, source } = await startGithub({
    pulls: mergedFrom("2025-02-01", 3),
    runs: [{ id: 1, createdAt: "2025-03-01T00:00:00Z" }],
  });
  const pulled = await pullWithSecret(driver, source, githubToken, settings);
  expect(new Set(server.seen.map(({ method }) => method))).toEqual(new Set(["GET"]));
  expect(everythingKept(pulled)).not.toContain(githubToken);
});

it("the connection test tells who asks, with what rights, and whether they could write", async () => {
  const { github, source } = await startGithub();
  const test = () => {
    const { context } = createPullDouble(settings);
    return driver.test(source, { ...context, readSecret: () => githubToken });
  };
  expect(await test()).toMatchObject({ identity: "the-auditor", canWrite: false, notes: [] });
  github.permissions = { push: true, pull: true };
  expect(await test()).toMatchObject({ canWrite: true });
  github.scopes = "read:org";
  expect(await test()).toMatchObject({ canWrite: false });
  github.scopes = null;
  expect(await test()).toMatchObject({ canWrite: true, access: expect.stringContaining("token scopes: not told") });
});
