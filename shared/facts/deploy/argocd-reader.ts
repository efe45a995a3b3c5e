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
  status: z.object({ history: z.array(z.unknown()).nullish() }).nullish(),
});
type Application = z.infer<typeof Application>;

const Sync = z.object({
  id: z.int().nonnegative(),
  revision: z.string().nullish(),
  /** Of an application with several sources, in their order. */
  revisions: z.array(z.string()).nullish(),
  deployedAt: Time,
  initiatedBy: z.object({ username: z.string().nullish(), automated: z.boolean().nullish() }).nullish(),
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
  return { facts, unread };
}

function revisionOf({ revision, revisions }: z.infer<typeof Sync>): string {
  return revision || (revisions ?? []).join(" ");
}

function environmentOf({ metadata, spec }: Application, source: Source): string {
  const from = source.kind === "argocd" ? source.environmentFrom : "application";
  const { name, server, namespace } = spec.destination;
  if (from === "namespace") return namespace ?? "";
  return from === "cluster" ? name || server || "" : metadata.name;
}
