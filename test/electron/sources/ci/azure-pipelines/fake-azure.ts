import type { ServerResponse } from "node:http";
import type { SourceOf } from "../../../../../shared/model/source.ts";
import { type LoopbackServer, type SeenRequest, sendJson, startServer } from "../../http/loopback-server.ts";

export interface FakeBuild {
  readonly id: number;
  readonly queued: string;
  readonly deleted?: boolean;
  readonly approvals?: readonly string[];
  readonly neverBegan?: boolean;
  readonly branch?: string;
}

/** A small Azure Pipelines whose builds change while they are read. */
export interface FakeAzure {
  builds: FakeBuild[];
  pageSize: number;
  stranger: boolean;
  before: (seen: SeenRequest, response: ServerResponse) => boolean;
}

export const azureToken = "azurepatNobodyMaySeeThis";

export async function startAzure(
  changes: Partial<FakeAzure> = {},
): Promise<{ azure: FakeAzure; server: LoopbackServer; source: SourceOf<"azure-pipelines"> }> {
  const azure: FakeAzure = { builds: [], pageSize: 100, stranger: false, before: () => false, ...changes };
  const server = await startServer((seen, response) => {
    if (!azure.before(seen, response)) answer(azure, seen, response);
  });
  const source: SourceOf<"azure-pipelines"> = {
    id: "ci",
    kind: "azure-pipelines",
    repository: "shop",
    organisationUrl: `${server.url}/acme`,
    azureProject: "Web Shop",
    releaseBranch: "main",
    azureRepositoryType: "TfsGit",
    token: { in: "environment", name: "UNUSED" },
  };
  return { azure, server, source };
}

function answer(azure: FakeAzure, seen: SeenRequest, response: ServerResponse): void {
  const basic = `Basic ${Buffer.from(`:${azureToken}`).toString("base64")}`;
  const path = seen.path.replace("/acme/Web%20Shop/_apis/", "");
  const timeline = /^build\/builds\/(\d+)\/timeline$/.exec(path)?.[1];
  const build = azure.builds.find(({ id }) => id === Number(timeline));
  if (seen.headers.authorization !== basic) sendJson(response, {}, { status: 401 });
  else if (seen.path === "/acme/_apis/connectionData") sendJson(response, { authenticatedUser: userOf(azure) });
  else if (path === "build/builds") sendBuilds(azure, seen, response);
  else if (timeline !== undefined && build?.neverBegan === true) response.writeHead(204).end();
  else if (build !== undefined) sendJson(response, timelineOf(build));
  else if (path === "pipelines/approvals") sendJson(response, approvalsOf(seen));
  else sendJson(response, { message: "not found" }, { status: 404 });
}

function userOf({ stranger }: FakeAzure) {
  return stranger
    ? { id: "aaaaaaaa", subjectDescriptor: "System:PublicAccess;aaaaaaaa", providerDisplayName: "Anonymous" }
    : {
        id: "1",
        subjectDescriptor: "aad.x",
        providerDisplayName: "The Auditor",
        properties: { Account: { $type: "System.String", $value: "auditor@example.test" } },
      };
}

function sendBuilds(azure: FakeAzure, { query }: SeenRequest, response: ServerResponse): void {
  const ids = query.get("buildIds");
  const [from, to] = [query.get("minTime") ?? "", query.get("maxTime") ?? "9"];
  const found = azure.builds
    .filter(({ branch = "main" }) => (query.get("branchName") ?? `refs/heads/${branch}`) === `refs/heads/${branch}`)
    .filter(({ id, queued }) => (ids === null ? queued >= from && queued <= to : ids.split(",").includes(String(id))))
    .sort((one, other) => (one.queued < other.queued ? -1 : 1));
  if (query.get("queryOrder") === "queueTimeDescending") found.reverse();
  const start = Number(query.get("continuationToken") ?? 0);
  const size = Math.min(azure.pageSize, Number(query.get("$top")));
  const headers: Record<string, string> =
    start + size < found.length ? { "x-ms-continuationtoken": String(start + size) } : {};
  const value = found.slice(start, start + size).map(shown);
  sendJson(response, { count: value.length, value }, { headers });
}

function shown({ id, queued, deleted = false, branch = "main" }: FakeBuild) {
  return {
    id,
    buildNumber: `2025.${id}`,
    status: "completed",
    result: "succeeded",
    reason: "individualCI",
    queueTime: queued,
    startTime: queued,
    finishTime: queued,
    sourceBranch: `refs/heads/${branch}`,
    sourceVersion: "b".repeat(40),
    deleted,
    requestedFor: { displayName: "Ada", uniqueName: "ada@example.test" },
    definition: { id: 1, name: "ci", path: "\\" },
    _links: { web: { href: `https://azure.example/build/${id}` } },
  };
}

function timelineOf({ id, queued, approvals = [] }: FakeBuild) {
  const record = { state: "completed", result: "succeeded", startTime: queued, finishTime: queued, attempt: 1 };
  return {
    id: String(id),
    records: [
      { ...record, id: `${id}-stage`, type: "Stage", name: "Build" },
      { ...record, id: `${id}-job`, type: "Job", name: "Unit tests" },
      { ...record, id: `${id}-checkpoint`, parentId: `${id}-stage`, type: "Checkpoint", name: "Checkpoint" },
      ...approvals.map((approval) => ({
        ...{ ...record, id: approval, parentId: `${id}-checkpoint`, type: "Checkpoint.Approval" },
        name: "Checkpoint.Approval",
      })),
    ],
  };
}

function approvalsOf({ query }: SeenRequest) {
  const value = (query.get("approvalIds") ?? "").split(",").map((id) => ({
    id,
    status: "approved",
    createdOn: "2025-02-01T10:00:00Z",
    steps: [
      {
        assignedApprover: { displayName: "Release Authority" },
        actualApprover: { displayName: "Grace", uniqueName: "grace@example.test" },
        status: "approved",
        comment: "go",
        lastModifiedOn: "2025-02-01T11:00:00Z",
      },
    ],
  }));
  return { count: value.length, value };
}
