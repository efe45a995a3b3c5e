import { expect, it } from "vitest";
import { createJiraDriver } from "../../../../electron/sources/jira/jira-driver.ts";
import { faultOf } from "../../../../shared/errors.ts";
import { resolvePeriod } from "../../../../shared/model/period.ts";
import { quickLimits } from "../code-host/fake-github.ts";
import { factsOf } from "../deploy/tool-under-test.ts";
import { sendJson } from "../http/loopback-server.ts";
import { createPullDouble, evidenceOf, recordsOf } from "../pull-double.ts";
import { doubled, everythingKept, pullDyingAtEverySave, pullWithSecret } from "../pull-with-secret.ts";
import { type FakeIssue, jiraToken, startJira } from "./fake-jira.ts";

const driver = createJiraDriver(quickLimits);
const period = resolvePeriod("2025-01-01", "2025-06-30", "UTC");
const settings = { period };

function issues(count: number, more: Partial<FakeIssue> = {}): FakeIssue[] {
  return Array.from({ length: count }, (_, index) => ({
    key: `SHOP-${index + 1}`,
    created: "2025-02-01T10:00:00.000+0100",
    ...more,
  }));
}

function keysOf(pulled: Parameters<typeof recordsOf>[0]): string[] {
  return recordsOf(pulled, "jira.issues").flatMap(({ bytes }) =>
    JSON.parse(Buffer.from(bytes).toString()).issues.map((issue: { key: string }) => issue.key),
  );
}

it("every ticket that existed by the end of the period and its margin comes, however long nobody touched it", async () => {
  const { source } = await startJira({
    issues: [
      { key: "SHOP-1", created: "2019-05-01T10:00:00.000+0100" },
      { key: "SHOP-2", created: "2025-06-30T23:00:00.000+0000" },
      { key: "SHOP-3", created: "2025-07-20T23:00:00.000+0000" },
      { key: "SHOP-4", created: "2025-09-01T00:00:00.000+0000" },
      { key: "OPS-1", created: "2025-03-01T00:00:00.000+0000" },
    ],
  });
  const both = { ...source, projects: ["SHOP", "OPS"] };
  const pulled = await pullWithSecret(driver, both, jiraToken, settings);
  expect(keysOf(pulled)).toEqual(["SHOP-1", "SHOP-2", "SHOP-3", "OPS-1"]);
  expect(pulled.outcome.tieOuts).toEqual([
    expect.objectContaining({ what: "tickets of SHOP", expected: 3, received: 3 }),
    expect.objectContaining({ what: "tickets of OPS", expected: 1, received: 1 }),
  ]);
  const covered = { kind: "tickets", from: period.start, to: period.end };
  expect(pulled.outcome.coverage).toEqual([
    { ...covered, scope: "SHOP" },
    { ...covered, scope: "OPS" },
  ]);
  expect(pulled.outcome).toMatchObject({ identity: "The Auditor (account-1)", notes: [] });
  expect(pulled.outcome.access).toBe("rights that change tickets: none");
});

it("a history longer than its page is fetched whole, page by page", async () => {
  const { source } = await startJira({
    issues: [
      ...issues(2, { histories: 5 }),
      { key: "SHOP-3", created: "2025-02-01T10:00:00.000+0100", histories: 250 },
    ],
  });
  const pulled = await pullWithSecret(driver, source, jiraToken, settings);
  const pages = recordsOf(pulled, "jira.changelog");
  expect(pages.map(({ locator }) => new URL(locator).search)).toEqual([
    "?startAt=0&maxResults=100",
    "?startAt=100&maxResults=100",
    "?startAt=200&maxResults=100",
  ]);
  expect(pages.every(({ locator }) => locator.includes("/issue/SHOP-3/changelog"))).toBe(true);
  expect(pulled.outcome.counts).toMatchObject({ "tickets": 3, "entries of long histories": 250 });
});

