import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { Session } from "../../../electron/engine/session.ts";
import { pullSources } from "../../../electron/engine/steps/pull-step.ts";
import { createEngagement } from "../../../electron/store/engagement-file.ts";
import { resolvePeriod } from "../../../shared/model/period.ts";
import { gitlabToken, startGitlab } from "../sources/code-host/gitlab/fake-gitlab.ts";
import { temporaryFolder } from "../sources/pull-double.ts";

const variable = "TICKMARK_REPEATED_PULL_TOKEN";

it("a source that is pulled again is asked only for what changed, and its IPE record says so", async () => {
  process.env[variable] = gitlabToken;
  onTestFinished(() => void delete process.env[variable]);
  const at = "2025-02-01T10:00:00.000Z";
  const requests = [1, 2, 3].map((iid) => ({ iid, mergedAt: at, updatedAt: at }));
  const { source, gitlab, server } = await startGitlab({ requests }, { etags: true });
  const path = join(temporaryFolder(), "audit.tickmark");
  const session = new Session(() => undefined);
  onTestFinished(() => session.close());
  const period = resolvePeriod("2025-01-01", "2025-06-30", "UTC");
  const engagement = {
    id: "0b0e6f1c-2a8e-4a53-9f0e-6a1d5b7c9e01",
    name: "Audit",
    entity: "Acme",
    period,
    auditor: "Ada",
  };
  await session.adopt(createEngagement(path, engagement, session), path);
  session.writable.addSource({ ...source, token: { in: "environment", name: variable } });

  const [first] = await pullSources(session, ["host"]);
  expect(first?.notes).toEqual([]);
  const before = [...session.store.evidenceOf({})].map(({ sha256, locator }) => `${sha256} ${locator}`);

  // One request is edited between the pulls, so its own answer and the list are other ones.
  gitlab.requests = requests.map((request) =>
    request.iid === 2 ? { ...request, updatedAt: "2025-03-01T10:00:00.000Z" } : request,
  );
  const asked = server.seen.length;
  const [second] = await pullSources(session, ["host"]);
  expect(server.seen.slice(asked).every(({ headers }) => headers["if-none-match"] !== undefined)).toBe(true);
  const unchanged = session.store.countUnchanged(second?.pullId ?? "");
  expect(unchanged).toBeGreaterThan(20);
  // The list is read twice, and both answers are new; so is the request's own.
  expect(second?.requests).toBe(unchanged + 3);
  expect(second?.notes).toEqual([
    `${unchanged} of ${second?.requests} answers unchanged since the pull of ${first?.finishedAt}, as the server said.`,
  ]);
  const after = [...session.store.evidenceOf({})].map(({ sha256, locator }) => `${sha256} ${locator}`);
  expect(after.filter((line) => !before.includes(line))).toHaveLength(2);
  expect(after).toHaveLength(before.length);
});
