import { expect, it } from "vitest";
import { octopusTool } from "../../../../electron/sources/deploy/octopus/octopus-tool.ts";
import { resolvePeriod } from "../../../../shared/model/period.ts";
import { createPullDouble, evidenceOf } from "../pull-double.ts";
import { everythingKept, pullDyingAtEverySave, pullWithSecret } from "../pull-with-secret.ts";
import { factsOf, startTool, toolToken } from "./tool-under-test.ts";

const settings = { period: resolvePeriod("2025-01-01", "2025-06-30", "UTC") };

function deployment(number: number) {
  return {
    Id: `Deployments-${number}`,
    ReleaseId: `Releases-${number}`,
    EnvironmentId: number % 2 === 0 ? "Environments-1" : "Environments-2",
    TaskId: `ServerTasks-${number}`,
    Created: "2025-02-01T10:00:00.000+00:00",
    DeployedBy: "ada",
  };
}

const interruptions = [
  {
    Id: "Interruptions-1",
    Title: "Approve the release",
    Created: "2025-02-01T10:00:00Z",
    IsPending: false,
    ResponsibleUserId: "Users-2",
    Form: { Values: { Result: "Proceed", Notes: "fine" } },
    RelatedDocumentIds: ["Deployments-0", "Environments-1", "Projects-1"],
    LastModifiedOn: "2025-02-01T10:05:00Z",
  },
  {
    Id: "Interruptions-2",
    Title: "Failed step",
    Created: "2025-02-01T10:00:00Z",
    IsPending: false,
    Form: { Values: { Guidance: "Retry" } },
    RelatedDocumentIds: ["Deployments-1", "Environments-2"],
  },
  {
    Id: "Interruptions-3",
    Title: "Approve the release",
    Created: "2025-02-02T10:00:00Z",
    IsPending: true,
    RelatedDocumentIds: ["Deployments-2", "Environments-1"],
  },
];

interface Fake {
  deployments: ReturnType<typeof deployment>[];
  permissions: Record<string, unknown>;
  onPage: (skip: number) => void;
}

async function startOctopus(count: number) {
  const fake: Fake = {
    deployments: Array.from({ length: count }, (_, number) => deployment(number)),
    permissions: { DeploymentView: [] },
    onPage: () => undefined,
  };
  const named = (ids: string, make: (id: string) => object) => ({
    body: { Items: ids.split(",").map(make), TotalResults: 1 },
  });
  const started = await startTool(
    octopusTool,
    { deployProject: "web-shop", production: ["Production"] },
    ({ path, query }) => {
      const page = (all: readonly unknown[]) => {
        const skip = Number(query.get("skip"));
        return { body: { Items: all.slice(skip, skip + Number(query.get("take"))), TotalResults: all.length } };
      };
      const ids = query.get("ids") ?? "";
      if (path === "/api/users/me") return { body: { Id: "Users-1", Username: "auditor", DisplayName: "The Auditor" } };
      if (path === "/api/users/Users-1/permissions") return { body: { SpacePermissions: fake.permissions } };
      if (path === "/api/users") return named(ids, (Id) => ({ Id, Username: "bo" }));
      if (path === "/api/Spaces-1/projects/web-shop") return { body: { Id: "Projects-1" } };
      if (path === "/api/Spaces-1/environments")
        return named(ids, (Id) => ({ Id, Name: Id === "Environments-1" ? "Production" : "Test" }));
      if (path === "/api/Spaces-1/releases")
        return named(ids, (Id) => ({
          Id,
          Version: `1.${Id.slice(9)}`,
          BuildInformation: [{ VcsCommitNumber: "c".repeat(40) }],
        }));
      if (path === "/api/Spaces-1/tasks")
        return named(ids, (Id) => ({ Id, State: "Success", CompletedTime: "2025-02-01T10:02:00.000+00:00" }));
      if (path === "/api/Spaces-1/interruptions" && query.get("regarding") === "Projects-1") return page(interruptions);
      if (path !== "/api/Spaces-1/deployments" || query.get("projects") !== "Projects-1") return null;
      fake.onPage(Number(query.get("skip")));
      return page(fake.deployments);
    },
    ({ headers }) => headers["x-octopus-apikey"] === toolToken,
  );
  return { fake, ...started };
}

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
