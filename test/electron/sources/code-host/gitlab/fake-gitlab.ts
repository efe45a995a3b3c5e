import type { SourceOf } from "../../../../../shared/model/source.ts";
import { type FakeHost, type FakeRoute, numberedPage, shaOf, startHost } from "../fake-host.ts";

/*
 * A GitLab in the shapes of docs.gitlab.com/api (merge_requests, notes, merge_request_approvals, pipelines, jobs,
 * deployments, protected_branches, personal_access_tokens). A test holds these shapes to recorded answers.
 */

export const gitlabToken = "glpat-NobodyMaySeeThis";

export interface FakeRequest {
  readonly iid: number;
  mergedAt: string;
  updatedAt: string;
  createdAt?: string;
  target?: string;
  notes?: readonly FakeNote[];
}

export interface FakeNote {
  readonly body: string;
  readonly by: string;
  readonly at: string;
  readonly system?: boolean;
}

export interface FakeGitlab {
  requests: FakeRequest[];
  pipelines: {
    readonly iid: number;
    readonly updatedAt: string;
    readonly ref?: string;
    /** Started by another one: listed only where such are asked for. */
    readonly isChild?: boolean;
  }[];
  /** GitLab before 14.3 takes no notice of the `source` that is asked for. */
  asksBySource: boolean;
  deployments: { readonly iid: number; readonly updatedAt: string; readonly approvedBy?: string }[];
  scopes: readonly string[] | null;
  accessLevel: number;
  /** Paths below the project that are answered with 403. */
  forbidden: RegExp | null;
  /** GitLab leaves X-Total out above ten thousand rows. */
  totals: boolean;
}

export async function startGitlab(changes: Partial<FakeGitlab> = {}, host: Partial<FakeHost> = {}) {
  const gitlab: FakeGitlab = {
    requests: [],
    pipelines: [],
    asksBySource: true,
    deployments: [],
    scopes: ["read_api"],
    accessLevel: 20,
    forbidden: null,
    totals: true,
    ...changes,
  };
  const started = await startHost(routesOf(gitlab), `Bearer ${gitlabToken}`, host);
  const source: SourceOf<"gitlab"> = {
    id: "host",
    kind: "gitlab",
    repository: "shop",
    project: "acme/web/shop",
    apiUrl: `${started.server.url}/api/v4`,
    releaseBranch: "main",
    token: { in: "environment", name: "UNUSED" },
  };
  return { gitlab, source, ...started };
}

const project = "^/api/v4/projects/acme/web/shop";

function routesOf(gitlab: FakeGitlab): FakeRoute[] {
  const page = (rows: readonly unknown[], seen: Parameters<FakeRoute[1]>[1]) => {
    const { page: number, rows: body, more, total } = numberedPage(rows, seen);
    const totals: Record<string, string> = gitlab.totals ? { "x-total": String(total) } : {};
    return { body, headers: { "x-next-page": more ? String(number + 1) : "", ...totals } };
  };
  const find = (iid: string | undefined) => gitlab.requests.find((request) => request.iid === Number(iid));
  const route = (path: string, give: FakeRoute[1]): FakeRoute => [
    new RegExp(`${project}${path}$`),
    (parts, seen, url) =>
      gitlab.forbidden?.test(seen.path) ? { status: 403, body: { message: "403 Forbidden" } } : give(parts, seen, url),
  ];
  return [
    [/^\/api\/v4\/user$/, () => ({ body: { id: 7, username: "the-auditor" } })],
    [
      /^\/api\/v4\/personal_access_tokens\/self$/,
      () => (gitlab.scopes === null ? null : { body: { name: "audit", scopes: gitlab.scopes } }),
    ],
    route("", () => ({
      body: {
        path_with_namespace: "acme/web/shop",
        permissions: { project_access: { access_level: gitlab.accessLevel }, group_access: null },
      },
    })),
    route("/repository/branches/([^/]+)", ([branch]) => (branch === "main" ? { body: { name: "main" } } : null)),
    route("/merge_requests", (_parts, seen) => {
      const listed = gitlab.requests
        .filter(({ target = "main" }) => target === (seen.query.get("target_branch") ?? target))
        .filter(({ updatedAt }) => updatedAt >= (seen.query.get("updated_after") ?? ""))
        .sort((one, other) => ((one.createdAt ?? "") < (other.createdAt ?? "") ? -1 : one.iid - other.iid));
      return page(listed.map(requestOf), seen);
    }),
    route("/merge_requests/(\\d+)", ([iid]) => {
      const request = find(iid);
      return request ? { body: requestOf(request) } : null;
    }),
    route("/merge_requests/(\\d+)/notes", ([iid], seen) => page((find(iid)?.notes ?? []).map(noteOf(iid)), seen)),
    route("/merge_requests/(\\d+)/versions", ([iid], seen) =>
      page(
        [
          {
            id: Number(iid) * 10,
            head_commit_sha: shaOf(Number(iid) + 1_000_000),
            created_at: "2025-01-02T08:00:00.000Z",
          },
        ],
        seen,
      ),
    ),
    route("/merge_requests/(\\d+)/commits", ([iid], seen) => page([commitOf(Number(iid))], seen)),
    route("/merge_requests/(\\d+)/approvals", ([iid]) => ({
      body: { iid: Number(iid), approvals_required: 1, approved_by: [] },
    })),
    route("(/merge_requests/\\d+)?/approval_rules", (_parts, seen) =>
      page([{ id: 1, name: "Maintainers", approvals_required: 1, eligible_approvers: [{ username: "rita" }] }], seen),
    ),
    route("/merge_requests/(\\d+)/pipelines", (_parts, seen) => page([], seen)),
    route("/pipelines", (_parts, seen) => {
      const ref = seen.query.get("ref");
      const ofChildren = gitlab.asksBySource && seen.query.get("source") === "parent_pipeline";
      const listed = gitlab.pipelines.filter(({ isChild = false }) => isChild === ofChildren).map(pipelineOf);
      return page(ref === null ? listed : listed.filter((pipeline) => pipeline.ref === ref), seen);
    }),
    route("/pipelines/(\\d+)/jobs", ([id], seen) => page([jobOf(Number(id))], seen)),
    route("/deployments", (_parts, seen) => page(gitlab.deployments.map(deploymentOf), seen)),
    route("/deployments/(\\d+)", ([id]) => {
      const found = gitlab.deployments.find(({ iid }) => iid + 900_000_000 === Number(id));
      if (found === undefined) return null;
      const approvals = found.approvedBy
        ? [
            {
              user: { username: found.approvedBy },
              status: "approved",
              created_at: "2025-03-01T09:00:00.000Z",
              comment: "go",
            },
          ]
        : [];
      return { body: { ...deploymentOf(found), approvals } };
    }),
    route("/protected_branches", (_parts, seen) => page([{ id: 1, name: "main", allow_force_push: false }], seen)),
  ];
}

