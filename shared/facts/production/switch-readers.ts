import { z } from "zod";
import type { SwitchEvent } from "../../model/production-facts.ts";
import { readTime } from "../../model/written-time.ts";
import { readArray } from "../array-evidence.ts";
import type { FormatReader } from "../format-reader.ts";
import { type ElementReader, parseShape } from "../json-evidence.ts";
import { readJsonLines } from "../line-evidence.ts";
import { EpochTime, Text, Time } from "../shapes.ts";
import { placeName, scopeOf } from "./production-origin.ts";

type Change = SwitchEvent["change"];

const Entry = z.object({
  _id: z.string().min(1),
  date: EpochTime,
  kind: Text,
  name: Text,
  titleVerb: Text,
  title: Text,
  description: Text,
  comment: Text,
  member: z.object({ email: Text, firstName: Text, lastName: Text }).nullish(),
  token: z.object({ name: Text }).nullish(),
  target: z.object({ resources: z.array(z.string()).nullish() }).nullish(),
  accesses: z.array(z.object({ action: Text, resource: Text })).nullish(),
});

/** The audit log of LaunchDarkly (`GET /api/v2/auditlog`). What is about no switch tells nothing here. */
export const readLaunchdarkly: FormatReader = (input) => readArray(input, ["/items", ""], readEntry);

const readEntry: ElementReader = (element, origin) => {
  const parsed = parseShape(Entry, element);
  if ("reason" in parsed) return parsed;
  const entry = parsed.data;
  if (entry.kind !== "flag") return [];
  const resource = entry.target?.resources?.[0] ?? entry.accesses?.[0]?.resource ?? "";
  const event: SwitchEvent = {
    kind: "switch-event",
    origin,
    id: entry._id,
    tool: "LaunchDarkly",
    switch: /:flag\/([^:;]+)/.exec(resource)?.[1] ?? entry.name,
    environment: /:env\/([^:;]+)/.exec(resource)?.[1] ?? "",
    at: entry.date,
    by: entry.member?.email || entry.token?.name || "",
    change: changeOfEntry(entry),
    text: [entry.titleVerb || entry.title, entry.description, entry.comment].filter(Boolean).join(". "),
  };
  return [event];
};

/** A switch's settings that are copied from another environment can turn it on there. */
const turning = /^(?:updateOn|copyFlagConfigTo|copyFlagConfigFrom)$/;

function changeOfEntry({ titleVerb, description, accesses }: z.infer<typeof Entry>): Change {
  const actions = (accesses ?? []).map(({ action }) => action);
  if (/^turned on\b/.test(titleVerb)) return "on";
  if (/^turned off\b/.test(titleVerb)) return "off";
  // One of several changes made at once, which the title does not name: on, unless it says that it was off.
  if (actions.some((action) => turning.test(action))) {
    const isOff = /\bturned off\b/i.test(description) && !/\bturned on\b/i.test(description);
    return isOff ? "off" : "on";
  }
  // A copy of a switch is as on as that one.
  if (actions.includes("cloneFlag")) return "other";
  if (actions.includes("createFlag")) return "created";
  if (actions.includes("deleteFlag")) return "removed";
  if (
    actions.some((action) =>
      /^update(?:Targets|Rules|Fallthrough|OffVariation|ExpiringTargets|Prerequisites|Rollout|FeatureWorkflows)/.test(
        action,
      ),
    )
  ) {
    return "targeting";
  }
  return "other";
}

const UnleashEvent = z.object({
  id: z.union([z.string(), z.int()]),
  type: z.string(),
  createdAt: Time,
  createdBy: Text,
  environment: Text,
  featureName: Text,
  project: Text,
  /** Before Unleash had environments (4.3), the state of the switch is in what was written. */
  data: z
    .looseObject({ enabled: z.boolean().nullish().catch(null) })
    .nullish()
    .catch(null),
});

/** The event log of Unleash (`GET /api/admin/events`). */
export const readUnleash: FormatReader = (input) => readArray(input, ["/events", ""], readUnleashEvent);

const readUnleashEvent: ElementReader = (element, origin) => {
  const parsed = parseShape(UnleashEvent, element);
  if ("reason" in parsed) return parsed;
  const { id, type, createdAt, createdBy, environment, featureName, data } = parsed.data;
  if (!type.startsWith("feature-") || featureName === "") return [];
  const event: SwitchEvent = {
    kind: "switch-event",
    origin,
    id: String(id),
    tool: "Unleash",
    switch: featureName,
    environment,
    at: createdAt,
    by: createdBy,
    change: changeOfType(type, data?.enabled ?? null),
    text: type,
  };
  return [event];
};

const writing = /^feature-(?:created|updated|import)$/;

function changeOfType(type: string, isEnabled: boolean | null): Change {
  if (isEnabled === true && writing.test(type)) return "on";
  if (isEnabled === false && type === "feature-updated") return "off";
  if (type === "feature-created") return "created";
  if (type === "feature-environment-enabled") return "on";
  if (type === "feature-environment-disabled") return "off";
  if (type === "feature-archived" || type === "feature-deleted") return "removed";
  if (/^feature-(?:strategy-|environment-variants|environment-strategies|variants|segment|release-plan)/.test(type))
    return "targeting";
  return "other";
}

const FlagdLine = z.object({
  type: Text,
  msg: Text,
  time: Text,
  ts: z.union([z.string(), z.number().int().nonnegative().max(253_402_300_799)]).nullish(),
  data: z
    .object({
      flags: z.record(z.string(), z.object({ type: Text, source: Text, flagKey: Text }).partial().catch({})).nullish(),
    })
    .nullish(),
});

/**
 * Changes of configuration that flagd tells of: its event `configuration_change`, one a line, with the time at which
 * whoever keeps the log received it (`time`, or `ts` in seconds since 1970). flagd reads files and knows no author:
 * who changed them, the history of the repository says that they are in. Nor does it tell whether a switch is on then,
 * also not of one that is new.
 */
export const readFlagd: FormatReader = (input, source) =>
  readJsonLines(input, (json, origin) => {
    const parsed = parseShape(FlagdLine, json);
    if ("reason" in parsed) return parsed;
    const { type, msg, time, ts, data } = parsed.data;
    if (type !== "configuration_change" && msg !== "configuration_change") return null;
    const written = typeof ts === "number" ? new Date(ts * 1000).toISOString() : (ts ?? "");
    const at = readTime(time || written, input.reading);
    if ("reason" in at) return at;
    return Object.entries(data?.flags ?? {}).map(([key, flag]): SwitchEvent => {
      const change = flag.type ?? "";
      return {
        kind: "switch-event",
        origin,
        id: `${placeName(input, origin)} ${key}`,
        tool: "flagd",
        switch: key,
        environment: scopeOf(source),
        at: at.at,
        by: "",
        change: change === "delete" ? "removed" : "other",
        text: [change, flag.source].filter(Boolean).join(" "),
      };
    });
  });
