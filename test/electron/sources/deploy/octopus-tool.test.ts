import { expect, it } from "vitest";
import { resolvePeriod } from "../../../../shared/model/period.ts";
import { createPullDouble, evidenceOf } from "../pull-double.ts";
import { everythingKept, pullDyingAtEverySave, pullWithSecret } from "../pull-with-secret.ts";
import { deployment, startOctopus } from "./fake-octopus.ts";
import { factsOf, toolToken } from "./tool-under-test.ts";

const settings = { period: resolvePeriod("2025-01-01", "2025-06-30", "UTC") };

it("a deployment says the environment, version, end and state that Octopus keeps elsewhere", async () => {
  const { driver, source } = await startOctopus(2);
  const pulled = await pullWithSecret(driver, source, toolToken, settings);
  expect(factsOf(pulled, source, "deployment")).toMatchObject([
    {
      id: "Deployments-0",
      environment: "Production",
      production: true,
      revision: "1.0",
      by: "ada",
      at: "2025-02-01T10:02:00.000Z",
      status: "Success",
    },
    { id: "Deployments-1", environment: "Test", production: false, revision: "1.1" },
  ]);
  expect(factsOf(pulled, source, "artifact")[0]).toMatchObject({ name: "1.0", commit: "c".repeat(40) });
});

it("a manual step that somebody let pass is an approval; what to do after a failure is none", async () => {
  const { driver, source } = await startOctopus(3);
  const pulled = await pullWithSecret(driver, source, toolToken, settings);
  expect(factsOf(pulled, source, "deployment-approval")).toMatchObject([
    {
      deployment: "Deployments-0",
      environment: "Production",
      by: "bo",
      decision: "approved",
      at: "2025-02-01T10:05:00.000Z",
      comment: "Approve the release: fine",
    },
    { deployment: "Deployments-2", decision: "pending", by: "", at: null },
  ]);
});

const days = (QuantityToKeep: number) => ({
  Strategy: "Count",
  QuantityToKeep,
  Unit: "Days",
  ShouldKeepForever: false,
});
const forever = { Strategy: "Forever", QuantityToKeep: 0, Unit: "Items", ShouldKeepForever: true };
const items = { QuantityToKeep: 3, Unit: "Items", ShouldKeepForever: false };
const byDefault = { Strategy: "Default", QuantityToKeep: 0, Unit: "Items", ShouldKeepForever: true };
const phases = (test: object, production: object | null) => [
  { AutomaticDeploymentTargets: ["Environments-2"], ReleaseRetentionPolicy: test },
  { OptionalDeploymentTargets: ["Environments-1"], ReleaseRetentionPolicy: production },
];

it.each([
  ["are kept for ever in production, whatever of tests", { Phases: phases(items, forever), of: items }, "whole"],
  ["are kept for a number of days", { of: days(10) }, "days"],
  ["are kept for a number of days in production", { Phases: phases(items, days(10)), of: items }, "days"],
  ["are kept as the lifecycle says, not the phase", { Phases: phases(items, null), of: items }, "nothing"],
  ["are kept by their number", { of: items }, "nothing"],
  ["are kept as the space says, which keeps them by their number", { of: byDefault, space: items }, "nothing"],
  ["are kept as the space says, which keeps them for days", { of: byDefault, space: days(10) }, "days"],
  ["are kept as nobody may read", { of: forever, forbidden: "/lifecycles/" }, "nothing"],
  ["are kept by their number in one channel", { of: forever, channel: items }, "nothing"],
])("of releases that %s, what may have been removed is not covered", async (_words, given, expected) => {
  const { fake, driver, source } = await startOctopus(1);
  const { of, space, channel, forbidden, ...rest }: Record<string, unknown> = given;
  fake.lifecycles = { "Lifecycles-1": { ReleaseRetentionPolicy: of, ...rest } };
  if (channel !== undefined) fake.lifecycles["Lifecycles-2"] = { ReleaseRetentionPolicy: channel };
  if (space !== undefined) fake.retention = space as object;
  if (forbidden !== undefined) fake.forbidden = String(forbidden);
  const { outcome } = await pullWithSecret(driver, source, toolToken, settings);
  const covered = outcome.coverage.map(({ from }) => (from === settings.period.start ? "whole" : "days"));
  // Ten days back from now is after the end of that period.
  expect(covered).toEqual(expected === "whole" ? ["whole", "whole"] : []);
  expect(outcome.notes.some((note) => /removed|not known/.test(note) && !/policies of today/.test(note))).toBe(
    expected === "nothing",
  );
  expect(outcome.notes.some((note) => note.startsWith("What is kept reaches back"))).toBe(expected === "days");
});

it("all pages are read and tied to Octopus' own total; a list that changed meanwhile is read again", async () => {
  const { fake, driver, source } = await startOctopus(250);
  fake.onPage = (skip) => {
    // One of the first page is deleted, so that all behind it move up, and two more come in: the total does not tell.
    if (skip === 99 && fake.deployments.length === 250) {
      fake.deployments = fake.deployments.filter(({ Id }) => Id !== "Deployments-3");
      fake.deployments.push(deployment(1000), deployment(1001));
    }
  };
  const pulled = await pullWithSecret(driver, source, toolToken, settings);
  const ids = new Set(factsOf(pulled, source, "deployment").map(({ id }) => id));
  expect(fake.deployments.every(({ Id }) => ids.has(Id))).toBe(true);
  expect(pulled.outcome.notes).toContain("The list of deployments changed while it was read, so it was read again.");
  expect(pulled.outcome.tieOuts).toContainEqual(
    expect.objectContaining({ what: "deployments", how: "Octopus Deploy's own total", expected: 251, received: 251 }),
  );
});

it("a pull that dies at every step goes on without losing or doubling anything, with GET alone", async () => {
  const { driver, source, server } = await startOctopus(320);
  const whole = await pullWithSecret(driver, source, toolToken, settings);
  const broken = await pullDyingAtEverySave(driver, source, toolToken, settings);
  const content = (pulled: typeof whole) => evidenceOf(pulled).filter((line) => line.startsWith("octopus."));
  expect(content(broken)).toEqual(content(whole));
  expect(broken.outcome).toEqual(whole.outcome);
  expect(new Set(server.seen.map(({ method }) => method))).toEqual(new Set(["GET"]));
  expect(everythingKept(whole)).not.toContain(toolToken);
});

it("rights that change something are told", async () => {
  const { fake, driver, source } = await startOctopus(0);
  const test = () => driver.test(source, { ...createPullDouble(settings).context, readSecret: () => toolToken });
  expect(await test()).toMatchObject({ identity: "The Auditor (auditor)", canWrite: false });
  fake.permissions = { DeploymentCreate: [{}] };
  expect(await test()).toMatchObject({ canWrite: true, access: "rights that change something: DeploymentCreate" });
});