export function requestOf({ iid, mergedAt, updatedAt, createdAt, target = "main" }: FakeRequest) {
  return {
    id: iid + 700_000_000,
    iid,
    title: `Change ${iid}`,
    labels: ["ledger"],
    state: "merged",
    author: { id: 1, username: "ada" },
    created_at: createdAt ?? "2025-01-02T08:00:00.000Z",
    updated_at: updatedAt,
    merged_at: mergedAt,
    merge_user: { id: 2, username: "mel" },
    merged_by: { id: 2, username: "mel" },
    source_branch: `branch-${iid}`,
    target_branch: target,
    sha: shaOf(iid + 1_000_000),
    merge_commit_sha: shaOf(iid),
    squash_commit_sha: null,
    web_url: `https://gitlab.example.test/acme/web/shop/-/merge_requests/${iid}`,
  };
}

function noteOf(iid: string | undefined) {
  return ({ body, by, at, system = true }: FakeNote, index: number) => ({
    id: Number(iid) * 1000 + index,
    body,
    author: { id: 3, username: by },
    created_at: at,
    updated_at: at,
    system,
    noteable_iid: Number(iid),
    resolvable: false,
  });
}

function commitOf(iid: number) {
  const id = shaOf(iid + 1_000_000);
  return { id, title: "Work", message: "Work\n", author_name: "Ada", author_email: "ada@example.test" };
}

function pipelineOf({ iid, updatedAt, ref = "main", isChild = false }: FakeGitlab["pipelines"][number]) {
  return {
    id: iid + 800_000_000,
    iid,
    sha: shaOf(iid),
    ref,
    status: "success",
    source: isChild ? "parent_pipeline" : "push",
    created_at: updatedAt,
    updated_at: updatedAt,
    web_url: "",
  };
}

function jobOf(pipeline: number) {
  return {
    id: pipeline * 10,
    name: "test",
    status: "success",
    started_at: "2025-03-01T08:00:00.000Z",
    finished_at: "2025-03-01T08:05:00.000Z",
    pipeline: { id: pipeline },
  };
}

function deploymentOf({ iid, updatedAt }: FakeGitlab["deployments"][number]) {
  return {
    id: iid + 900_000_000,
    iid,
    ref: "main",
    sha: shaOf(iid),
    status: "success",
    created_at: updatedAt,
    updated_at: updatedAt,
    user: { id: 2, username: "mel" },
    environment: { id: 1, name: "production" },
    deployable: { id: iid, name: "deploy", finished_at: updatedAt },
  };
}