it("a pull that dies at every step goes on without losing or doubling anything", async () => {
  const { source } = await startJira({ issues: issues(23, { histories: 7, comments: 2 }), pageSize: 4 });
  const whole = await pullWithSecret(driver, source, jiraToken, settings);
  const broken = await pullDyingAtEverySave(driver, source, jiraToken, settings);
  expect(broken.deaths).toBeGreaterThan(20);
  const content = (pulled: typeof whole) => evidenceOf(pulled).filter((line) => !line.startsWith("jira.other"));
  expect(content(broken)).toEqual(content(whole));
  expect(doubled(broken, "jira.other")).toEqual([]);
  expect(broken.outcome).toEqual(whole.outcome);
});

it("while a page is stored, the next one of its list is on its way, of the tickets and of the keys", async () => {
  const { server, source } = await startJira({ issues: issues(12), pageSize: 4 });
  const double = createPullDouble(settings);
  const asked: number[] = [];
  const searches = () => server.seen.filter(({ path }) => path.endsWith("/search/jql")).length;
  const save: typeof double.context.save = async (step) => {
    await new Promise((later) => setTimeout(later, 30));
    asked.push(searches());
    await double.context.save(step);
  };
  await driver.pull(source, { ...double.context, save, readSecret: () => jiraToken });
  // First who asks; three pages of tickets and three of keys; to the next project; and whether it is still the same account.
  expect(asked).toEqual([0, 2, 3, 3, 5, 6, 6, 6, 6]);
  expect(keysOf(double)).toEqual(issues(12).map(({ key }) => key));
});

it("a page that seems to lead elsewhere than it does is followed to where it does", async () => {
  const { jira, server, source } = await startJira({ issues: issues(12), pageSize: 4 });
  const whole = await pullWithSecret(driver, source, jiraToken, settings);
  jira.before = (seen, response) => {
    if (!seen.path.endsWith("/search/jql") || seen.query.has("nextPageToken")) return false;
    const end = response.end.bind(response);
    const further = (text: string) => end(text.replace(/\}$/, ',"then":{"nextPageToken":"offset-8"}}'));
    response.end = further as typeof response.end;
    return false;
  };
  const seen = server.seen.length;
  const pulled = await pullWithSecret(driver, source, jiraToken, settings);
  expect(server.seen.slice(seen).filter(({ query }) => query.get("nextPageToken") === "offset-8")).toHaveLength(4);
  expect(keysOf(pulled)).toEqual(keysOf(whole));
  expect(pulled.outcome).toEqual(whole.outcome);
});

it.each(["*all", "created"])(
  "a fault on a page of fields %s ends the pull; what came before is kept, and it goes on from there",
  async (fields) => {
    const { jira, source } = await startJira({ issues: issues(12), pageSize: 4 });
    const whole = await pullWithSecret(driver, source, jiraToken, settings);
    jira.before = (seen, response) => {
      if (seen.query.get("fields") !== fields || seen.query.get("nextPageToken") !== "offset-8") return false;
      sendJson(response, { message: "no" }, { status: 403 });
      return true;
    };
    const double = createPullDouble(settings);
    const context = { ...double.context, readSecret: () => jiraToken };
    const thrown = await driver.pull(source, context).catch((error: unknown) => error);
    expect(faultOf(thrown).code).toBe("http-forbidden");
    expect(recordsOf(double, "jira.issues")).toHaveLength(fields === "*all" ? 2 : 3);
    jira.before = () => false;
    const resumed = await pullWithSecret(driver, source, jiraToken, { after: double });
    expect(keysOf(resumed)).toEqual(keysOf(whole));
    expect(resumed.outcome).toEqual(whole.outcome);
  },
);

it("a ticket that slips between two pages is found by the list of keys and fetched by its key", async () => {
  const { jira, source } = await startJira({ issues: issues(10), pageSize: 4 });
  jira.before = (seen) => {
    // Number 1 is deleted after the first page, so that number 5 moves up onto it.
    if (seen.query.get("nextPageToken") === "offset-4" && seen.query.get("fields") === "*all") {
      jira.issues = jira.issues.filter(({ key }) => key !== "SHOP-1");
    }
    return false;
  };
  const pulled = await pullWithSecret(driver, source, jiraToken, settings);
  expect(new Set(keysOf(pulled))).toEqual(new Set(issues(10).map(({ key }) => key)));
  expect(pulled.outcome.tieOuts).toEqual([expect.objectContaining({ expected: 9, received: 9 })]);
});

