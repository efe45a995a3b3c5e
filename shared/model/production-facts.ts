import { z } from "zod";
import { Login } from "./account.ts";
import { Instant } from "./instant.ts";
import { factBase } from "./origin.ts";

/** Somebody reached production: a login, a command as another user, a call of an administrative interface. */
export const AccessEvent = z.object({
  ...factBase,
  kind: z.literal("access-event"),
  id: z.string(),
  /** Which log: auth.log, journald, CloudTrail, Kubernetes audit. */
  log: z.string(),
  /** Host, cluster or cloud account. */
  host: z.string(),
  at: Instant,
  /** Whose account it was. */
  by: Login,
  /** Account that was acted as (sudo's target, an assumed role); empty: one's own. */
  as: z.string(),
  action: z.enum(["login", "login-refused", "logout", "command", "command-refused", "api-call", "account-change"]),
  /** The command line, or verb and object of the call. */
  what: z.string(),
  /** Whether it can change something. Null: the log does not tell. */
  writes: z.boolean().nullable(),
  /** Where from: an address; empty where unknown. */
  from: z.string(),
  /** Session in which it was done, where the log gives each a key of its own. */
  session: z.string().optional(),
  /** Session that it opened, for whoever did it. */
  opens: z.string().optional(),
});
export type AccessEvent = z.infer<typeof AccessEvent>;

/** Something on a production system was found changed. */
export const DetectedChange = z.object({
  ...factBase,
  kind: z.literal("detected-change"),
  id: z.string(),
  /** AIDE, Tripwire, OSSEC, UpGuard … */
  detector: z.string(),
  host: z.string(),
  /** When the detector saw it; the change lies between its run before and this one. */
  at: Instant,
  /** The run before; null where the report does not say. */
  since: Instant.nullable(),
  what: z.enum(["added", "removed", "changed"]),
  path: z.string(),
  /** What differs, as the detector names it: "Size, SHA256". */
  detail: z.string(),
  severity: z.string(),
});
export type DetectedChange = z.infer<typeof DetectedChange>;

/** The detector ran: what makes "no change" a statement and not a gap. */
export const DetectorRun = z.object({
  ...factBase,
  kind: z.literal("detector-run"),
  detector: z.string(),
  host: z.string(),
  at: Instant,
  /** Objects looked at; null where the report does not say. */
  objects: z.int().nonnegative().nullable(),
  changes: z.int().nonnegative(),
  succeeded: z.boolean(),
});
export type DetectorRun = z.infer<typeof DetectorRun>;

/** A configuration tool brought a host to the state that a commit describes. */
export const ConvergenceRun = z.object({
  ...factBase,
  kind: z.literal("convergence-run"),
  /** puppet, chef. */
  tool: z.string(),
  host: z.string(),
  id: z.string(),
  environment: z.string(),
  /** Commit or version of the configuration, as the report gives it. */
  revision: z.string(),
  startedAt: Instant,
  finishedAt: Instant.nullable(),
  /** `audit`: it only looked (noop, why-run). */
  outcome: z.enum(["unchanged", "changed", "failed", "audit"]),
  /** Resources that it changed: "File[/etc/app.conf]". */
  changed: z.array(z.string()),
});
export type ConvergenceRun = z.infer<typeof ConvergenceRun>;

/** Somebody turned a feature switch, or changed whom it is on for. */
export const SwitchEvent = z.object({
  ...factBase,
  kind: z.literal("switch-event"),
  id: z.string(),
  /** LaunchDarkly, Unleash, flagd. */
  tool: z.string(),
  switch: z.string(),
  environment: z.string(),
  at: Instant,
  by: Login,
  change: z.enum(["created", "on", "off", "targeting", "removed", "other"]),
  text: z.string(),
});
export type SwitchEvent = z.infer<typeof SwitchEvent>;
