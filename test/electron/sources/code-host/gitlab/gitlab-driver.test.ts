import { hash } from "node:crypto";
import { expect, it } from "vitest";
import { createGitlabDriver } from "../../../../../electron/sources/code-host/gitlab/gitlab-driver.ts";
import type { EarlierAnswer } from "../../../../../electron/sources/source-driver.ts";
import { faultOf } from "../../../../../shared/errors.ts";
import { resolvePeriod } from "../../../../../shared/model/period.ts";
import { sendJson, startServer } from "../../http/loopback-server.ts";
import { createPullDouble, evidenceOf, recordsOf } from "../../pull-double.ts";
import { everythingKept, pullDyingAtEverySave, pullWithSecret } from "../../pull-with-secret.ts";
import { quickLimits } from "../fake-github.ts";
import { type FakeRequest, gitlabToken, startGitlab } from "./fake-gitlab.ts";

const driver = createGitlabDriver(quickLimits);
const period = resolvePeriod("2025-01-01", "2025-06-30", "UTC");
const settings = { period };

function merged(count: number, from = 1): FakeRequest[] {
  return Array.from({ length: count }, (_, index) => {
    const at = new Date(Date.UTC(2025, 1, 1) + index * 3_600_000).toISOString();
    return { iid: from + index, mergedAt: at, updatedAt: at, createdAt: at };
  });
}

function numbersOf({ records }: { records: readonly { format: string; locator: string }[] }): number[] {
  return records
    .filter(({ format }) => format === "gitlab.merge-request")
    .map(({ locator }) => Number(locator.slice(locator.lastIndexOf("/") + 1)))
    .sort((one, other) => one - other);
}

async function faultFrom(pulling: Promise<unknown>) {
  return faultOf(await pulling.catch((error: unknown) => error));
}

it("every request merged in the period and its margin comes with all that hangs on it, and pipelines and deployments besides", async () => {
  const { source } = await startGitlab({
    requests: [
      { iid: 1, mergedAt: "2024-11-30T23:59:59.000Z", updatedAt: "2025-03-01T00:00:00.000Z" },
      { iid: 2, mergedAt: "2024-12-02T00:00:00.000Z", updatedAt: "2024-12-02T00:00:00.000Z" },
      {
        iid: 3,
        mergedAt: "2025-03-01T00:00:00.000Z",
        updatedAt: "2025-03-01T00:00:00.000Z",
        notes: [{ body: "approved this merge request", by: "rita", at: "2025-02-28T12:00:00.000Z" }],
      },
      { iid: 4, mergedAt: "2025-07-31T00:00:00.000Z", updatedAt: "2025-07-31T00:00:00.000Z" },
      { iid: 5, mergedAt: "2025-03-01T00:00:00.000Z", updatedAt: "2025-03-01T00:00:00.000Z", target: "other" },
    ],
    pipelines: [{ iid: 1, updatedAt: "2025-03-01T01:00:00.000Z" }],
    deployments: [{ iid: 1, updatedAt: "2025-03-01T02:00:00.000Z", approvedBy: "rita" }],
  });
  const pulled = await pullWithSecret(driver, source, gitlabToken, settings);
  expect(numbersOf(pulled)).toEqual([2, 3]);
  expect(pulled.outcome.counts).toMatchObject({
    "merge requests": 2,
    "notes": 1,
    "pipelines": 1,
    "jobs": 1,
    "deployments": 1,
  });
  expect(pulled.outcome.tieOuts).toContainEqual(
    expect.objectContaining({ what: "merge requests listed", expected: 4, received: 4 }),
  );
  for (const { expected, received } of pulled.outcome.tieOuts) expect(received).toBe(expected);
  const covered = pulled.outcome.coverage.map(({ kind }) => kind);
  expect(covered).toEqual([
    "requests",
    "reviews",
    "events",
    "comments",
    "builds",
    "deployments",
    "gates",
    "protection",
  ]);
  expect(pulled.outcome.coverage[0]).toEqual({ kind: "requests", scope: "shop", from: period.start, to: period.end });
  expect(pulled.outcome).toMatchObject({ identity: "the-auditor", notes: [] });
  expect(everythingKept(pulled)).not.toContain(gitlabToken);
});

it("lists are read to the end and once more, with or without the host's own total", async () => {
  const { source, gitlab } = await startGitlab({ requests: merged(230) });
  const whole = await pullWithSecret(driver, source, gitlabToken, settings);
  expect(numbersOf(whole)).toHaveLength(230);
  expect(whole.progress).toContain("merge requests 100 of 230");
  gitlab.totals = false;
  const untold = await pullWithSecret(driver, source, gitlabToken, settings);
  expect(numbersOf(untold)).toHaveLength(230);
  expect(untold.outcome.tieOuts.filter(({ what }) => what.startsWith("merge requests"))).toEqual([]);
});