it("a ticket that is listed and cannot be had stays a difference in the tie-out", async () => {
  const { jira, source } = await startJira({ issues: issues(3) });
  const all = jira.issues;
  jira.before = (seen) => {
    jira.issues = seen.query.get("fields") === "created" ? all : all.slice(0, 2);
    return false;
  };
  const pulled = await pullWithSecret(driver, source, jiraToken, settings);
  expect(pulled.outcome.tieOuts).toEqual([expect.objectContaining({ expected: 3, received: 2 })]);
});

it("a ticket raised after the pull began is no difference", async () => {
  const { jira, source } = await startJira({ issues: issues(3) });
  jira.before = (seen) => {
    if (seen.query.get("fields") === "created" && jira.issues.length === 3) {
      jira.issues.push({ key: "SHOP-4", created: "2026-01-06T00:00:00.000+0000" });
    }
    return false;
  };
  const running = { period: resolvePeriod("2025-10-01", "2026-03-31", "UTC") };
  const { outcome } = await pullWithSecret(driver, source, jiraToken, running);
  expect(outcome.tieOuts).toEqual([expect.objectContaining({ expected: 3, received: 3 })]);
  expect(outcome.coverage).toEqual([expect.objectContaining({ to: "2026-01-05T09:00:00.000Z" })]);
});

it("a page token that ran out during a long interruption begins the list again, and only the list", async () => {
  const { jira, source } = await startJira({ issues: issues(10), pageSize: 4 });
  const begun = createPullDouble({ ...settings, dieAtSave: 4 });
  await driver.pull(source, { ...begun.context, readSecret: () => jiraToken }).catch(() => undefined);
  let stale = true;
  jira.before = (seen, response) => {
    if (!stale || !seen.query.has("nextPageToken")) return false;
    stale = false;
    sendJson(response, { errorMessages: ["The nextPageToken has expired."] }, { status: 400 });
    return true;
  };
  const resumed = await pullWithSecret(driver, source, jiraToken, { after: begun });
  expect(new Set(keysOf(resumed)).size).toBe(10);
  expect(resumed.outcome.counts.tickets).toBe(10);
  expect(resumed.outcome.notes).toEqual(["The list of SHOP was begun again, since its page token had run out."]);
});

it("a search that is refused in the middle of a running pull is a fault and does not begin again", async () => {
  const { jira, source } = await startJira({ issues: issues(10), pageSize: 4 });
  jira.before = (seen, response) => {
    if (!seen.query.has("nextPageToken")) return false;
    sendJson(response, { errorMessages: ["no"] }, { status: 400 });
    return true;
  };
  const thrown = await pullWithSecret(driver, source, jiraToken, settings).catch((error: unknown) => error);
  expect(faultOf(thrown).code).toBe("http-unexpected-status");
});

it("a site that gives the same page for ever is left", async () => {
  const { jira, source } = await startJira({ issues: issues(3) });
  jira.before = (seen, response) => {
    if (seen.path !== "/rest/api/3/search/jql") return false;
    sendJson(
      response,
      { issues: [], nextPageToken: "again", isLast: false },
      { headers: { "x-aaccountid": "account-1" } },
    );
    return true;
  };
  const thrown = await pullWithSecret(driver, source, jiraToken, settings).catch((error: unknown) => error);
  expect(faultOf(thrown).code).toBe("response-invalid");
});

it("an answer as to a stranger, with status 200, is refused before it is kept", async () => {
  const { jira, source } = await startJira({ issues: issues(10), pageSize: 4 });
  const asStranger = [{ "x-seraph-loginreason": "AUTHENTICATED_FAILED" }, {}] as const;
  for (const headers of asStranger) {
    jira.before = (seen, response) => {
      if (!seen.query.has("nextPageToken")) return false;
      sendJson(response, { issues: [], isLast: true }, { headers: { ...headers } });
      return true;
    };
    const double = createPullDouble(settings);
    const thrown = await driver
      .pull(source, { ...double.context, readSecret: () => jiraToken })
      .catch((error: unknown) => error);
    expect(faultOf(thrown).code).toBe("http-unauthorised");
    expect(recordsOf(double, "jira.issues")).toHaveLength(1);
  }
});

