import { z } from "zod";
import type { Fact, Unread } from "../../model/facts.ts";
import type { Origin } from "../../model/origin.ts";
import type { AccessEvent } from "../../model/production-facts.ts";
import type { Source } from "../../model/source.ts";
import type { FormatReader } from "../format-reader.ts";
import { parseShape, type Unreadable } from "../json-evidence.ts";
import { readJsonLines } from "../line-evidence.ts";
import { Text, Time } from "../shapes.ts";
import { scopeOf } from "./production-origin.ts";

const User = z.object({ username: Text });

/** audit.k8s.io/v1 Event, as far as it is read. */
const Shape = z.object({
  kind: z.literal("Event"),
  auditID: z.string().min(1),
  stage: z.string(),
  requestURI: Text,
  verb: z.string(),
  user: User.nullish(),
  impersonatedUser: User.nullish(),
  sourceIPs: z.array(z.string()).nullish(),
  objectRef: z.object({ resource: Text, subresource: Text, namespace: Text, name: Text }).nullish(),
  responseStatus: z.object({ code: z.int().optional() }).nullish(),
  annotations: z.record(z.string(), z.string()).nullish(),
  requestReceivedTimestamp: Time,
});
type Shape = z.infer<typeof Shape>;

const EventList = z.object({ kind: z.literal("EventList"), items: z.array(z.unknown()) });

/**
 * The audit log of a Kubernetes API server, one event a line. Each request is logged at several stages; its end counts,
 * and a panic, which is one too; of a shell or a port that was opened also its beginning, since its end may be in no log.
 * A list of events in a line, as a webhook is sent them, is read event by event.
 */
export const readKubernetesAudit: FormatReader = (input, source) =>
  readJsonLines(input, (json, origin) => {
    const list = EventList.safeParse(json);
    if (!list.success) return readEvent(json, origin, source);
    const facts: Fact[] = [];
    const unread: Unread[] = [];
    for (const item of list.data.items) {
      const read = readEvent(item, origin, source);
      if (read !== null && "reason" in read) unread.push({ origin, reason: read.reason });
      else facts.push(...(read ?? []));
    }
    return { facts, unread };
  });

function readEvent(json: unknown, origin: Origin, source: Source): readonly AccessEvent[] | Unreadable | null {
  const parsed = parseShape(Shape, json);
  if ("reason" in parsed) return parsed;
  const event = parsed.data;
  const isOpened =
    event.stage === "ResponseStarted" && event.objectRef != null && tunnels.test(event.objectRef.subresource);
  if (event.stage !== "ResponseComplete" && event.stage !== "Panic" && !isOpened) return null;
  const as = event.impersonatedUser?.username ?? "";
  const fact: AccessEvent = {
    kind: "access-event",
    origin,
    id: event.auditID,
    log: "Kubernetes audit",
    host: scopeOf(source),
    at: event.requestReceivedTimestamp,
    by: event.user?.username ?? "",
    as,
    action: isRefused(event) ? "command-refused" : "api-call",
    what: `${event.verb} ${objectOf(event)}`,
    writes: writesOf(event),
    from: event.sourceIPs?.[0] ?? "",
  };
  return [fact];
}

function isRefused({ annotations, responseStatus }: Shape): boolean {
  const code = responseStatus?.code;
  return annotations?.["authorization.k8s.io/decision"] === "forbid" || code === 401 || code === 403;
}

function objectOf({ objectRef, requestURI }: Shape): string {
  if (!objectRef || objectRef.resource === "") return requestURI;
  const { resource, subresource, namespace, name } = objectRef;
  const kind = subresource === "" ? resource : `${resource}/${subresource}`;
  return [namespace, kind, name].filter(Boolean).join(" ");
}

/** Questions whether somebody may do something are asked by creating a review, which changes nothing. */
const reviews = /(?:accessreviews|rulesreviews|tokenreviews|selfsubjectreviews)$/;
/** What goes through these is not in the log: a shell in a container, an open port. */
const tunnels = /^(?:exec|attach|portforward|proxy)$/;

function writesOf({ verb, objectRef }: Shape): boolean | null {
  if (objectRef && tunnels.test(objectRef.subresource)) return null;
  if (objectRef && reviews.test(objectRef.resource)) return false;
  return !/^(?:get|list|watch|head|options)$/.test(verb);
}
