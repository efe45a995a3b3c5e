import type { SourceOf } from "../../../../../shared/model/source.ts";
import type { SeenRequest } from "../../http/loopback-server.ts";
import { type FakeHost, type FakeRoute, shaOf, startHost } from "../fake-host.ts";

/*
 * A Bitbucket Cloud in the shapes of developer.atlassian.com/cloud/bitbucket/rest (pullrequests, activity, commits,
 * statuses, branch-restrictions, deployments): commits of a pull request by twelve digits, pages that name the next.
 */

export const bitbucketToken = "ATCTT-NobodyMaySeeThis";

export interface FakeBitbucket {
  requests: {
    readonly id: number;
    readonly mergedAt: string;
    updatedAt: string;
    readonly activity?: number;
    readonly target?: string;
  }[];
  deployments: number;
  scopes: string | null;
}

export async function startBitbucket(changes: Partial<FakeBitbucket> = {}, host: Partial<FakeHost> = {}) {
  const bitbucket: FakeBitbucket = { requests: [], deployments: 0, scopes: "repository, pullrequest", ...changes };
  const started = await startHost(routesOf(bitbucket), `Bearer ${bitbucketToken}`, host);
  const source: SourceOf<"bitbucket"> = {
    id: "host",
    kind: "bitbucket",
    repository: "shop",
    project: "acme/shop",
    apiUrl: `${started.server.url}/2.0`,
    releaseBranch: "main",
    token: { in: "environment", name: "UNUSED" },
  };
  return { bitbucket, source, ...started };
}

const repository = "^/2.0/repositories/acme/shop";
const ada = { type: "user", nickname: "ada", account_id: "1:a" };
const rita = { type: "user", nickname: "rita", account_id: "1:b" };

function routesOf(bitbucket: FakeBitbucket): FakeRoute[] {
  const route = (path: string, give: FakeRoute[1]): FakeRoute => [new RegExp(`${repository}${path}$`), give];
  const find = (id: string | undefined) => bitbucket.requests.find((request) => request.id === Number(id));
  const scopes: Record<string, string> = bitbucket.scopes === null ? {} : { "x-oauth-scopes": bitbucket.scopes };
  return [
    [/^\/2.0\/user$/, () => ({ body: { ...ada, nickname: "the-auditor" } })],
    route("", () => ({ body: { full_name: "acme/shop" }, headers: scopes })),
    route("/refs/branches/main", () => ({ body: { name: "main" } })),
    route("/pullrequests", (_parts, seen, url) => {
      const since = (/updated_on >= (\S+)\+00:00/.exec(seen.query.get("q") ?? "")?.[1] ?? "").slice(0, 19);
      const into = /destination\.branch\.name = "([^"]+)"/.exec(seen.query.get("q") ?? "")?.[1];
      const listed = bitbucket.requests
        .filter(({ updatedAt, target = "main" }) => updatedAt.slice(0, 19) >= since && target === (into ?? target))
        .map(requestOf);
      return paged(listed, seen, url, { size: listed.length });
    }),
    route("/pullrequests/(\\d+)", ([id]) => {
      const request = find(id);
      return request ? { body: requestOf(request) } : null;
    }),
    route("/pullrequests/(\\d+)/activity", ([id], seen, url) => {
      const request = find(id);
      return request ? paged(activityOf(request), seen, url, {}, "ctx") : null;
    }),
    route("/pullrequests/(\\d+)/commits", ([id], seen, url) =>
      paged(
        [{ hash: headOf(Number(id)), message: "Work", author: { raw: "Ada <ada@example.test>", user: ada } }],
        seen,
        url,
      ),
    ),
    route("/pullrequests/(\\d+)/statuses", ([id], seen, url) =>
      paged(
        [
          {
            key: "build",
            name: "CI",
            state: "SUCCESSFUL",
            url: "",
            created_on: "2025-02-01T08:00:00.000000+00:00",
            updated_on: "2025-02-01T08:10:00.000000+00:00",
            links: { commit: { href: `https://api.example.test/commit/${headOf(Number(id))}` } },
          },
        ],
        seen,
        url,
      ),
    ),
    route("/branch-restrictions", (_parts, seen, url) =>
      paged(
        [
          { id: 1, kind: "require_approvals_to_merge", pattern: "main", value: 2 },
          { id: 2, kind: "force", pattern: "main", value: null },
        ],
        seen,
        url,
      ),
    ),
    route("/deployments/", (_parts, seen, url) =>
      paged(
        Array.from({ length: bitbucket.deployments }, (_, index) => ({
          uuid: `{d-${index}}`,
          environment: { uuid: "{e}", name: "production" },
          release: { name: `#${index}`, commit: { hash: shaOf(index).slice(0, 12) } },
          state: { name: "COMPLETED", status: { name: "SUCCESSFUL" }, completed_on: "2025-03-01T08:00:00.000Z" },
        })),
        seen,
        url,
      ),
    ),
  ];
}

/** Digits that differ at the front, as those of real ids do. */
export function headOf(id: number): string {
  return `${(id + 0xabc000).toString(16)}${"0".repeat(34)}`;
}

export function requestOf({ id, mergedAt, updatedAt, target = "main" }: FakeBitbucket["requests"][number]) {
  return {
    id,
    title: `Change ${id}`,
    state: "MERGED",
    author: ada,
    closed_by: rita,
    created_on: `${mergedAt.slice(0, 8)}01T00:00:00.000000+00:00`,
    updated_on: updatedAt,
    source: { branch: { name: `branch-${id}` }, commit: { hash: headOf(id).slice(0, 12) } },
    destination: { branch: { name: target }, commit: { hash: shaOf(1).slice(0, 12) } },
    merge_commit: { hash: shaOf(id).slice(0, 12) },
    links: { html: { href: `https://bitbucket.example.test/acme/shop/pull-requests/${id}` } },
  };
}

/** Newest first: merged, approved, comments, pushed. */
export function activityOf({ id, mergedAt, activity = 3 }: FakeBitbucket["requests"][number]) {
  const pull_request = { id };
  const update = (state: string, date: string) => ({
    pull_request,
    update: { state, date, author: rita, source: { commit: { hash: headOf(id).slice(0, 12) } }, changes: {} },
  });
  const comments = Array.from({ length: Math.max(0, activity - 3) }, (_, index) => ({
    pull_request,
    comment: { id: index + 1, created_on: "2025-01-02T09:00:00.000000+00:00", user: rita, content: { raw: "Why?" } },
  }));
  return [
    update("MERGED", mergedAt),
    { pull_request, approval: { date: "2025-01-02T10:00:00.000000+00:00", user: rita } },
    ...comments,
    update("OPEN", "2025-01-02T08:00:00.000000+00:00"),
  ];
}

function paged(rows: readonly unknown[], seen: SeenRequest, url: string, more = {}, name = "page") {
  const size = Number(seen.query.get("pagelen") ?? 10);
  const page = Number(seen.query.get(name) ?? 1);
  const next = new URL(`${url}${seen.path}?${seen.query.toString()}`);
  next.searchParams.set(name, String(page + 1));
  const follows = page * size < rows.length ? { next: next.href } : {};
  return { body: { values: rows.slice((page - 1) * size, page * size), ...more, ...follows } };
}