it("when the site no longer knows the account at the end, the pull is a fault and begins from nothing", async () => {
  const { jira, source } = await startJira({ issues: issues(10), accountHeader: null, pageSize: 4 });
  let stranger = false;
  jira.before = (seen, response) => {
    if (seen.query.has("nextPageToken")) stranger = true;
    if (!stranger) return false;
    const body = seen.path.endsWith("/myself") ? { displayName: "Anonymous" } : { issues: [], isLast: true };
    sendJson(response, body);
    return true;
  };
  const double = createPullDouble(settings);
  const thrown = await driver
    .pull(source, { ...double.context, readSecret: () => jiraToken })
    .catch((error: unknown) => error);
  expect(faultOf(thrown)).toMatchObject({ code: "http-unauthorised" });
  jira.before = () => false;
  const resumed = await pullWithSecret(driver, source, jiraToken, { after: double });
  expect(new Set(keysOf(resumed)).size).toBe(10);
  expect(resumed.outcome.tieOuts).toEqual([expect.objectContaining({ expected: 10, received: 10 })]);
});

it("an unknown project is a fault in Jira's own words, in the test of the connection and in the pull", async () => {
  const { source } = await startJira({ issues: issues(1) });
  const wrong = { ...source, projects: ["NOPE"] };
  const { context } = createPullDouble(settings);
  const tested = await driver.test(wrong, { ...context, readSecret: () => jiraToken }).catch((e: unknown) => e);
  expect(faultOf(tested).message).toContain("The value 'NOPE' does not exist for the field 'project'.");
  const pulled = await pullWithSecret(driver, wrong, jiraToken, settings).catch((error: unknown) => error);
  expect(faultOf(pulled).code).toBe("http-unexpected-status");
});

it("a wrong token is unauthorised; with a user it is basic authentication, without one a bearer token", async () => {
  const { server, source } = await startJira({ issues: issues(1) });
  const wrong = await pullWithSecret(driver, source, "wrong", settings).catch((error: unknown) => error);
  expect(faultOf(wrong).code).toBe("http-unauthorised");
  const { user: _user, ...anonymous } = source;
  await pullWithSecret(driver, anonymous, jiraToken, settings);
  expect(server.seen.at(-1)?.headers.authorization).toBe(`Bearer ${jiraToken}`);
});

it("comments beyond those that the page held are fetched, and each is read once", async () => {
  const { source } = await startJira({
    issues: [...issues(1, { comments: 3 }), ...issues(2, { comments: 230, commentsShown: 20 }).slice(1)],
  });
  const pulled = await pullWithSecret(driver, source, jiraToken, settings);
  expect(pulled.outcome.counts.comments).toBe(233);
  expect(recordsOf(pulled, "jira.comments")).toHaveLength(3);
  const comments = factsOf(pulled, source, "ticket-comment");
  expect(new Set(comments.map(({ key, id }) => `${key} ${id}`)).size).toBe(233);
  expect(comments).toHaveLength(233);
});

it("approvals, links and pull requests are asked for, of the tickets that were touched in the period", async () => {
  const approver = { approver: { accountId: "account-7" }, approverDecision: "approved" };
  const approvals = [
    {
      id: "5",
      name: "Change board",
      finalDecision: "approved",
      completedDate: { iso8601: "2025-02-03T10:00:00+0100" },
      approvers: [approver],
    },
  ];
  const old = { key: "SHOP-9", created: "2019-05-01T10:00:00.000+0100" };
  const { server, source } = await startJira({ issues: [...issues(2, { approvals }), old] });
  const asking = { ...source, approvals: true, remoteLinks: true, development: ["GitHub"] };
  const pulled = await pullWithSecret(driver, asking, jiraToken, settings);
  expect(factsOf(pulled, asking, "ticket-approval")[0]).toMatchObject({
    key: "SHOP-1",
    by: "account-7",
    decision: "approved",
    stage: "Change board",
    at: "2025-02-03T09:00:00.000Z",
  });
  expect(factsOf(pulled, asking, "ticket-link").map(({ key, url }) => `${key} ${url}`)).toEqual([
    "SHOP-1 https://docs.example/SHOP-1",
    "SHOP-1 https://host.example/pull/SHOP-1",
    "SHOP-2 https://docs.example/SHOP-2",
    "SHOP-2 https://host.example/pull/SHOP-2",
  ]);
  expect(server.seen.some(({ path }) => path.includes("SHOP-9"))).toBe(false);
  expect(pulled.outcome.coverage.map(({ kind }) => kind)).toEqual(["tickets", "decisions"]);
});

