import { z } from "zod";
import type { Deployment } from "../../model/deployment-facts.ts";
import type { ReadFacts, Unread } from "../../model/facts.ts";
import type { Source } from "../../model/source.ts";
import type { EvidenceInput } from "../evidence-input.ts";
import { originOf, parseJson, parseShape, unreadWhole } from "../json-evidence.ts";
import { deploymentOf, settingsOf, Time } from "./deployment-settings.ts";

const Application = z.object({
  metadata: z.object({ name: z.string() }),
  spec: z.object({
    destination: z.object({
      name: z.string().nullish(),
      server: z.string().nullish(),
      namespace: z.string().nullish(),
    }),
  }),
  status: z.object({ history: z.array(z.unknown()).nullish(), operationState: z.unknown().optional() }).nullish(),
});
type Application = z.infer<typeof Application>;

const Revisions = {
  revision: z.string().nullish(),
  /** Of an application with several sources, in their order. */
  revisions: z.array(z.string()).nullish(),
};
const Sync = z.object({
  id: z.int().nonnegative(),
  ...Revisions,
  deployedAt: Time,
  initiatedBy: z.object({ username: z.string().nullish(), automated: z.boolean().nullish() }).nullish(),
});

const Operation = z.object({
  phase: z.string(),
  finishedAt: Time,
  syncResult: z.object(Revisions).nullish(),
  operation: z.object({
    initiatedBy: z.object({ username: z.string().nullish(), automated: z.boolean().nullish() }).nullish(),
    sync: z.object({ dryRun: z.boolean().nullish(), resources: z.array(z.unknown()).nullish() }),
  }),
});

/** An application of Argo CD: each sync in its history is a deployment of the revision that Argo CD took from git. */
export function readArgocdApplication(input: EvidenceInput, source: Source): ReadFacts {
  const document = parseJson(input);
  if ("reason" in document) return unreadWhole(input, document);
  const application = parseShape(Application, document.json);
  if ("reason" in application) return unreadWhole(input, application);
  const { metadata, status } = application.data;
  const facts: Deployment[] = [];
  const unread: Unread[] = [];
  let previousRevision = "";
  for (const [index, entry] of (status?.history ?? []).entries()) {
    const origin = originOf(input, `/status/history/${index}`);
    const sync = parseShape(Sync, entry);
    if ("reason" in sync) {
      unread.push({ origin, reason: sync.reason });
      continue;
    }
    const { id, deployedAt: at, initiatedBy } = sync.data;
    const revision = revisionOf(sync.data);
    facts.push(
      deploymentOf(settingsOf(source), {
        origin,
        id: `${metadata.name}/${id}`,
        service: metadata.name,
        environment: environmentOf(application.data, source),
        revision,
        previousRevision,
        at,
        by: initiatedBy?.username ?? "",
        trigger: initiatedBy?.automated === true ? "automated" : "",
        // Nothing else comes into the history. What `operationState` tells may be about a later try of the same revision.
        status: "Succeeded",
      }),
    );
    previousRevision = revision;
  }
  return { facts: [...facts, ...readLastOperation(application.data, input, source)], unread };
}

/**
 * The last operation, where it is none that comes into the history: a sync that failed, or one of single resources. Of
 * those before it Argo CD keeps nothing.
 */
function readLastOperation(application: Application, input: EvidenceInput, source: Source): Deployment[] {
  const last = Operation.safeParse(application.status?.operationState).data;
  if (last === undefined || last.operation.sync.dryRun === true) return [];
  const { phase, finishedAt: at, syncResult, operation } = last;
  const isPartial = (operation.sync.resources ?? []).length > 0;
  const isFailed = phase === "Failed" || phase === "Error";
  if (!isFailed && !(isPartial && phase === "Succeeded")) return [];
  const { name } = application.metadata;
  const { username, automated } = operation.initiatedBy ?? {};
  return [
    deploymentOf(settingsOf(source), {
      origin: originOf(input, "/status/operationState"),
      id: `${name}/${at}`,
      service: name,
      environment: environmentOf(application, source),
      revision: revisionOf(syncResult ?? {}),
      at,
      by: username ?? "",
      trigger: automated === true ? "automated" : "",
      status: isPartial ? `${phase}, of a part of the resources` : phase,
    }),
  ];
}

function revisionOf({ revision, revisions }: Pick<z.infer<typeof Sync>, "revision" | "revisions">): string {
  return revision || (revisions ?? []).join(" ");
}

function environmentOf({ metadata, spec }: Application, source: Source): string {
  const from = source.kind === "argocd" ? source.environmentFrom : "application";
  const { name, server, namespace } = spec.destination;
  if (from === "namespace") return namespace ?? "";
  return from === "cluster" ? name || server || "" : metadata.name;
}