it("a request that slips to an earlier page while the list is read is found, and none is fetched twice", async () => {
  const { source, gitlab, host } = await startGitlab({ requests: merged(150) });
  host.before = (seen) => {
    // The first row leaves the list before page 2 is asked, so row 101 moves to page 1, behind the reader.
    if (seen.path.endsWith("/merge_requests") && seen.query.get("page") === "2")
      gitlab.requests = gitlab.requests.slice(-149);
    return false;
  };
  const pulled = await pullWithSecret(driver, source, gitlabToken, settings);
  expect(numbersOf(pulled)).toEqual(Array.from({ length: 150 }, (_, index) => index + 1));
  expect(pulled.outcome.notes.join(" ")).toContain("1 rows were found only by reading a list once more");
  const single = recordsOf(pulled, "gitlab.merge-request");
  expect(new Set(single.map(({ locator }) => locator)).size).toBe(single.length);
});

it("a pull that dies at every step goes on without losing or doubling anything", async () => {
  const world = {
    requests: merged(60),
    pipelines: [1, 2, 3].map((iid) => ({ iid, updatedAt: "2025-03-01T01:00:00.000Z" })),
    deployments: [1, 2].map((iid) => ({ iid, updatedAt: "2025-03-01T02:00:00.000Z" })),
  };
  const { source } = await startGitlab(world);
  const whole = await pullWithSecret(driver, source, gitlabToken, settings);
  const broken = await pullDyingAtEverySave(driver, source, gitlabToken, settings);
  expect(broken.deaths).toBeGreaterThan(60);
  const content = (pulled: typeof whole) => [
    ...new Set(evidenceOf(pulled).filter((line) => !line.startsWith("gitlab.other"))),
  ];
  expect(content(broken)).toEqual(content(whole));
  expect(broken.outcome).toEqual(whole.outcome);
});

it("a pull that is stopped resumes at the page and asks nothing again that it has", async () => {
  const stopping = new AbortController();
  const { source, host, server } = await startGitlab({ requests: merged(120) });
  host.before = (seen) => {
    if (seen.path.endsWith("/merge_requests/110/commits")) stopping.abort();
    return false;
  };
  const double = createPullDouble({ period, signal: stopping.signal });
  const fault = await faultFrom(driver.pull(source, { ...double.context, readSecret: () => gitlabToken }));
  expect(fault.code).toBe("cancelled");
  host.before = () => false;
  const asked = server.seen.length;
  await pullWithSecret(driver, source, gitlabToken, { after: double, signal: new AbortController().signal });
  const again = server.seen.slice(asked).filter(({ path }) => /\/merge_requests\/\d+$/.test(path));
  expect(again.map(({ path }) => Number(path.slice(path.lastIndexOf("/") + 1)))).toEqual(
    Array.from({ length: 11 }, (_, index) => 110 + index),
  );
});

it("what the host refuses is told as not readable and covers nothing, and is asked for only once", async () => {
  const { source, server } = await startGitlab({
    requests: merged(5),
    pipelines: [{ iid: 1, updatedAt: "2025-03-01T01:00:00.000Z" }],
    forbidden: /approval_rules|protected_branches|\/pipelines$/,
  });
  const { outcome } = await pullWithSecret(driver, source, gitlabToken, settings);
  expect(outcome.coverage.map(({ kind }) => kind)).toEqual([
    "requests",
    "reviews",
    "events",
    "comments",
    "deployments",
    "gates",
  ]);
  const notes = outcome.notes.join("\n");
  for (const name of ["protected branches", "pipelines", "approval rules of merge requests"])
    expect(notes).toContain(`Not readable, so nothing is known about it: ${name}.`);
  expect(server.seen.filter(({ path }) => /\/merge_requests\/\d+\/approval_rules$/.test(path))).toHaveLength(1);
});

it("a list that never comes as GitLab counts it is told, and what it is a part of is covered no more", async () => {
  const { source, host } = await startGitlab({
    requests: merged(2),
    pipelines: [{ iid: 1, updatedAt: "2025-03-01T01:00:00.000Z" }],
  });
  let asked = 0;
  host.before = ({ path }, response) => {
    if (!path.endsWith("/merge_requests/1/notes")) return false;
    asked += 1;
    sendJson(response, [], { headers: { "x-total": "3" } });
    return true;
  };
  const { outcome } = await pullWithSecret(driver, source, gitlabToken, settings);
  expect(asked).toBe(3);
  expect(outcome.tieOuts).toContainEqual(expect.objectContaining({ what: "notes", expected: 3, received: 0 }));
  expect(outcome.notes.join("\n")).toContain("The host counts 3 rows in it and gave 0.");
  expect(outcome.notes.join("\n")).toContain("Not covered: merge requests");
  expect(outcome.coverage.map(({ kind }) => kind)).toEqual(["builds", "deployments", "gates", "protection"]);
});

