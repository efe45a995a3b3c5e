import { octopusTool } from "../../../../electron/sources/deploy/octopus/octopus-tool.ts";
import { startTool, toolToken } from "./tool-under-test.ts";

export function deployment(number: number) {
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
  /** Policies by lifecycle: of the project's, and of the one that a channel has. */
  lifecycles: Record<string, object>;
  /** The space's own policy. */
  retention: object;
  forbidden: string;
  onPage: (skip: number) => void;
}

const forever = { Strategy: "Forever", QuantityToKeep: 0, Unit: "Items", ShouldKeepForever: true };

export async function startOctopus(count: number) {
  const fake: Fake = {
    deployments: Array.from({ length: count }, (_, number) => deployment(number)),
    permissions: { DeploymentView: [] },
    lifecycles: { "Lifecycles-1": { ReleaseRetentionPolicy: forever } },
    retention: forever,
    forbidden: "none",
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
      if (path.includes(fake.forbidden)) return { status: 403, body: { ErrorMessage: "no permission" } };
      if (path === "/api/Spaces-1/projects/web-shop")
        return { body: { Id: "Projects-1", LifecycleId: "Lifecycles-1" } };
      if (path === "/api/Spaces-1/projects/Projects-1/channels") {
        const own = Object.keys(fake.lifecycles).map((id) => (id === "Lifecycles-1" ? null : id));
        return { body: { Items: own.map((LifecycleId, index) => ({ Id: `Channels-${index}`, LifecycleId })) } };
      }
      const lifecycle = /\/lifecycles\/(.+)$/.exec(path)?.[1];
      if (lifecycle !== undefined) return { body: { Id: lifecycle, Name: lifecycle, ...fake.lifecycles[lifecycle] } };
      if (path === "/api/Spaces-1/retentionpolicies") return { body: fake.retention };
      if (path === "/api/Spaces-1/environments" && ids === "") {
        const Items = ["Production", "Test"].map((Name, index) => ({ Id: `Environments-${index + 1}`, Name }));
        return { body: { Items } };
      }
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
