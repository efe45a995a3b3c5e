import { expect, it } from "vitest";
import { createBitbucketServerDriver } from "../../../../../electron/sources/code-host/bitbucket-server/bitbucket-server-driver.ts";
import { faultOf } from "../../../../../shared/errors.ts";
import { readEvidence } from "../../../../../shared/facts/evidence-reading.ts";
import { addFact, createFactSet, repositoryFacts } from "../../../../../shared/facts/fact-set.ts";
import { resolvePeriod } from "../../../../../shared/model/period.ts";
import { completeRecords } from "../../../../../shared/population/host-records.ts";
import { checkedFacts, record } from "../../../../shared/facts/recorded-answer.ts";
import { createPullDouble, evidenceOf } from "../../pull-double.ts";
import { everythingKept, pullDyingAtEverySave, pullWithSecret } from "../../pull-with-secret.ts";
import { quickLimits } from "../fake-github.ts";
import { shaOf } from "../fake-host.ts";
import { type FakeBitbucketServer, serverToken, startBitbucketServer } from "./fake-bitbucket-server.ts";

const driver = createBitbucketServerDriver(quickLimits);
const period = resolvePeriod("2025-01-01", "2025-06-30", "UTC");
const settings = { period };

function closed(count: number): FakeBitbucketServer["requests"] {
  return Array.from({ length: count }, (_, index) => ({
    id: index + 1,
    closedAt: Date.UTC(2025, 1, 1) + index * 3_600_000,
  }));
}

it("the whole list is read and cut by the closing date, each request with activities, commits and builds", async () => {
  const { source } = await startBitbucketServer({
    requests: [
      { id: 900, closedAt: Date.UTC(2020, 1, 1) },
      ...closed(130),
      { id: 901, closedAt: Date.UTC(2025, 2, 1), activities: 250 },
    ],
  });
  const pulled = await pullWithSecret(driver, source, serverToken, settings);
  expect(pulled.outcome.counts).toMatchObject({
    "pull requests": 131,
    "activities": 130 * 3 + 250,
    "build statuses": 262,
  });
  expect(pulled.outcome.tieOuts).toEqual([]);
  expect(pulled.outcome.notes).toEqual([expect.stringContaining("names no total")]);
  expect(everythingKept(pulled)).not.toContain(serverToken);

  const set = createFactSet();
  for (const { format, bytes, locator } of pulled.records) {
    const read = readEvidence({ ...record(format, bytes, locator), receivedAt: "2025-07-01T10:00:00.000Z" }, source);
    expect(read.unread).toEqual([]);
    for (const fact of checkedFacts(read)) addFact(set, fact);
  }
  const { requests, reviews, reviewPages } = completeRecords(set, repositoryFacts(set, "shop"));
  expect(requests.find(({ number }) => number === 7)).toMatchObject({ mergedBy: "rita", mergeCommit: shaOf(7) });
  expect(reviews.find(({ request }) => request === 7)).toMatchObject({ state: "approved", commit: shaOf(1_000_007) });
  expect(reviewPages.filter(({ request }) => request === 901).map(({ chain }) => chain)).toEqual([
    { mark: "", next: "100" },
    { mark: "100", next: "200" },
    { mark: "200", next: "" },
  ]);
});

it("a server that goes on as with a stranger once the token ran out ends the pull", async () => {
  const { source, bitbucket, host } = await startBitbucketServer({ requests: closed(20) });
  host.before = (seen) => {
    if (seen.path.endsWith("/pull-requests/10")) bitbucket.account = "";
    return false;
  };
  const fault = faultOf(await pullWithSecret(driver, source, serverToken, settings).catch((error: unknown) => error));
  expect(fault.code).toBe("http-unauthorised");
});

it("a pull that dies at every step goes on without losing or doubling anything", async () => {
  const { source } = await startBitbucketServer({ requests: closed(30) });
  const whole = await pullWithSecret(driver, source, serverToken, settings);
  const broken = await pullDyingAtEverySave(driver, source, serverToken, settings);
  const content = (pulled: typeof whole) => [
    ...new Set(evidenceOf(pulled).filter((line) => !line.startsWith("bitbucket-server.other"))),
  ];
  expect(content(broken)).toEqual(content(whole));
  expect(broken.outcome).toEqual(whole.outcome);
});

it("an account that can write is warned of, and a branch is known by its whole name", async () => {
  const { source, bitbucket, server } = await startBitbucketServer();
  const context = { ...createPullDouble(settings).context, readSecret: () => serverToken };
  expect(await driver.test(source, context)).toMatchObject({ identity: "auditor", canWrite: false });
  bitbucket.canWrite = true;
  expect(await driver.test(source, context)).toMatchObject({ canWrite: true });
  const unknown = driver.test({ ...source, releaseBranch: "mai" }, context).catch((error: unknown) => error);
  expect(faultOf(await unknown).code).toBe("source-invalid");
  expect(new Set(server.seen.map(({ method }) => method))).toEqual(new Set(["GET"]));
});
