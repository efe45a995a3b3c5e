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
