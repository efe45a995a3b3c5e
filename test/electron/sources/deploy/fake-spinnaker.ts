import { spinnakerTool } from "../../../../electron/sources/deploy/spinnaker/spinnaker-tool.ts";
import { startTool } from "./tool-under-test.ts";

const start = Date.parse("2025-02-01T10:00:00Z");

function execution(number: number) {
  return {
    id: `01EXEC${String(number).padStart(4, "0")}`,
    name: "Release" as string,
    application: "shop",
    startTime: start + number * 1000,
    authentication: { user: "deployer@example.org" },
    trigger: {
      type: "manual",
      user: "ada",
      artifacts: [{ type: "docker/image", name: "shop/web", version: `v${number}`, reference: `shop/web:v${number}` }],
      buildInfo: { number: 7, scm: [{ sha1: "a".repeat(40) }] },
    },
    stages: [
      { refId: "1", type: "deployManifest", status: "SUCCEEDED", endTime: start, context: { account: "staging" } },
      {
        refId: "2",
        requisiteStageRefIds: ["1"],
        type: "manualJudgment",
        name: "Release to production?",
        status: "SUCCEEDED",
        context: { judgmentStatus: "continue", judgmentInput: "looks good" },
        lastModified: { user: "bo", lastModifiedTime: start + 5000 },
      },
      { refId: "3", requisiteStageRefIds: ["2"], type: "wait", status: "SUCCEEDED" },
      {
        refId: "4",
        requisiteStageRefIds: ["3"],
        type: "deployManifest",
        status: "TERMINAL",
        endTime: start + 9000,
        context: { account: "production" },
      },
      {
        refId: "4<1",
        type: "deployManifest",
        status: "SUCCEEDED",
        endTime: start,
        syntheticStageOwner: "STAGE_BEFORE",
      },
    ],
  };
}

interface Fake {
  executions: ReturnType<typeof execution>[];
  permissions: Record<string, string[]> | null;
  /** What is kept of a pipeline from before its first execution of the window. */
  before: { id: string }[];
  /** Called before a search answers. */
  onSearch: (isCheck: boolean, startIndex: number) => void;
}

export async function startSpinnaker(count: number) {
  const fake: Fake = {
    executions: Array.from({ length: count }, (_, number) => execution(number)),
    permissions: { READ: ["auditors"], EXECUTE: ["developers"] },
    before: [{ id: "01EARLIER" }],
    onSearch: () => undefined,
  };
  const started = await startTool(spinnakerTool, { application: "shop" }, ({ path, query }) => {
    if (path === "/auth/user") return { body: { username: "auditor", roles: [{ name: "auditors" }] } };
    if (path === "/applications/shop") return { body: { attributes: { permissions: fake.permissions } } };
    const one = /^\/pipelines\/(.+)$/.exec(path)?.[1];
    if (one !== undefined) return { body: fake.executions.find(({ id }) => id === one) };
    if (path !== "/applications/shop/executions/search") return null;
    const from = Number(query.get("startIndex"));
    if (query.has("pipelineName")) return { body: fake.before };
    fake.onSearch(query.get("expand") === "false", from);
    const sorted = query.get("reverse") === "true" ? fake.executions.toReversed() : fake.executions;
    return { body: sorted.slice(from, from + Number(query.get("size"))) };
  });
  return { fake, ...started };
}
