import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type DemoServer, startDemoServer } from "../../../../electron/sources/demo/server/demo-server.ts";
import type { DemoServerOptions } from "../../../../electron/sources/demo/server/guard.ts";
import { type MadeSources, makeSources } from "./made-sources.ts";

const token = "a-token-for-the-test";
let made: MadeSources;
const running: DemoServer[] = [];
beforeAll(async () => {
  made = await makeSources();
});
afterAll(() => made[Symbol.asyncDispose]());
afterEach(async () => {
  for (const server of running.splice(0)) await server.close();
});

async function start(options: Partial<DemoServerOptions> = {}): Promise<DemoServer> {
  const server = await startDemoServer(made.sources, { token, ...options });
  running.push(server);
  return server;
}

const bearer = { authorization: `Bearer ${token}` };
const repository = "/repos/northwind/ledger-core";

async function askGithub(server: DemoServer, path: string, headers: Record<string, string> = bearer) {
  const response = await fetch(server.githubUrl + path, { headers });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === "" ? undefined : JSON.parse(text) };
}

async function askJira(server: DemoServer, path: string, init: RequestInit = {}) {
  const basic = Buffer.from(`${server.jiraUser}:${token}`).toString("base64");
  const response = await fetch(server.jiraUrl + path, { headers: { authorization: `Basic ${basic}` }, ...init });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

function linksOf(headers: Headers): Record<string, string> {
  const links = [...(headers.get("link") ?? "").matchAll(/<([^>]+)>; rel="([a-z]+)"/g)];
  return Object.fromEntries(links.map(([, address, rel]) => [rel, address]));
}

describe("the demo's GitHub", () => {
  test("gives a list page by page, each naming its neighbours, until the last", async () => {
    const server = await start();
    const numbers: number[] = [];
    let next: string | undefined = `${server.githubUrl}${repository}/pulls?state=all&per_page=40`;
    let pages = 0;
    while (next) {
      const response: Response = await fetch(next, { headers: bearer });
      numbers.push(...((await response.json()) as { number: number }[]).map(({ number }) => number));
      const links = linksOf(response.headers);
      expect(Object.keys(links).sort()).toEqual(
        [
          ["last", "next"],
          ["first", "last", "next", "prev"],
          ["first", "prev"],
        ][pages],
      );
      next = links["next"];
      pages++;
    }
    expect(pages).toBe(3);
    expect(numbers).toEqual(made.sources.github.requests.map(({ listed }) => listed.number).toReversed());
  });

  test("gives thirty rows unless asked, and a hundred at most", async () => {
    const server = await start();
    expect((await askGithub(server, `${repository}/pulls?state=all`)).body).toHaveLength(30);
    const total = made.sources.github.requests.length;
    expect((await askGithub(server, `${repository}/pulls?state=all&per_page=500`)).body).toHaveLength(
      Math.min(100, total),
    );
    expect((await askGithub(server, `${repository}/pulls?state=all&per_page=100&page=9`)).body).toEqual([]);
  });

  test("filters and sorts requests as asked, and shows open ones alone when not", async () => {
    const server = await start();
    const open = await askGithub(server, `${repository}/pulls`);
    expect(open.body.map((row: { state: string }) => row.state)).toEqual(["open"]);
    const closed = await askGithub(
      server,
      `${repository}/pulls?state=closed&base=main&sort=updated&direction=desc&per_page=100`,
    );
    const times = closed.body.map((row: { updated_at: string }) => row.updated_at);
    expect(times).toEqual(times.toSorted().toReversed());
    expect((await askGithub(server, `${repository}/pulls?state=all&base=other`)).body).toEqual([]);
  });

  test("gives a request with its reviews, commits and timeline", async () => {
    const server = await start();
    const [first] = made.sources.github.requests;
    const path = `${repository}/pulls/${first?.listed.number}`;
    expect((await askGithub(server, path)).body).toEqual(first?.full);
    expect((await askGithub(server, `${path}/reviews`)).body).toEqual(first?.reviews);
    expect((await askGithub(server, `${path}/commits`)).body).toEqual(first?.commits);
    const timeline = await askGithub(server, `${path.replace("pulls", "issues")}/timeline`);
    expect(timeline.body.map((event: { event: string }) => event.event).slice(-2)).toEqual(["merged", "closed"]);
    const ofCommit = await askGithub(server, `${repository}/commits/${first?.listed.merge_commit_sha}/pulls`);
    expect(ofCommit.body).toEqual([first?.listed]);
  });

  test("counts the merged requests of a span of time, as its search does", async () => {
    const server = await start();
    const q = "repo:northwind/ledger-core is:pr is:merged base:main merged:2025-12-31T23:00:00Z..2026-03-31T21:59:59Z";
    const { body } = await askGithub(server, `/search/issues?q=${encodeURIComponent(q)}&per_page=1`);
    const merged = made.sources.answerKey.changes.filter(
      ({ expect: outcomes }) => outcomes["REV-06"].outcome === "pass",
    );
    expect([body.total_count, body.incomplete_results, body.items.length]).toEqual([merged.length, false, 1]);
    const unknown = await askGithub(
      server,
      `/search/issues?q=${encodeURIComponent("repo:northwind/ledger-core sort-of:merged")}`,
    );
    expect([unknown.status, unknown.body.message]).toEqual([422, "Validation Failed"]);
  });

  test("gives the runs of a branch and a span of time with their total, and the jobs of the latest or of all attempts", async () => {
    const server = await start();
    const all = made.sources.github.runs.flatMap(({ attempts }) => attempts.at(-1)?.run ?? []);
    const created = "2026-01-01T00:00:00Z..2026-01-31T23:59:59Z";
    const wanted = all.filter((run) => run.head_branch === "main" && run.created_at.startsWith("2026-01"));
    const { body } = await askGithub(server, `${repository}/actions/runs?branch=main&created=${created}&per_page=5`);
    expect([body.total_count, body.workflow_runs]).toEqual([wanted.length, wanted.slice(0, 5)]);
    const twice = all.find((run) => run.run_attempt === 2 && run.conclusion === "success");
    const jobs = `${repository}/actions/runs/${twice?.id}/jobs`;
    const attemptsOf = ({ body: { jobs: rows } }: { body: { jobs: { run_attempt: number }[] } }) =>
      rows.map((job) => job.run_attempt);
    expect(attemptsOf(await askGithub(server, jobs))).toEqual([2, 2, 2]);
    expect(attemptsOf(await askGithub(server, `${jobs}?filter=all`))).toEqual([1, 1, 1, 2, 2, 2]);
    expect((await askGithub(server, `${repository}/actions/runs/${twice?.id}/attempts/1`)).body.conclusion).toBe(
      "failure",
    );
  });

  test("knows its branch, its rules, the account behind the token and the quota", async () => {
    const server = await start();
    const user = await askGithub(server, "/user");
    expect(user.body.login).toBe("auditor-northwind");
    expect(user.headers.get("x-oauth-scopes")).toBe("read:org, repo");
    expect(user.headers.get("date")).not.toBeNull();
    expect((await askGithub(server, repository)).body.permissions).toMatchObject({ pull: true, push: false });
    expect((await askGithub(server, `${repository}/branches/main`)).body.protected).toBe(true);
    expect((await askGithub(server, `${repository}/branches/other`)).status).toBe(404);
    expect((await askGithub(server, `${repository}/branches/main/protection`)).body.enforce_admins.enabled).toBe(false);
    const rate = await askGithub(server, "/rate_limit");
    expect(rate.body.rate.remaining).toBe(Number(rate.headers.get("x-ratelimit-remaining")));
    expect(rate.body.rate.used).toBe(5);
  });

  test("answers from the client's own copy when nothing changed", async () => {
    const server = await start();
    const first = await askGithub(server, repository);
    const tag = first.headers.get("etag") ?? "";
    const second = await askGithub(server, repository, { ...bearer, "if-none-match": tag });
    expect([second.status, second.body, server.requests.unchanged]).toEqual([304, undefined, 1]);
    expect(second.headers.get("x-ratelimit-remaining")).toBe(first.headers.get("x-ratelimit-remaining"));
  });

  test("refuses a wrong token and none in GitHub's own words", async () => {
    const server = await start();
    const wrong = await askGithub(server, repository, { authorization: "Bearer nonsense" });
    expect([wrong.status, wrong.body.message]).toEqual([401, "Bad credentials"]);
    const none = await askGithub(server, repository, {});
    expect([none.status, none.body.message]).toEqual([401, "Requires authentication"]);
    const unknown = await askGithub(server, "/repos/northwind/other");
    expect([unknown.status, unknown.body]).toEqual([
      404,
      { message: "Not Found", documentation_url: "https://docs.github.com/rest", status: "404" },
    ]);
    expect(server.requests.unauthorised).toBe(2);
  });

  test("gives the same bodies on every port", async () => {
    const [one, other] = [await start(), await start()];
    for (const path of [`${repository}/pulls?state=all&per_page=100`, `${repository}/actions/runs`, "/user"]) {
      expect((await askGithub(one, path)).body).toEqual((await askGithub(other, path)).body);
    }
  });
});

describe("the demo's Jira", () => {
  const search = (jql: string, more = "") => `/rest/api/3/search/jql?jql=${encodeURIComponent(jql)}${more}`;

  test("gives a search page by page by token, without a total, until it says that it is the last", async () => {
    const server = await start();
    const keys: string[] = [];
    let token: string | undefined;
    let pages = 0;
    do {
      const from = token === undefined ? "" : `&nextPageToken=${token}`;
      const { body } = await askJira(
        server,
        search('project = "LED" ORDER BY key ASC', `&fields=summary&maxResults=40${from}`),
      );
      expect(body).not.toHaveProperty("total");
      expect(body.isLast).toBe(body.nextPageToken === undefined);
      keys.push(...body.issues.map(({ key }: { key: string }) => key));
      token = body.nextPageToken;
      pages++;
    } while (token !== undefined);
    expect(pages).toBe(4);
    expect(keys).toEqual(made.sources.jira.map(({ issue }) => issue.key));
  });

  test("gives what was asked for: ids alone, some fields, or everything with the history", async () => {
    const server = await start();
    const ids = await askJira(server, search("project = LED", "&maxResults=1"));
    expect(Object.keys(ids.body.issues[0])).toEqual(["id"]);
    const some = await askJira(server, search("key = LED-1202", "&fields=summary,status"));
    expect(Object.keys(some.body.issues[0].fields)).toEqual(["summary", "status"]);
    const all = await askJira(server, search("key in (LED-1202)", "&fields=*all&expand=changelog"));
    expect(all.body.issues).toEqual(
      made.sources.jira.filter(({ issue }) => issue.key === "LED-1202").map(({ issue }) => issue),
    );
  });

  test("reads days in the account's own zone", async () => {
    const server = await start();
    const before = await askJira(
      server,
      search('project = LED AND created < "2026-04-01"', "&fields=created&maxResults=100"),
    );
    expect(before.body.issues.length).toBeGreaterThan(80);
    for (const { fields } of before.body.issues) expect(fields.created < "2026-04-01").toBe(true);
    const both = await askJira(
      server,
      search('project = LED AND created >= "2026-01-01" AND created < "2026-02-01 00:00"', "&fields=created"),
    );
    for (const { fields } of both.body.issues) expect(fields.created.slice(0, 7)).toBe("2026-01");
  });

  test("counts, and searches by POST as well", async () => {
    const server = await start();
    const post = (path: string, body: object) =>
      askJira(server, path, {
        method: "POST",
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
        body: JSON.stringify(body),
      });
    const counted = await post("/rest/api/3/search/approximate-count", { jql: "project = LED" });
    expect(counted.body).toEqual({ count: made.sources.jira.length });
    const found = await post("/rest/api/3/search/jql", { jql: "project = LED", fields: ["summary"], maxResults: 3 });
    expect(found.body.issues).toHaveLength(3);
    expect(server.requests.writing).toBe(0);
  });

  test("gives a long history page by page", async () => {
    const server = await start();
    const all = made.sources.jira.find(({ issue }) => issue.key === "LED-1000")?.histories ?? [];
    const first = await askJira(server, "/rest/api/3/issue/LED-1000/changelog?maxResults=100");
    expect(first.body).toMatchObject({ startAt: 0, maxResults: 100, total: all.length, isLast: false });
    expect(first.body.nextPage).toContain("startAt=100");
    const second = await askJira(server, "/rest/api/3/issue/LED-1000/changelog?maxResults=100&startAt=100");
    expect(second.body.isLast).toBe(true);
    expect([...first.body.values, ...second.body.values]).toEqual(all);
  });

  test("gives comments, the account, its rights and the project", async () => {
    const server = await start();
    const comments = await askJira(server, "/rest/api/3/issue/LED-1202/comment");
    expect(comments.body.comments).toEqual(made.sources.jira.find(({ issue }) => issue.key === "LED-1202")?.comments);
    expect((await askJira(server, "/rest/api/3/myself")).body).toMatchObject({
      displayName: "External Audit",
      timeZone: "Europe/Berlin",
    });
    const rights = await askJira(
      server,
      "/rest/api/3/mypermissions?projectKey=LED&permissions=EDIT_ISSUES,BROWSE_PROJECTS",
    );
    const { EDIT_ISSUES: edit, BROWSE_PROJECTS: browse } = rights.body.permissions;
    expect([edit.havePermission, browse.havePermission]).toEqual([false, true]);
    expect((await askJira(server, "/rest/api/3/project/LED")).body.key).toBe("LED");
    expect((await askJira(server, "/rest/api/3/serverInfo")).body.deploymentType).toBe("Cloud");
  });

  test.each([
    ["an unbounded search", search("ORDER BY key"), 400, /Unbounded JQL/],
    ["an unknown project", search("project = XYZ"), 400, /'XYZ' does not exist for the field 'project'/],
    ["an unknown field", search("colour = red"), 400, /Field 'colour' does not exist/],
    ["an unknown key", search("key in (LED-9999)"), 400, /'LED-9999' does not exist/],
    ["a token of another search", search("project = LED", "&nextPageToken=bm9uc2Vuc2U"), 400, /nextPageToken/],
    ["an unknown issue", "/rest/api/3/issue/LED-9999/changelog", 404, /Issue does not exist/],
    ["another project", "/rest/api/3/project/XYZ", 404, /No project could be found/],
  ])("refuses %s in Jira's own words", async (_, path, status, words) => {
    const answer = await askJira(await start(), path);
    expect([answer.status, answer.body.errorMessages[0]]).toEqual([status, expect.stringMatching(words)]);
  });

  test("refuses a stranger", async () => {
    const server = await start();
    const wrong = Buffer.from(`somebody@else.example:${token}`).toString("base64");
    for (const headers of [{}, { authorization: "Bearer nonsense" }, { authorization: `Basic ${wrong}` }]) {
      const answer = await askJira(server, "/rest/api/3/myself", { headers });
      expect([answer.status, answer.headers.get("x-seraph-loginreason")]).toEqual([401, "AUTHENTICATED_FAILED"]);
    }
    expect(server.requests.unauthorised).toBe(3);
  });
});

describe("both", () => {
  test.each(["POST", "PUT", "PATCH", "DELETE"])("refuse to be written to by %s, and count it", async (method) => {
    const server = await start();
    const statuses = [
      await fetch(`${server.githubUrl}${repository}/pulls/371`, { method, headers: bearer }),
      await fetch(`${server.jiraUrl}/rest/api/3/issue/LED-1202`, { method, headers: bearer }),
    ].map(({ status }) => status);
    expect([statuses, server.requests.writing]).toEqual([[405, 405], 2]);
  });

  test("refuse once after so many requests, say how long to wait, and go on afterwards", async () => {
    const server = await start({ rateLimitAfter: 2 });
    const github = [1, 2, 3, 4].map(() => `${server.githubUrl}/user`);
    const jira = [1, 2, 3, 4].map(() => `${server.jiraUrl}/rest/api/3/myself`);
    const statuses: number[][] = [];
    for (const addresses of [github, jira]) {
      const answers: Response[] = [];
      for (const address of addresses) answers.push(await fetch(address, { headers: bearer }));
      statuses.push(answers.map(({ status }) => status));
      expect(answers[2]?.headers.get("retry-after")).toBe("1");
    }
    expect(statuses).toEqual([
      [200, 200, 403, 403],
      [200, 200, 429, 429],
    ]);
    expect(server.requests.limited).toBe(4);
    await new Promise((resolve) => setTimeout(resolve, 1100));
    for (const address of [github[0], jira[0]]) {
      expect((await fetch(address ?? "", { headers: bearer })).status).toBe(200);
    }
  });

  test("listen on this machine only and stop when told", async () => {
    const server = await start();
    expect([server.githubUrl, server.jiraUrl].every((url) => url.startsWith("http://127.0.0.1:"))).toBe(true);
    await server.close();
    await expect(fetch(server.githubUrl)).rejects.toThrow();
    await expect(fetch(server.jiraUrl)).rejects.toThrow();
  });
});
