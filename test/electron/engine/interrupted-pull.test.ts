import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { Session } from "../../../electron/engine/session.ts";
import { pullSources } from "../../../electron/engine/steps/pull-step.ts";
import { createEngagement } from "../../../electron/store/engagement-file.ts";
import { resolvePeriod } from "../../../shared/model/period.ts";
import type { IpeRecord } from "../../../shared/model/pull.ts";
import { gitlabToken, startGitlab } from "../sources/code-host/gitlab/fake-gitlab.ts";
import { jiraToken, startJira } from "../sources/jira/fake-jira.ts";
import { temporaryFolder } from "../sources/pull-double.ts";

const variable = "TICKMARK_INTERRUPTED_PULL_TOKEN";
const at = "2025-02-01T10:00:00.000Z";

it.each([1, 4, 9])(
  "a pull cancelled at its report %d and gone on with tells the same reading as an undisturbed one",
  async (stop) => {
    process.env[variable] = gitlabToken;
    onTestFinished(() => void delete process.env[variable]);
    const requests = [1, 2, 3, 4, 5, 7].map((iid) => ({ iid, mergedAt: at, updatedAt: at }));
    const { source } = await startGitlab({ requests });
    const wanted = { ...source, token: { in: "environment", name: variable } } as const;

    const undisturbed = await openSession(wanted, () => undefined);
    const [whole] = await pullSources(undisturbed, ["host"]);

    let reports = 0;
    const disturbed = await openSession(wanted, (session) => {
      reports += 1;
      if (reports === stop) session.cancel();
    });
    await expect(pullSources(disturbed, ["host"])).rejects.toMatchObject({ code: "cancelled" });
    const [resumed] = await pullSources(disturbed, ["host"]);

    expect(whole?.reading?.facts["change-request"]).toBeGreaterThan(0);
    expect(told(resumed)).toEqual(told(whole));
  },
);

it("a pull of large pages that fails, is cancelled and goes on has every page once, and reads it once", async () => {
  process.env[variable] = jiraToken;
  onTestFinished(() => void delete process.env[variable]);
  const issues = Array.from({ length: 24 }, (_, index) => ({
    key: `SHOP-${index + 1}`,
    created: "2025-02-01T10:00:00.000+0000",
    comments: 300,
    commentsShown: 300,
  }));
  const { jira, source } = await startJira({ issues, pageSize: 4 });
  const wanted = { ...source, token: { in: "environment", name: variable }, allowUnencrypted: true } as const;

  const undisturbed = await openSession(wanted, () => undefined);
  const [whole] = await pullSources(undisturbed, ["jira"]);
  const pages = pagesIn(undisturbed);
  expect(pages.map(({ size }) => size > 64 * 1024)).toEqual(Array(6).fill(true));

  let reports = Number.NEGATIVE_INFINITY;
  const disturbed = await openSession(wanted, (session) => {
    reports += 1;
    if (reports === 3) session.cancel();
  });
  let asked = 0;
  jira.before = (seen, response) => {
    if (seen.path.endsWith("/search/jql")) asked += 1;
    if (asked === 4) response.writeHead(403).end();
    return asked === 4;
  };
  await expect(pullSources(disturbed, ["jira"])).rejects.toMatchObject({ code: "http-forbidden" });
  // What was on its way into the store when the fourth page was refused.
  expect(pagesIn(disturbed)).toEqual(pages.slice(0, 3));
  jira.before = () => false;
  reports = 0;
  await expect(pullSources(disturbed, ["jira"])).rejects.toMatchObject({ code: "cancelled" });
  const [resumed] = await pullSources(disturbed, ["jira"]);
  expect(pagesIn(disturbed)).toEqual(pages);
  expect(whole?.reading?.facts.ticket).toBe(24);
  expect(told(resumed)).toEqual(told(whole));
});

/** Pages of tickets that the first pull of the source has so far. */
function pagesIn({ store }: Session) {
  const [pull] = store.listPulls();
  const records = pull === undefined ? [] : Array.from(store.evidenceOfPull(pull));
  return records.filter(({ format }) => format === "jira.issues").map(({ sha256, size }) => ({ sha256, size }));
}

function told(ipe: IpeRecord | undefined) {
  // Settings have no time of their own but that of their receipt, by our clock; all else here is of 2025.
  const reading = JSON.stringify(ipe?.reading).replaceAll(/"(?!2025)\d{4}-\d\d-\d\dT[^"]+"/g, '"received"');
  return { reading, tieOuts: ipe?.tieOuts, coverage: ipe?.coverage.map(({ kind }) => kind) };
}

async function openSession(
  source: Parameters<Session["writable"]["addSource"]>[0],
  onReport: (session: Session) => void,
) {
  const session: Session = new Session((event) => {
    if (event === "pull-progress") onReport(session);
  });
  const path = join(temporaryFolder(), "audit.tickmark");
  onTestFinished(() => session.close());
  const period = resolvePeriod("2025-01-01", "2025-06-30", "UTC");
  const engagement = { id: crypto.randomUUID(), name: "Audit", entity: "Acme", period, auditor: "Ada" };
  await session.adopt(createEngagement(path, engagement, session), path);
  session.writable.addSource(source);
  return session;
}
