import { z } from "zod";
import { instantOf, millisecondsOf } from "../../../../shared/model/instant.ts";
import type { SourceOf } from "../../../../shared/model/source.ts";
import { windowOf } from "../../audit-window.ts";
import { parseAnswer } from "../../http/json-client.ts";
import { createJsonListClient } from "../../list-pull/json-list-client.ts";
import type { Question } from "../../list-pull/list-cursor.ts";
import { createListDriver } from "../../list-pull/list-driver.ts";
import type { AnswerReading, DetailQuestion, Identity, ListClient, ListTool } from "../../list-pull/list-tool.ts";
import type { SourceContext } from "../../source-driver.ts";

const perPage = 100;
const Execution = z.object({
  id: z.string(),
  name: z.string().nullish(),
  buildTime: z.int().nonnegative().nullish(),
  startTime: z.int().nonnegative().nullish(),
  stages: z.array(z.object({ type: z.string() })).nullish(),
});
type Execution = z.infer<typeof Execution>;
const User = z.object({ username: z.string().nullish(), roles: z.array(z.unknown()).nullish() });
const Rights = z.record(z.string(), z.array(z.string()));
const Application = z.object({ attributes: z.object({ permissions: Rights.nullish() }).nullish() });

const executions = "executions";
const again = "executions in the opposite order";
const before = "executions before them";

/** Spinnaker that is set up to remove old executions leaves so many of each pipeline where nothing else is set. */
const leastKept = 5;

/** Executions of Spinnaker's pipelines, through Gate. It tells no total, so they are listed once more from the other end. */
export const spinnakerTool: ListTool<"spinnaker"> = {
  kind: "spinnaker",
  name: "Spinnaker",
  other: "deployment-tool.other",
  connect(source, context, limits, onWait) {
    const headers = { authorization: `Bearer ${context.readSecret(source.token)}` };
    return createJsonListClient(source, headers, context, limits, onWait);
  },
  identify,
  begin: (source, context) => [page(source, context, executions, 0), page(source, context, again, 0)],
  read(question, answer, source, context) {
    if (question.format === "spinnaker.execution") return { keys: [parseAnswer(Execution, answer).id] };
    const found = parseAnswer(z.array(Execution), answer);
    const keys = found.map(({ id }) => id);
    if (question.list === before) return found.length > 0 ? { keys } : { keys, ...noneBefore(question) };
    const start = Number(question.memo.start ?? 0) + keys.length;
    const isLast = keys.length < perPage;
    if (question.list === again) {
      const late = keys.map((key) => ({ list: executions, key, question: one(key), isLate: true }));
      return { keys, details: late, ...(isLast ? {} : { next: page(source, context, again, start) }) };
    }
    const kept = tallyKept(question, found);
    if (!isLast) return { keys, next: page(source, context, executions, start, JSON.stringify(kept)) };
    return { keys, details: askBefore(source, context, kept) };
  },
  checks: { [again]: executions },
  describe(source, context) {
    const { path, query } = page(source, context, executions, 0);
    const { startIndex: _start, ...asked } = query;
    return { endpoint: `Spinnaker at ${source.apiUrl}`, query: `${path} ${JSON.stringify(asked)}` };
  },
  covers: ({ repository }) => [
    { kind: "deployments", scope: repository },
    { kind: "gates", scope: repository },
  ],
  remarks: [
    "Spinnaker can be set up to remove old executions, and does not say so; of a pipeline with at least 5 executions and none before them, nothing before its first is covered.",
    "What somebody does by hand in Spinnaker's window, outside of any pipeline, it lists for two weeks only, and that was not pulled.",
    "Read as deployments are stages that deploy, patch, clone or roll back; what a job, a script or a pipeline of another application puts somewhere is not seen.",
  ],
};

export const spinnakerDriver = createListDriver(spinnakerTool);

/** Of each pipeline that deploys: how many executions there are, and when the oldest was asked for. */
const Kept = z.record(z.string(), z.object({ count: z.int(), oldest: z.int() }));
type Kept = z.infer<typeof Kept>;

