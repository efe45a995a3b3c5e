import { expect, it } from "vitest";
import { createJiraDriver } from "../../../../electron/sources/jira/jira-driver.ts";
import { resolvePeriod } from "../../../../shared/model/period.ts";
import { quickLimits } from "../code-host/fake-github.ts";
import { factsOf } from "../deploy/tool-under-test.ts";
import { sendJson } from "../http/loopback-server.ts";
import { pullWithSecret } from "../pull-with-secret.ts";
import { type FakeJira, jiraToken, startJira } from "./fake-jira.ts";

const driver = createJiraDriver(quickLimits);
const settings = { period: resolvePeriod("2025-01-01", "2025-06-30", "UTC") };
const approvals = Array.from({ length: 120 }, (_, index) => ({
  id: `${index + 1}`,
  finalDecision: "approved",
  completedDate: { iso8601: "2025-02-03T10:00:00+0100" },
  approvers: [{ approver: { accountId: "account-7" }, approverDecision: "approved" }],
}));
const empty = { start: 100, limit: 100, size: 0, isLastPage: false, values: [] };

async function pullApprovals(before: FakeJira["before"]) {
  const issues = [{ key: "SHOP-1", created: "2025-02-01T10:00:00.000+0100", approvals }];
  const { source } = await startJira({ issues, before });
  const asking = { ...source, approvals: true };
  const pulled = await pullWithSecret(driver, asking, jiraToken, settings);
  const ids = factsOf(pulled, asking, "ticket-approval").map(({ id }) => id);
  return { ids, notes: pulled.outcome.notes, covered: pulled.outcome.coverage.map(({ kind }) => kind) };
}

/** Something else in place of the second page of approvals, so many times. */
function misanswer(body: object, times: number): FakeJira["before"] {
  let left = times;
  return (seen, response) => {
    if (!seen.path.endsWith("/approval") || seen.query.get("start") !== "100" || left === 0) return false;
    left -= 1;
    sendJson(response, body, { status: 200, headers: { "x-aaccountid": "account-1" } });
    return true;
  };
}

it("all approvals of a request come, page by page of a service desk that counts no total", async () => {
  const { ids, notes, covered } = await pullApprovals(() => false);
  expect(new Set(ids).size).toBe(120);
  expect(notes).toEqual([]);
  expect(covered).toEqual(["tickets", "decisions"]);
});

it("a page of approvals that comes in place of another is asked for again, and none is lost or doubled", async () => {
  const first = { start: 0, limit: 100, size: 100, isLastPage: false, values: approvals.slice(0, 100) };
  const { ids, notes } = await pullApprovals(misanswer(first, 1));
  expect([ids.length, new Set(ids).size]).toEqual([120, 120]);
  expect(notes).toEqual([expect.stringContaining("Jira first gave another page; it was asked again.")]);
});

it("an empty page of approvals that is not the last is asked for again, and vouched for no more when it stays empty", async () => {
  const healed = await pullApprovals(misanswer(empty, 1));
  expect(healed.ids).toHaveLength(120);
  const cut = await pullApprovals(misanswer(empty, 2));
  expect(cut.ids).toHaveLength(100);
  expect(cut.covered).toEqual(["tickets"]);
  expect(cut.notes.at(-1)).toBe("Jira counts more approvals of SHOP-1 than the 100 that it gave.");
});