it("a pipeline that another one started comes with its jobs too, and none comes twice where GitLab cannot tell them apart", async () => {
  const updatedAt = "2025-03-01T01:00:00.000Z";
  const { source, gitlab } = await startGitlab({
    pipelines: [
      { iid: 1, updatedAt },
      { iid: 2, updatedAt, isChild: true },
      { iid: 3, updatedAt, isChild: true, ref: "other" },
    ],
  });
  const { outcome } = await pullWithSecret(driver, source, gitlabToken, settings);
  expect(outcome.counts).toMatchObject({ pipelines: 1, "child pipelines": 1, jobs: 2 });
  gitlab.asksBySource = false;
  const old = await pullWithSecret(driver, source, gitlabToken, settings);
  expect(old.outcome.counts).toMatchObject({ pipelines: 1, "child pipelines": 0, jobs: 1 });
});

it("a re-pull asks whether each answer still holds, and takes the same evidence when it does", async () => {
  const { source, server } = await startGitlab({ requests: merged(20) }, { etags: true });
  const first = await pullWithSecret(driver, source, gitlabToken, settings);
  const known = new Map<string, EarlierAnswer>();
  for (const { asked, sha256, headers = {} } of first.requests) {
    const record = first.records.find(({ bytes }) => hash("sha256", bytes) === sha256);
    if (record) known.set(asked, { headers, read: () => record.bytes });
  }
  const before = server.seen.length;
  const second = await pullWithSecret(driver, source, gitlabToken, {
    period,
    earlier: (asked) => known.get(asked) ?? null,
  });
  expect(evidenceOf(second)).toEqual(evidenceOf(first));
  expect(new Set(second.requests.map(({ status }) => status))).toEqual(new Set([304]));
  expect(server.seen.slice(before).every(({ headers }) => headers["if-none-match"] !== undefined)).toBe(true);
  expect(second.outcome.tieOuts).toEqual(first.outcome.tieOuts);
});

it("a token that can write is warned of, and one that cannot is not", async () => {
  const test = async (changes: Parameters<typeof startGitlab>[0]) => {
    const { source } = await startGitlab(changes);
    return driver.test(source, { ...createPullDouble(settings).context, readSecret: () => gitlabToken });
  };
  expect(await test({ scopes: ["read_api"], accessLevel: 50 })).toEqual({
    identity: "the-auditor",
    access: "token scopes: read_api; access level on the project: 50",
    canWrite: false,
    notes: [],
  });
  expect((await test({ scopes: ["api"], accessLevel: 30 })).canWrite).toBe(true);
  expect((await test({ scopes: ["api"], accessLevel: 20 })).canWrite).toBe(false);
  expect((await test({ scopes: null, accessLevel: 40 })).canWrite).toBe(true);
});

it("an unknown branch, a wrong token and a missing project are each told for what they are", async () => {
  const { source, server } = await startGitlab();
  const pull = (changes: Partial<typeof source>, secret = gitlabToken) =>
    faultFrom(pullWithSecret(driver, { ...source, ...changes }, secret, settings));
  expect(await pull({ releaseBranch: "nope" })).toMatchObject({
    code: "source-invalid",
    message: expect.stringContaining('"nope"'),
  });
  expect(await pull({}, "wrong")).toMatchObject({ code: "http-unauthorised" });
  expect(await pull({ project: "acme/other" })).toMatchObject({ code: "http-not-found" });
  expect(new Set(server.seen.map(({ method }) => method))).toEqual(new Set(["GET"]));
});

it("a quota that is used up in the middle is waited for, in GitLab's own headers", async () => {
  let refused = false;
  const { source, host } = await startGitlab({ requests: merged(3) });
  host.before = (seen, response) => {
    if (refused || !seen.path.endsWith("/2/notes")) return false;
    refused = true;
    const reset = String(Math.ceil(Date.now() / 1000));
    sendJson(response, {}, { status: 429, headers: { "ratelimit-remaining": "0", "ratelimit-reset": reset } });
    return true;
  };
  const pulled = await pullWithSecret(driver, source, gitlabToken, settings);
  expect(numbersOf(pulled)).toEqual([1, 2, 3]);
  expect(refused).toBe(true);
});

it("a redirect to another host ends the pull without the token being sent there", async () => {
  const other = await startServer((_seen, response) => sendJson(response, []));
  const { source, host } = await startGitlab({ requests: merged(2) });
  host.before = (seen, response) => {
    if (!seen.path.endsWith("/1/notes")) return false;
    sendJson(response, {}, { status: 302, headers: { location: `${other.url}/notes` } });
    return true;
  };
  expect(await faultFrom(pullWithSecret(driver, source, gitlabToken, settings))).toMatchObject({
    code: "http-redirected-away",
  });
  expect(other.seen).toEqual([]);
});
