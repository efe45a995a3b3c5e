import { expect, it } from "vitest";
import { createBitbucketDriver } from "../../../../../electron/sources/code-host/bitbucket/bitbucket-driver.ts";
import { faultOf } from "../../../../../shared/errors.ts";
import { resolvePeriod } from "../../../../../shared/model/period.ts";
import { startServer } from "../../http/loopback-server.ts";
import { createPullDouble, evidenceOf, recordsOf } from "../../pull-double.ts";
import { everythingKept, pullDyingAtEverySave, pullWithSecret } from "../../pull-with-secret.ts";
import { quickLimits } from "../fake-github.ts";
import { bitbucketToken, type FakeBitbucket, startBitbucket } from "./fake-bitbucket.ts";

const driver = createBitbucketDriver(quickLimits);
const period = resolvePeriod("2025-01-01", "2025-06-30", "UTC");
const settings = { period };

function merged(count: number): FakeBitbucket["requests"] {
  return Array.from({ length: count }, (_, index) => {
    const at = new Date(Date.UTC(2025, 1, 1) + index * 3_600_000).toISOString();
    return { id: index + 1, mergedAt: at, updatedAt: at };
  });
}

it("pull requests come with activity, commits and statuses to the last page, and tie out with the host's size", async () => {
  const { source } = await startBitbucket({
    requests: [
      ...merged(120),
      { id: 500, mergedAt: "2025-03-01T00:00:00.000Z", updatedAt: "2025-03-01T00:00:00.000Z", activity: 130 },
    ],
    deployments: 2,
  });
  const pulled = await pullWithSecret(driver, source, bitbucketToken, settings);
  expect(pulled.outcome.counts).toMatchObject({
    "pull requests": 121,
    "activity": 120 * 3 + 130,
    "statuses": 121,
    "deployments": 2,
  });
  expect(pulled.outcome.tieOuts).toContainEqual(expect.objectContaining({ expected: 121, received: 121 }));
  const pages = recordsOf(pulled, "bitbucket.activity").filter(({ locator }) => locator.includes("/500/"));
  expect(pages).toHaveLength(3);
  expect(pulled.outcome.coverage.map(({ kind }) => kind)).toEqual([
    "requests",
    "reviews",
    "events",
    "comments",
    "builds",
    "deployments",
    "protection",
  ]);
  expect(everythingKept(pulled)).not.toContain(bitbucketToken);
});

it("a next page that is said to be on another host is not asked, and the token not sent", async () => {
  const other = await startServer((_seen, response) => response.end("{}"));
  const { source, host } = await startBitbucket({ requests: merged(60) });
  host.before = (seen, response) => {
    if (!seen.path.endsWith("/pullrequests")) return false;
    response.end(JSON.stringify({ values: [], next: `${other.url}/2.0/repositories/acme/shop/pullrequests?page=2` }));
    return true;
  };
  const fault = faultOf(
    await pullWithSecret(driver, source, bitbucketToken, settings).catch((error: unknown) => error),
  );
  expect(fault.code).toBe("http-redirected-away");
  expect(other.seen).toEqual([]);
});

it("a pull that dies at every step goes on without losing or doubling anything", async () => {
  const { source } = await startBitbucket({ requests: merged(30), deployments: 3 });
  const whole = await pullWithSecret(driver, source, bitbucketToken, settings);
  const broken = await pullDyingAtEverySave(driver, source, bitbucketToken, settings);
  const content = (pulled: typeof whole) => [
    ...new Set(evidenceOf(pulled).filter((line) => !line.startsWith("bitbucket.other"))),
  ];
  expect(content(broken)).toEqual(content(whole));
  expect(broken.outcome).toEqual(whole.outcome);
});

it("scopes that can write are warned of, and where none are told nothing is claimed", async () => {
  const test = async (scopes: string | null) => {
    const { source, server } = await startBitbucket({ scopes });
    const tested = await driver.test(source, {
      ...createPullDouble(settings).context,
      readSecret: () => bitbucketToken,
    });
    expect(new Set(server.seen.map(({ method }) => method))).toEqual(new Set(["GET"]));
    return tested;
  };
  expect(await test("repository, pullrequest")).toMatchObject({ identity: "the-auditor", canWrite: false });
  expect((await test("repository:write")).canWrite).toBe(true);
  expect((await test(null)).canWrite).toBeNull();
});
