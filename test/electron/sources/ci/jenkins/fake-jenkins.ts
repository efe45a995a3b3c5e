import type { ServerResponse } from "node:http";
import type { SourceOf } from "../../../../../shared/model/source.ts";
import { type LoopbackServer, type SeenRequest, sendJson, startServer } from "../../http/loopback-server.ts";

export interface FakeBuild {
  readonly number: number;
  readonly at: string;
  readonly pipeline?: boolean;
}

/** A small Jenkins whose builds come and go while it is read. */
export interface FakeJenkins {
  /** By full name of the job. */
  jobs: Record<string, FakeBuild[]>;
  next: Record<string, number>;
  stageView: boolean;
  anonymous: boolean;
  before: (seen: SeenRequest, response: ServerResponse) => boolean;
}

export const jenkinsToken = "11NobodyMaySeeThis";

export async function startJenkins(
  changes: Partial<FakeJenkins> = {},
): Promise<{ jenkins: FakeJenkins; server: LoopbackServer; source: SourceOf<"jenkins"> }> {
  const jenkins: FakeJenkins = {
    jobs: {},
    next: {},
    stageView: true,
    anonymous: false,
    before: () => false,
    ...changes,
  };
  const server = await startServer((seen, response) => {
    if (!jenkins.before(seen, response)) answer(jenkins, seen, response);
  });
  const source: SourceOf<"jenkins"> = {
    id: "ci",
    kind: "jenkins",
    repository: "shop",
    siteUrl: server.url,
    jobs: ["team/shop"],
    user: "auditor",
    token: { in: "environment", name: "UNUSED" },
  };
  return { jenkins, server, source };
}

function answer(jenkins: FakeJenkins, seen: SeenRequest, response: ServerResponse): void {
  const body = bodyOf(jenkins, seen);
  if (typeof body === "number") sendJson(response, {}, { status: body });
  else sendJson(response, body);
}

/** A body, or the status of a refusal. */
function bodyOf(jenkins: FakeJenkins, seen: SeenRequest): object | number {
  const basic = `Basic ${Buffer.from(`auditor:${jenkinsToken}`).toString("base64")}`;
  if (seen.headers.authorization !== basic) return 401;
  if (seen.path === "/whoAmI/api/json") {
    const name = jenkins.anonymous ? "anonymous" : "auditor";
    return { _class: "hudson.security.WhoAmI", anonymous: jenkins.anonymous, name };
  }
  const [, path = "", number, rest = ""] = /^((?:\/job\/[^/]+)+)(?:\/(\d+))?\/(.*)$/.exec(seen.path) ?? [];
  const job = path.split("/job/").slice(1).map(decodeURIComponent).join("/");
  const builds = jenkins.jobs[job];
  if (builds === undefined) return 404;
  if (number === undefined) return jobAnswer(jenkins, job, builds, seen);
  const build = builds.find((candidate) => candidate.number === Number(number));
  const isStages = rest === "wfapi/describe";
  if (build === undefined || (isStages && !jenkins.stageView)) return 404;
  return isStages ? stagesOf(path, build) : shown(build);
}

function jobAnswer(jenkins: FakeJenkins, job: string, builds: readonly FakeBuild[], seen: SeenRequest) {
  const tree = seen.query.get("tree") ?? "";
  const newest = builds.toSorted((one, other) => other.number - one.number);
  if (tree === "allBuilds[number,timestamp]") {
    return { allBuilds: newest.map(({ number, at }) => ({ number, timestamp: Date.parse(at) })) };
  }
  const [, from = "0", to = "0"] = /\{(\d+),(\d+)\}$/.exec(tree) ?? [];
  const nextBuildNumber = jenkins.next[job] ?? (newest[0]?.number ?? 0) + 1;
  const head = { _class: "org.jenkinsci.plugins.workflow.job.WorkflowJob", fullName: job, nextBuildNumber };
  return tree.includes("allBuilds[") ? { ...head, allBuilds: newest.slice(Number(from), Number(to)).map(shown) } : head;
}

function shown({ number, at, pipeline = false }: FakeBuild) {
  return {
    _class: pipeline ? "org.jenkinsci.plugins.workflow.job.WorkflowRun" : "hudson.model.FreeStyleBuild",
    actions: [
      {},
      { lastBuiltRevision: { SHA1: "a".repeat(40), branch: [{ name: "origin/main" }] }, remoteUrls: ["git@host:shop"] },
    ],
    building: false,
    duration: 61_000,
    number,
    result: "SUCCESS",
    timestamp: Date.parse(at),
    url: `https://jenkins.example/job/team/job/shop/${number}/`,
  };
}

function stagesOf(path: string, { number, at }: FakeBuild) {
  return {
    _links: { self: { href: `${path}/${number}/wfapi/describe` } },
    id: String(number),
    name: `#${number}`,
    stages: [
      { id: "6", name: "Test", status: "SUCCESS", startTimeMillis: Date.parse(at), durationMillis: 60_000 },
      { id: "9", name: "Deploy", status: "NOT_EXECUTED" },
    ],
  };
}