function tallyKept({ memo }: Question, found: readonly Execution[]): Kept {
  const kept = new Map(Object.entries(Kept.parse(JSON.parse(typeof memo.kept === "string" ? memo.kept : "{}"))));
  for (const { name, buildTime, startTime, stages } of found) {
    const at = buildTime ?? startTime;
    const isDeploying = (stages ?? []).some(({ type }) =>
      /deploy|rollback|undoRollout|cloneServerGroup|patch/i.test(type),
    );
    if (!name || typeof at !== "number" || !isDeploying) continue;
    const { count, oldest } = kept.get(name) ?? { count: 0, oldest: at };
    kept.set(name, { count: count + 1, oldest: Math.min(oldest, at) });
  }
  return Object.fromEntries(kept);
}

/** Whether anything is kept of a pipeline from before the window. */
function askBefore(source: SourceOf<"spinnaker">, context: SourceContext, kept: Kept): DetailQuestion[] {
  const { path } = page(source, context, before, 0);
  return Object.entries(kept)
    .filter(([, { count }]) => count >= leastKept)
    .map(([pipelineName, { oldest }]) => {
      const query = { pipelineName, triggerTimeEndBoundary: oldest - 1, size: 1, startIndex: 0, expand: "false" };
      const memo = { pipeline: pipelineName, oldest };
      return { list: "", key: "", question: { list: before, path, query, format: "deployment-tool.other", memo } };
    });
}

function noneBefore({ memo }: Question): Pick<AnswerReading, "reachesBackTo" | "notes"> {
  const oldest = instantOf(Number(memo.oldest));
  return {
    reachesBackTo: oldest,
    notes: [`Of the pipeline ${memo.pipeline} nothing is kept from before ${oldest}: it may have been removed.`],
  };
}

function page(
  source: SourceOf<"spinnaker">,
  { period }: SourceContext,
  list: string,
  start: number,
  kept = "{}",
): Question {
  const { from, to } = windowOf(period);
  return {
    list,
    path: `applications/${encodeURIComponent(source.application)}/executions/search`,
    query: {
      triggerTimeStartBoundary: millisecondsOf(from),
      triggerTimeEndBoundary: millisecondsOf(to),
      size: perPage,
      startIndex: start,
      // Whole executions once; the second list only says which there are.
      expand: String(list === executions),
      reverse: String(list === executions),
    },
    format: list === executions ? "spinnaker.executions" : "deployment-tool.other",
    memo: { start, kept },
  };
}

function one(id: string): Question {
  const path = `pipelines/${encodeURIComponent(id)}`;
  return { list: executions, path, query: {}, format: "spinnaker.execution", memo: {} };
}

async function identify(client: ListClient, source: SourceOf<"spinnaker">): Promise<Identity> {
  const answer = await client.ask({ path: "auth/user", query: {} });
  const { username, roles } = parseAnswer(User, answer);
  const own = new Set((roles ?? []).map(nameOfRole));
  const about = await client.ask({
    path: `applications/${encodeURIComponent(source.application)}`,
    query: { expand: "false" },
  });
  const rights = parseAnswer(Application, about).attributes?.permissions;
  const identity = username ?? "";
  const answers = [answer, about];
  if (!rights) {
    const access = "the application restricts nobody: whoever gets in may run its pipelines";
    return { account: identity, identity, access, canWrite: true, notes: [], answers };
  }
  const granted = ["READ", "WRITE", "EXECUTE"].filter((right) => rights[right]?.some((role) => own.has(role)));
  const canWrite = granted.some((right) => right !== "READ");
  return {
    account: identity,
    identity,
    access: `rights: ${granted.join(", ") || "none"}`,
    canWrite,
    notes: [],
    answers,
  };
}

/** Gate gives roles as names, or as objects with a name. */
function nameOfRole(role: unknown): string {
  if (typeof role === "string") return role;
  return z.object({ name: z.string() }).safeParse(role).data?.name ?? "";
}
