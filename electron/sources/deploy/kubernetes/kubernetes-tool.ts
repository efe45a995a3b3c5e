import { z } from "zod";
import type { SourceOf } from "../../../../shared/model/source.ts";
import { parseAnswer } from "../../http/json-client.ts";
import { createJsonListClient } from "../../list-pull/json-list-client.ts";
import type { Question } from "../../list-pull/list-cursor.ts";
import { createListDriver } from "../../list-pull/list-driver.ts";
import type { DetailQuestion, Identity, ListClient, ListTool } from "../../list-pull/list-tool.ts";
import type { SourceContext } from "../../source-driver.ts";
import { Item, judgeKept, tallyKept, workloadOf } from "./kept-revisions.ts";

const perPage = 500;
const List = z.object({
  metadata: z.object({ continue: z.string().nullish(), remainingItemCount: z.int().nonnegative().nullish() }),
  items: z.array(Item),
});
const Version = z.object({ gitVersion: z.string() });
const Claims = z.object({ sub: z.string() });

/** Revisions of a namespace's workloads, and of Helm's releases, as far as the cluster still keeps them. */
export const kubernetesTool: ListTool<"kubernetes"> = {
  kind: "kubernetes",
  name: "Kubernetes",
  other: "deployment-tool.other",
  connect(source, context, limits, onWait) {
    const authorization = `Bearer ${context.readSecret(source.token)}`;
    const client = createJsonListClient(source, { authorization }, context, limits, onWait);
    // Helm keeps values in these secrets. Only their names and labels are asked for, so that no secret is ever received.
    const accept = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";
    const labels = createJsonListClient(source, { authorization, accept }, context, limits, onWait);
    return {
      host: client.host,
      ask: (question) => (question.path.endsWith("/secrets") ? labels : client).ask(question),
    };
  },
  identify,
  begin: (source) => [page(source, "replica sets"), ...(source.helm ? [page(source, "Helm releases")] : [])],
  read(question, answer, source) {
    const { metadata, items } = parseAnswer(List, answer);
    const wanted = items.filter((item) => isWanted(item, source));
    const kept = tallyKept(question.memo, wanted);
    const received = Number(question.memo.received ?? 0) + items.length;
    const { continue: token, remainingItemCount: rest } = metadata;
    // What the first page told of the whole list holds to its end: all pages are of one moment.
    const total = Math.max(Number(question.memo.total ?? 0), received + (rest ?? 0));
    const isTold = typeof rest === "number" || question.memo.total !== undefined;
    const found = [...new Set([...namesIn(question), ...wanted.map(workloadOf)])];
    const seen = { found: JSON.stringify(found) };
    const memo = { received, ...(isTold ? { total } : {}), kept: JSON.stringify(kept), ...seen };
    const sets: DetailQuestion = { list: "", key: "", question: page(source, "controller revisions", "", seen) };
    const isLast = !token && question.list === "controller revisions";
    const missing = isLast && !source.helm ? missingOf(source, found) : [];
    return {
      keys: items.map((item) => item.metadata.uid),
      // The rest is told by pages that another one follows; a list of one page has no total of its own.
      ...(isTold ? { total } : {}),
      ...(token ? { next: page(source, listOf(question.list), token, memo) } : withMissing(judgeKept(kept), missing)),
      // Sets of a state or a daemon are asked for when it is known which workloads have replica sets.
      ...(!token && question.list === "replica sets" ? { details: [sets] } : {}),
    };
  },
  describe: (source) => ({
    endpoint: `Kubernetes at ${source.apiUrl}, namespace ${source.namespace}`,
    query: `Replica sets, controller revisions${source.helm ? " and Helm's releases (names and labels)" : ""} of ${source.workloads.join(", ") || "all workloads"}`,
  }),
  covers: ({ repository }) => [{ kind: "deployments", scope: repository }],
  remarks: [
    "A cluster keeps the last revisions of each workload, and tells when each was made, not by whom, nor whether its rollout went well.",
    "A workload that was deleted left no trace; jobs and pods of their own have no revisions.",
    "The account's rights can only be asked for with POST, so they were not asked for.",
  ],
};

export const kubernetesDriver = createListDriver(kubernetesTool);

const lists = ["replica sets", "controller revisions", "Helm releases"] as const;
type ListName = (typeof lists)[number];

function listOf(name: string): ListName {
  return lists.find((list) => list === name) ?? "replica sets";
}

function page(source: SourceOf<"kubernetes">, list: ListName, token = "", memo: Question["memo"] = {}): Question {
  const namespace = `namespaces/${source.namespace}`;
  const paged = { limit: perPage, ...(token === "" ? {} : { continue: token }) };
  const common = { list, memo, ...(token === "" ? {} : { expires: true }) };
  if (list === "Helm releases") {
    const query = { labelSelector: "owner=helm", fieldSelector: "type=helm.sh/release.v1", ...paged };
    const without = "which releases Helm made is not known";
    return { ...common, path: `api/v1/${namespace}/secrets`, query, format: "helm.releases", without };
  }
  const path = `apis/apps/v1/${namespace}`;
  return list === "replica sets"
    ? { ...common, path: `${path}/replicasets`, query: paged, format: "kubernetes.replica-sets" }
    : { ...common, path: `${path}/controllerrevisions`, query: paged, format: "kubernetes.controller-revisions" };
}

function namesIn({ memo }: Question): string[] {
  return z.array(z.string()).parse(JSON.parse(typeof memo.found === "string" ? memo.found : "[]"));
}

/** A namespace that does not exist answers like one without workloads. */
function missingOf({ workloads, namespace }: SourceOf<"kubernetes">, found: readonly string[]): string[] {
  if (workloads.length === 0 && found.length === 0) return [`any workload of the namespace ${namespace}`];
  return workloads.filter((name) => !found.includes(name));
}

/** Of a workload that the source names and nothing is kept of, nobody knows whether it was ever deployed. */
function withMissing(judged: ReturnType<typeof judgeKept>, missing: readonly string[]): ReturnType<typeof judgeKept> {
  const notes = missing.map((name) => `Nothing is kept of ${name}: it may have been deleted, or is named otherwise.`);
  return { ...judged, hasGaps: judged.hasGaps || missing.length > 0, notes: [...judged.notes, ...notes] };
}

function isWanted(item: Item, { workloads }: SourceOf<"kubernetes">): boolean {
  return workloads.length === 0 || workloads.includes(workloadOf(item));
}

async function identify(client: ListClient, source: SourceOf<"kubernetes">, context: SourceContext): Promise<Identity> {
  const answer = await client.ask({ path: "version", query: {} });
  const { gitVersion } = parseAnswer(Version, answer);
  const identity = subjectOf(context.readSecret(source.token));
  const access = `Kubernetes ${gitVersion}; rights not told`;
  return { account: identity, identity, access, canWrite: null, notes: [], answers: [answer] };
}

/** Whom a service account's token is for, as the token itself says; only the server checks that. */
function subjectOf(token: string): string {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8"));
    return Claims.parse(claims).sub;
  } catch {
    return "an account that its token does not name";
  }
}
