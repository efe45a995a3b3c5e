import type { ServerResponse } from "node:http";
import type { SourceOf } from "../../../../../shared/model/source.ts";
import { type LoopbackServer, type SeenRequest, sendJson, startServer } from "../../http/loopback-server.ts";

export interface FakePipeline {
  readonly number: number;
  readonly at: string;
  readonly branch?: string;
  readonly tag?: string;
  /** What it says of the code that it ran on, in place of a branch or tag. */
  readonly vcs?: object;
}

/** A small CircleCI whose pipelines change while they are read. */
export interface FakeCircleci {
  pipelines: FakePipeline[];
  pageSize: number;
  before: (seen: SeenRequest, response: ServerResponse) => boolean;
}

export const circleciToken = "CCIPAT_NobodyMaySeeThis";

export async function startCircleci(
  changes: Partial<FakeCircleci> = {},
): Promise<{ circleci: FakeCircleci; server: LoopbackServer; source: SourceOf<"circleci"> }> {
  const circleci: FakeCircleci = { pipelines: [], pageSize: 20, before: () => false, ...changes };
  const server = await startServer((seen, response) => {
    if (!circleci.before(seen, response)) answer(circleci, seen, response);
  });
  const source: SourceOf<"circleci"> = {
    id: "ci",
    kind: "circleci",
    repository: "shop",
    projectSlug: "gh/acme/shop",
    apiUrl: `${server.url}/api/v2`,
    releaseBranch: "main",
    token: { in: "environment", name: "UNUSED" },
  };
  return { circleci, server, source };
}

function answer(circleci: FakeCircleci, seen: SeenRequest, response: ServerResponse): void {
  const path = seen.path.replace("/api/v2/", "");
  const [, number] = /^project\/gh\/acme\/shop\/pipeline(?:\/(\d+))?$/.exec(path) ?? [];
  const one = circleci.pipelines.find((pipeline) => pipeline.number === Number(number));
  const pipeline = /^pipeline\/p-(\d+)\/workflow$/.exec(path)?.[1];
  const workflow = /^workflow\/w-(\d+)\/job$/.exec(path)?.[1];
  if (seen.headers["circle-token"] !== circleciToken) sendJson(response, {}, { status: 401 });
  else if (path === "me") sendJson(response, { id: "1", login: "auditor", name: "The Auditor" });
  else if (path === "project/gh/acme/shop/pipeline") sendJson(response, pageOf(circleci, seen));
  else if (one !== undefined) sendJson(response, shown(one));
  else if (pipeline !== undefined) sendJson(response, { items: [workflowOf(pipeline)], next_page_token: null });
  else if (workflow !== undefined) sendJson(response, jobsOf(workflow, seen));
  else sendJson(response, { message: "Not found" }, { status: 404 });
}

function pageOf({ pipelines, pageSize }: FakeCircleci, { query }: SeenRequest) {
  const newest = pipelines.toSorted((one, other) => other.number - one.number);
  const start = Number(query.get("page-token")?.replace("from-", "") ?? 0);
  const next = start + pageSize < newest.length ? `from-${start + pageSize}` : null;
  return { items: newest.slice(start, start + pageSize).map(shown), next_page_token: next };
}

function shown({ number, at, branch, tag, vcs }: FakePipeline) {
  return {
    id: `p-${number}`,
    number,
    project_slug: "gh/acme/shop",
    created_at: at,
    updated_at: at,
    state: "created",
    errors: [],
    trigger: { type: "webhook", received_at: at, actor: { login: "ada", avatar_url: null } },
    vcs: vcs ?? {
      revision: "c".repeat(40),
      provider_name: "GitHub",
      ...(tag === undefined ? { branch: branch ?? "main" } : { tag }),
    },
  };
}

function workflowOf(number: string) {
  return {
    id: `w-${number}`,
    name: "build-and-deploy",
    status: "success",
    created_at: "2025-02-01T10:00:00Z",
    stopped_at: "2025-02-01T10:20:00Z",
    started_by: "uuid-1",
    project_slug: "gh/acme/shop",
    pipeline_number: Number(number),
    pipeline_id: `p-${number}`,
  };
}

/** Two pages. */
function jobsOf(workflow: string, { query }: SeenRequest) {
  const times = { started_at: "2025-02-01T10:01:00Z", stopped_at: "2025-02-01T10:11:00Z" };
  const job = { id: `${workflow}-1`, name: "test", type: "build", status: "success", job_number: 1, ...times };
  const gate = {
    id: `${workflow}-2`,
    name: "hold",
    type: "approval",
    status: "success",
    approved_by: "uuid-grace",
    ...times,
  };
  return query.has("page-token")
    ? { items: [gate], next_page_token: null }
    : { items: [job], next_page_token: "second" };
}
