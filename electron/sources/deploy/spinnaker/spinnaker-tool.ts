import { z } from "zod";
import { millisecondsOf } from "../../../../shared/model/instant.ts";
import type { SourceOf } from "../../../../shared/model/source.ts";
import { windowOf } from "../../audit-window.ts";
import { parseAnswer } from "../../http/json-client.ts";
import { createJsonListClient } from "../../list-pull/json-list-client.ts";
import type { Question } from "../../list-pull/list-cursor.ts";
import { createListDriver } from "../../list-pull/list-driver.ts";
import type { Identity, ListClient, ListTool } from "../../list-pull/list-tool.ts";
import type { SourceContext } from "../../source-driver.ts";

const perPage = 100;
const Execution = z.object({ id: z.string() });
const User = z.object({ username: z.string().nullish(), roles: z.array(z.unknown()).nullish() });
const Rights = z.record(z.string(), z.array(z.string()));
const Application = z.object({ attributes: z.object({ permissions: Rights.nullish() }).nullish() });

const executions = "executions";
const again = "executions in the opposite order";

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
    const keys = parseAnswer(z.array(Execution), answer).map(({ id }) => id);
    const start = Number(question.memo.start ?? 0) + keys.length;
    const next = keys.length < perPage ? {} : { next: page(source, context, question.list, start) };
    const details =
      question.list === again ? keys.map((key) => ({ list: executions, key, question: one(key), isLate: true })) : [];
    return { keys, details, ...next };
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
  remarks: [],
};

export const spinnakerDriver = createListDriver(spinnakerTool);

function page(source: SourceOf<"spinnaker">, { period }: SourceContext, list: string, start: number): Question {
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
    memo: { start },
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
