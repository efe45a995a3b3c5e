import type { SourceOf } from "../../../../../shared/model/source.ts";
import type { SeenRequest } from "../../http/loopback-server.ts";
import { type FakeHost, type FakeRoute, shaOf, startHost } from "../fake-host.ts";

/*
 * A Bitbucket Data Center in the shapes of developer.atlassian.com/server/bitbucket/rest (pull-requests, activities,
 * commits, build-status, branch-permissions): times in milliseconds, pages that say where the next one begins.
 */

export const serverToken = "BBDC-NobodyMaySeeThis";

export interface FakeBitbucketServer {
  requests: { readonly id: number; closedAt: number; readonly activities?: number; target?: string }[];
  canWrite: boolean;
  /** The account that the answers name. */
  account: string;
}

export async function startBitbucketServer(changes: Partial<FakeBitbucketServer> = {}, host: Partial<FakeHost> = {}) {
  const bitbucket: FakeBitbucketServer = { requests: [], canWrite: false, account: "auditor", ...changes };
  const started = await startHost(routesOf(bitbucket), `Bearer ${serverToken}`, host);
  const source: SourceOf<"bitbucket-server"> = {
    id: "host",
    kind: "bitbucket-server",
    repository: "shop",
    siteUrl: started.server.url,
    project: "ACME/shop",
    releaseBranch: "main",
    token: { in: "environment", name: "UNUSED" },
  };
  return { bitbucket, source, ...started };
}

const place = "projects/ACME/repos/shop";
const rita = { name: "rita", emailAddress: "rita@example.test", type: "NORMAL" };

function routesOf(bitbucket: FakeBitbucketServer): FakeRoute[] {
  const route = (path: string, give: FakeRoute[1]): FakeRoute => [
    new RegExp(`^/rest/${path}$`),
    (...parts) => {
      const answer = give(...parts);
      return answer && { ...answer, headers: { "x-ausername": bitbucket.account } };
    },
  ];
  const find = (id: string | undefined) => bitbucket.requests.find((request) => request.id === Number(id));
  const repository = `api/1.0/${place}`;
  return [
    route("api/1.0/application-properties", () => ({ body: { version: "8.19.1", displayName: "Bitbucket" } })),
    route(repository, () => ({ body: { slug: "shop", project: { key: "ACME" } } })),
    route(`${repository}/branches`, (_parts, seen) => sliced([{ displayId: "main" }, { displayId: "main-old" }], seen)),
    route("api/1.0/repos", (_parts, seen) => sliced(bitbucket.canWrite ? [{ slug: "shop" }] : [], seen)),
    route(`${repository}/pull-requests`, (_parts, seen) => {
      const at = seen.query.get("at");
      const listed = bitbucket.requests.map(requestOf);
      return sliced(at === null ? listed : listed.filter(({ toRef }) => toRef.id === at), seen);
    }),
    route(`${repository}/pull-requests/(\\d+)`, ([id]) => {
      const request = find(id);
      return request ? { body: requestOf(request) } : null;
    }),
    route(`${repository}/pull-requests/(\\d+)/activities`, ([id], seen) => {
      const request = find(id);
      return request ? sliced(activitiesOf(request), seen) : null;
    }),
    route(`${repository}/pull-requests/(\\d+)/commits`, ([id], seen) =>
      sliced(
        [
          {
            id: shaOf(Number(id) + 1_000_000),
            message: "Work",
            author: { name: "Ada", emailAddress: "ada@example.test" },
          },
        ],
        seen,
      ),
    ),
    route("build-status/1.0/commits/([0-9a-f]+)", (_parts, seen) =>
      sliced([{ state: "SUCCESSFUL", key: "CI", name: "CI", url: "", dateAdded: Date.UTC(2025, 1, 1) }], seen),
    ),
    route(`branch-permissions/2.0/${place}/restrictions`, (_parts, seen) =>
      sliced([{ id: 1, type: "fast-forward-only", matcher: { id: "refs/heads/main", displayId: "main" } }], seen),
    ),
  ];
}

export function requestOf({ id, closedAt, target = "main" }: FakeBitbucketServer["requests"][number]) {
  return {
    id,
    title: `Change ${id}`,
    state: "MERGED",
    createdDate: Date.UTC(2025, 0, 2),
    updatedDate: closedAt,
    closedDate: closedAt,
    author: { user: { name: "ada", emailAddress: "ada@example.test", type: "NORMAL" } },
    reviewers: [],
    fromRef: { displayId: `branch-${id}`, latestCommit: shaOf(id + 1_000_000) },
    toRef: { id: `refs/heads/${target}`, displayId: target, latestCommit: shaOf(1) },
    properties: { mergeCommit: { id: shaOf(id) } },
    links: { self: [{ href: `https://bitbucket.example.test/pull-requests/${id}` }] },
  };
}

/** Newest first: merged, approved, pushed; the approval was given after the push. */
export function activitiesOf({ id, closedAt, activities = 3 }: FakeBitbucketServer["requests"][number]) {
  const early = Date.UTC(2025, 0, 2);
  const comments = Array.from({ length: Math.max(0, activities - 3) }, (_, index) => ({
    id: id * 1000 + 10 + index,
    action: "COMMENTED",
    createdDate: early + 1,
    user: rita,
    comment: { id: index + 1, text: "Why?", author: rita, createdDate: early + 1, state: "OPEN" },
  }));
  return [
    { id: id * 1000 + 3, action: "MERGED", createdDate: closedAt, user: rita, commit: { id: shaOf(id) } },
    { id: id * 1000 + 2, action: "APPROVED", createdDate: early + 3, user: rita },
    ...comments,
    {
      id: id * 1000 + 1,
      action: "RESCOPED",
      createdDate: early + 2,
      user: { name: "ada", type: "NORMAL" },
      fromHash: shaOf(id + 1_000_000),
      previousFromHash: shaOf(id + 2_000_000),
    },
  ];
}

function sliced(rows: readonly unknown[], { query }: SeenRequest) {
  const [start, limit] = [Number(query.get("start") ?? 0), Number(query.get("limit") ?? 25)];
  const isLastPage = start + limit >= rows.length;
  const values = rows.slice(start, start + limit);
  return {
    body: { values, size: values.length, limit, start, isLastPage, nextPageStart: isLastPage ? null : start + limit },
  };
}