it("tickets that are no requests of a service desk have no approvals: that is told, and nothing is claimed", async () => {
  const { source } = await startJira({ issues: issues(2) });
  const { outcome } = await pullWithSecret(driver, { ...source, approvals: true }, jiraToken, settings);
  expect(outcome.notes).toEqual([
    "Jira did not let this account read the approvals of 2 tickets, or has none for them.",
  ]);
  expect(outcome.coverage.map(({ kind }) => kind)).toEqual(["tickets"]);
});

it("a Jira Server is asked over version 2, page by page of its own count, with a personal access token", async () => {
  const { server, source } = await startJira({ issues: issues(23, { comments: 2 }), pageSize: 4, accountHeader: null });
  const { user: _user, ...bearer } = source;
  const onPremises = { ...bearer, flavour: "server" as const };
  const whole = await pullWithSecret(driver, onPremises, jiraToken, settings);
  expect(new Set(keysOf(whole)).size).toBe(23);
  expect(whole.outcome.tieOuts).toEqual([expect.objectContaining({ expected: 23, received: 23 })]);
  expect(server.seen.every(({ path }) => path.startsWith("/rest/api/2/"))).toBe(true);
  expect(server.seen.at(-1)?.headers.authorization).toBe(`Bearer ${jiraToken}`);
  const broken = await pullDyingAtEverySave(driver, onPremises, jiraToken, settings);
  expect(doubled(broken, "jira.other")).toEqual([]);
  expect(broken.outcome).toEqual(whole.outcome);
});

it("a ticket that slips between two pages of a Jira Server is found by the list of keys", async () => {
  const { jira, source } = await startJira({ issues: issues(10), pageSize: 4, accountHeader: null });
  jira.before = (seen) => {
    if (seen.query.get("startAt") === "4" && seen.query.get("fields") === "*all") {
      jira.issues = jira.issues.filter(({ key }) => key !== "SHOP-1");
    }
    return false;
  };
  const pulled = await pullWithSecret(driver, { ...source, flavour: "server" }, jiraToken, settings);
  expect(new Set(keysOf(pulled))).toEqual(new Set(issues(10).map(({ key }) => key)));
  expect(pulled.outcome.tieOuts).toEqual([expect.objectContaining({ expected: 9, received: 9 })]);
});

it("rights that change tickets are told, since an auditor should ask for less", async () => {
  const { jira, source } = await startJira({ issues: issues(1), writing: ["EDIT_ISSUES"] });
  const { context } = createPullDouble(settings);
  const test = () => driver.test(source, { ...context, readSecret: () => jiraToken });
  expect(await test()).toMatchObject({
    canWrite: true,
    access: "rights that change tickets: SHOP: EDIT_ISSUES",
  });
  jira.before = (seen, response) => {
    if (!seen.path.endsWith("/mypermissions")) return false;
    sendJson(response, {}, { status: 404 });
    return true;
  };
  expect(await test()).toMatchObject({ canWrite: null, access: "rights not told" });
});

it("only GET is ever sent, and the token is in nothing that is kept or told", async () => {
  const { server, source } = await startJira({ issues: issues(30, { histories: 9 }), pageSize: 7 });
  const pulled = await pullWithSecret(driver, source, jiraToken, settings);
  expect(new Set(server.seen.map(({ method }) => method))).toEqual(new Set(["GET"]));
  const kept = everythingKept(pulled);
  expect(kept).not.toContain(jiraToken);
  expect(kept).not.toContain(Buffer.from(`${source.user}:${jiraToken}`).toString("base64"));
});
