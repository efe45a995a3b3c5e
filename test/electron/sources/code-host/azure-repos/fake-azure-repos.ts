import type { SourceOf } from "../../../../../shared/model/source.ts";
import { type FakeHost, type FakeRoute, shaOf, startHost } from "../fake-host.ts";

/*
 * An Azure DevOps in the shapes of learn.microsoft.com/rest/api/azure/devops/git (pull-requests, pull-request-threads,
 * pull-request-iterations, pull-request-commits, policy-configurations; version 7.1).
 */

export const azureToken = "NobodyMaySeeThisPat";

export interface FakeAzure {
  requests: { readonly id: number; closedAt: string; readonly bypass?: string; readonly target?: string }[];
  canContribute: boolean;
  /** Servers before 7.1 pass over the filter by time. */
  filtersByTime: boolean;
}

export async function startAzure(changes: Partial<FakeAzure> = {}, host: Partial<FakeHost> = {}) {
  const azure: FakeAzure = { requests: [], canContribute: false, filtersByTime: true, ...changes };
  const started = await startHost(routesOf(azure), `Basic ${Buffer.from(`:${azureToken}`).toString("base64")}`, host);
  const source: SourceOf<"azure-repos"> = {
    id: "host",
    kind: "azure-repos",
    repository: "shop",
    organisationUrl: `${started.server.url}/acme`,
    azureProject: "Web Shop",
    azureRepository: "shop",
    releaseBranch: "main",
    token: { in: "environment", name: "UNUSED" },
  };
  return { azure, source, ...started };
}

const ada = { uniqueName: "ada@example.test", displayName: "Ada" };
const rita = { uniqueName: "rita@example.test", displayName: "Rita" };
const repository = "^/acme/Web Shop/_apis/git/repositories/shop";

function routesOf(azure: FakeAzure): FakeRoute[] {
  const route = (path: string, give: FakeRoute[1]): FakeRoute => [new RegExp(`${repository}${path}$`), give];
  const find = (id: string | undefined) => azure.requests.find((request) => request.id === Number(id));
  const list = (value: readonly unknown[]) => ({ body: { count: value.length, value } });
  return [
    [
      /^\/acme\/_apis\/connectionData$/,
      () => ({
        body: {
          authenticatedUser: {
            providerDisplayName: "The Auditor",
            properties: { Account: { $value: "auditor@example.test" } },
          },
        },
      }),
    ],
    [/^\/acme\/_apis\/permissions\/[0-9a-f-]+\/4$/, () => list([azure.canContribute])],
    route("", () => ({ body: { id: "11111111-1111", name: "shop", project: { id: "22222222-2222" } } })),
    route("/refs", () => list([{ name: "refs/heads/main" }, { name: "refs/heads/main-old" }])),
    route("/pullrequests", (_parts, { query }) => {
      const [from, to] = [query.get("searchCriteria.minTime") ?? "", query.get("searchCriteria.maxTime") ?? ""];
      const into = query.get("searchCriteria.targetRefName")?.replace("refs/heads/", "");
      const listed = azure.requests.filter(
        ({ closedAt, target = "main" }) =>
          target === (into ?? target) && (!azure.filtersByTime || (closedAt >= from && closedAt <= to)),
      );
      const skip = Number(query.get("$skip"));
      return list(listed.slice(skip, skip + Number(query.get("$top"))).map(requestOf));
    }),
    route("/pullRequests/(\\d+)", ([id]) => {
      const request = find(id);
      return request ? { body: requestOf(request) } : null;
    }),
    route("/pullRequests/(\\d+)/threads", ([id]) => list(threadsOf(Number(id)))),
    route("/pullRequests/(\\d+)/iterations", ([id]) => list(iterationsOf(Number(id)))),
    route("/pullRequests/(\\d+)/commits", ([id], { query }) => {
      const commit = (number: number) => ({
        commitId: shaOf(number),
        comment: "Work",
        author: { name: "Ada", email: "ada@example.test" },
      });
      // Two pages, the first with the token of the second.
      if (query.get("continuationToken") === "next") return list([commit(Number(id) + 1_000_000)]);
      return { ...list([commit(Number(id) + 2_000_000)]), headers: { "x-ms-continuationtoken": "next" } };
    }),
    [
      /^\/acme\/Web Shop\/_apis\/git\/policy\/configurations$/,
      (_parts, { query }) =>
        query.get("repositoryId") === "11111111-1111" &&
        (query.get("refName") ?? "refs/heads/main") === "refs/heads/main"
          ? list([
              {
                id: 1,
                isEnabled: true,
                isBlocking: true,
                type: { displayName: "Minimum number of reviewers" },
                settings: { minimumApproverCount: 2, resetOnSourcePush: true, scope: [{ refName: "refs/heads/main" }] },
              },
              {
                id: 2,
                isEnabled: true,
                isBlocking: true,
                type: { displayName: "Build" },
                settings: { displayName: "CI", scope: [{ refName: "refs/heads/main" }] },
              },
            ])
          : null,
    ],
  ];
}

export function requestOf({ id, closedAt, bypass, target = "main" }: FakeAzure["requests"][number]) {
  return {
    pullRequestId: id,
    title: `Change ${id}`,
    url: "",
    status: "completed",
    createdBy: ada,
    closedBy: rita,
    creationDate: "2025-01-02T08:00:00.1234567Z",
    closedDate: closedAt,
    sourceRefName: `refs/heads/branch-${id}`,
    targetRefName: `refs/heads/${target}`,
    lastMergeSourceCommit: { commitId: shaOf(id + 1_000_000) },
    lastMergeCommit: { commitId: shaOf(id) },
    completionOptions: bypass === undefined ? {} : { bypassPolicy: true, bypassReason: bypass },
  };
}

export function threadsOf(id: number) {
  const system = (number: number, type: string, more: object, content: string, at: string) => ({
    id: id * 1000 + number,
    publishedDate: at,
    properties: { CodeReviewThreadType: { $type: "System.String", $value: type }, ...more },
    identities: { "1": rita },
    comments: [{ id: 1, author: rita, content, publishedDate: at, commentType: "system" }],
  });
  const vote = { CodeReviewVoteResult: { $value: "10" }, CodeReviewVotedByIdentity: { $value: "1" } };
  return [
    system(1, "VoteUpdate", vote, "Rita voted 10", "2025-01-03T08:00:00.5Z"),
    {
      id: id * 1000 + 2,
      publishedDate: "2025-01-02T09:00:00Z",
      status: "fixed",
      threadContext: { filePath: "/src/a.ts" },
      comments: [
        { id: 1, author: rita, content: "Rita voted 10", publishedDate: "2025-01-02T09:00:00Z", commentType: "text" },
      ],
    },
  ];
}

function iterationsOf(id: number) {
  const iteration = (number: number, commit: number, at: string, reason: string) => ({
    id: number,
    author: ada,
    createdDate: at,
    reason,
    sourceRefCommit: { commitId: shaOf(commit) },
  });
  return [
    iteration(1, id + 2_000_000, "2025-01-02T08:00:00Z", "create"),
    iteration(2, id + 1_000_000, "2025-01-02T10:00:00Z", "forcePush"),
  ];
}
