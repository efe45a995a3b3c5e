import { z } from "zod";
import type { Fact, ReadFacts } from "../../model/facts.ts";
import type { Origin } from "../../model/origin.ts";
import type { Source } from "../../model/source.ts";
import type { EvidenceInput } from "../evidence-input.ts";
import { originOf, parseJson, parseShape, type Unreadable, unreadWhole } from "../json-evidence.ts";
import { createAccount, readJsonLines } from "../line-evidence.ts";
import { deploymentOf, settingsOf, Time } from "./deployment-settings.ts";

const Text = z.string().nullish();
const Event = z.object({
  context: z.object({ id: z.string(), type: z.string(), timestamp: Time }),
  subject: z.object({
    id: z.string(),
    content: z
      .object({
        environment: z.object({ id: z.string(), name: Text }).nullish(),
        artifactId: Text,
        change: z.object({ id: Text }).nullish(),
        responder: Text,
        /** What the responder wrote, in words of their own. */
        decision: Text,
        /** How the approval ended: approved, rejected, cancelled or expired. */
        status: Text,
        outcome: Text,
        resourceTargetUrl: Text,
        approvalDetailsUrl: Text,
      })
      .nullish(),
  }),
});
type Event = z.infer<typeof Event>;
/** CloudEvents carry the event as their data. */
const Envelope = z.object({ specversion: z.string(), type: z.string(), data: z.unknown() });

export function readCdevents(input: EvidenceInput, source: Source): ReadFacts {
  const document = parseJson(input);
  if ("reason" in document) return unreadWhole(input, document);
  const { json } = document;
  const account = createAccount();
  const events: readonly unknown[] = Array.isArray(json) ? json : [json];
  for (const [index, event] of events.entries()) {
    const origin = originOf(input, Array.isArray(json) ? `/${index}` : "");
    account.add(readEvent(event, origin, source), origin);
  }
  // Only lines of a file are counted against it.
  const { facts, unread } = account.total();
  return { facts, unread };
}

export function readCdeventLines(input: EvidenceInput, source: Source): ReadFacts {
  return readJsonLines(input, (json, origin) => readEvent(json, origin, source));
}

/**
 * An event of the CDEvents specification. Deployments, artifacts and decided approvals are read; who did it is in no
 * event but an approval's. Events of other kinds are passed over, among them the targets that a deployment went to.
 */
function readEvent(json: unknown, origin: Origin, source: Source): readonly Fact[] | Unreadable | null {
  const envelope = Envelope.safeParse(json).data;
  const parsed = parseShape(Event, envelope === undefined ? json : envelope.data);
  if ("reason" in parsed) return parsed;
  const event = parsed.data;
  const [, subject = "", predicate = ""] = /^dev\.cdevents\.(\w+)\.(\w+)\./.exec(event.context.type) ?? [];
  if (subject === "") return { reason: `"${event.context.type.slice(0, 60)}" is no type of CDEvents` };
  if (subject === "service") return readService(event, predicate, origin, source);
  if (subject === "deployment" && predicate === "finished") return readDeployment(event, origin, source);
  if (subject === "artifact") return readArtifact(event, predicate, origin, source);
  return subject === "approval" && predicate === "closed" ? readApproval(event, origin, source) : null;
}

function readService({ context, subject }: Event, predicate: string, origin: Origin, source: Source) {
  if (!["deployed", "upgraded", "rolledback"].includes(predicate)) return null;
  const { environment, artifactId } = subject.content ?? {};
  const revision = versionOf(artifactId ?? "");
  if (!environment || revision === "") return { reason: "it names no environment and artifact" };
  const deployment = deploymentOf(settingsOf(source), {
    origin,
    id: context.id,
    service: subject.id,
    environment: environment.name || environment.id,
    revision,
    at: context.timestamp,
    trigger: predicate,
    status: predicate,
  });
  return [deployment];
}

/** The act of deploying, since version 0.6: it tells how it ended, which a service that was deployed does not. */
function readDeployment({ context, subject }: Event, origin: Origin, source: Source) {
  const { environment, artifactId, outcome } = subject.content ?? {};
  if (!environment) return { reason: "it names no environment" };
  const deployment = deploymentOf(settingsOf(source), {
    origin,
    id: subject.id,
    environment: environment.name || environment.id,
    revision: versionOf(artifactId ?? ""),
    at: context.timestamp,
    trigger: "deployed",
    status: outcome || "not told",
  });
  return [deployment];
}

function readArtifact({ context, subject }: Event, predicate: string, origin: Origin, source: Source): Fact[] | null {
  if (predicate !== "packaged" && predicate !== "published") return null;
  const version = versionOf(subject.id);
  const { repository } = settingsOf(source);
  return [
    {
      kind: "artifact",
      origin,
      repository,
      name: subject.id,
      digest: version.startsWith("sha256:") ? version : "",
      commit: subject.content?.change?.id ?? "",
      build: "",
      at: context.timestamp,
    },
  ];
}

function readApproval(
  { context, subject }: Event,
  origin: Origin,
  source: Source,
): Fact[] | { readonly reason: string } | null {
  const { decision: written, status, responder, resourceTargetUrl } = subject.content ?? {};
  // What was withdrawn or ran out was decided by nobody, whatever a responder wrote.
  const decision = status || written;
  if (status === "cancelled" || status === "expired") return null;
  if (decision !== "approved" && decision !== "rejected") {
    return { reason: `how it was decided is not known: "${(decision ?? "").slice(0, 60)}"` };
  }
  if (decision === "approved" && written === "rejected")
    return { reason: "it is approved, and its responder rejected it" };
  return [
    {
      kind: "deployment-approval",
      origin,
      repository: settingsOf(source).repository,
      deployment: resourceTargetUrl || subject.id,
      environment: "",
      by: responder ?? "",
      decision,
      at: context.timestamp,
      comment: "",
    },
  ];
}

/** What stands behind the `@` of a package address (`pkg:oci/web@sha256%3A…`); the whole where there is none. */
function versionOf(address: string): string {
  const written = /@([^?#]+)/.exec(address)?.[1];
  if (written === undefined) return address;
  try {
    return decodeURIComponent(written);
  } catch {
    return written;
  }
}
