import { z } from "zod";
import { secondsOf } from "./moments.ts";

/** A moment with its offset, `2026-01-05T10:42:00+01:00`; read as seconds since 1970. */
const moment = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}[+-]\d{2}:\d{2}$/)
  .transform(secondsOf);

/** A person's id, or `id/login` for one of the person's other accounts. */
const who = z.string().min(1);
const TicketKey = z.string().regex(/^LED-\d+$/);

const Expectation = z
  .string()
  .regex(/^(pass|fail|no-evidence|not-applicable): ./)
  .transform((text) => {
    const colon = text.indexOf(":");
    return { outcome: text.slice(0, colon) as StoryOutcome, why: text.slice(colon + 1).trim() };
  });
export type StoryOutcome = "pass" | "fail" | "no-evidence" | "not-applicable";

export const changeControls = ["TRC-01", "REV-01", "REV-06", "TST-01", "SOD-01"] as const;
export type ChangeControl = (typeof changeControls)[number];

const StoryCommit = z.strictObject({
  by: who,
  /** Address and name, where they are not the person's first. */
  as: z.string().optional(),
  name: z.string().optional(),
  /** Author-written time. */
  at: moment,
  /** The host's time of the push, where it is not shortly after. */
  pushedAt: moment.optional(),
  message: z.string().optional(),
  coAuthors: z.array(who).default([]),
});
export type StoryCommit = z.infer<typeof StoryCommit>;

const StoryReview = z.strictObject({
  by: who,
  state: z.enum(["approved", "changes-requested", "commented", "dismissed"]),
  at: moment,
  /** The request's commit, counted from 1, or `lost`: one that a force-push replaced. The last one if not given. */
  on: z.union([z.int().positive(), z.literal("lost")]).optional(),
  body: z.string().default(""),
  dismissedAt: moment.optional(),
  dismissedBy: who.optional(),
});
export type StoryReview = z.infer<typeof StoryReview>;

export const Arrival = z.enum(["merge", "squash", "rebase", "push", "local-merge", "closed", "open", "branch"]);
export type Arrival = z.infer<typeof Arrival>;

export const CiStory = z.enum([
  "passed",
  "failed",
  "cancelled",
  "test-skipped",
  "not-run",
  "docs-only",
  "passed-on-second-attempt",
  "failed-on-second-attempt",
]);
export type CiStory = z.infer<typeof CiStory>;

/** One entry of changes.yaml; its head comment says what is meant where a field is left out. */
export const StoryChange = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  at: moment,
  openedAt: moment.optional(),
  how: Arrival.default("merge"),
  ticket: TicketKey.optional(),
  ticketIn: z.array(z.enum(["branch", "title", "message"])).default(["branch", "title", "message"]),
  title: z.string(),
  message: z.string().optional(),
  branch: z.string().optional(),
  /** For a branch that never arrived: the change that it was cut from. */
  from: z.string().optional(),
  reverts: z.string().optional(),
  author: who,
  openedBy: who.optional(),
  approver: who.optional(),
  mergedBy: who.optional(),
  commits: z.array(StoryCommit).min(1).optional(),
  reviews: z.array(StoryReview).optional(),
  ci: CiStory.default("passed"),
  file: z.string(),
  /** False for what no production deployment of the log contains. */
  deployed: z.boolean().default(true),
  label: z.string().optional(),
  expect: z.partialRecord(z.enum(changeControls), Expectation).default({}),
});
export type StoryChange = z.infer<typeof StoryChange>;

export const StoryTicket = z.strictObject({
  summary: z.string(),
  type: z.enum(["Story", "Bug", "Task", "Epic"]).default("Story"),
  priority: z.enum(["Highest", "High", "Medium"]).default("Medium"),
  labels: z.array(z.string()).default([]),
  created: moment.optional(),
  started: moment.optional(),
  done: moment.optional(),
  /** Stays in progress: changes come under it again and again. */
  standing: z.boolean().default(false),
  /** How often it was moved in the backlog: each is an entry of its history. */
  reorderings: z.int().nonnegative().default(0),
  label: z.string().optional(),
});
export type StoryTicket = z.infer<typeof StoryTicket>;

const StoryTag = z.union([
  z.strictObject({ tag: z.string(), change: z.string(), by: who, at: moment }),
  z.strictObject({ tag: z.string(), change: z.string(), light: z.literal(true) }),
]);

export const StoryDeployment = z.strictObject({
  id: z.string(),
  at: moment,
  tag: z.string().optional(),
  change: z.string().optional(),
  revision: z.string().optional(),
  by: who,
  actor: who.optional(),
  trigger: z.enum(["pipeline", "manual"]).default("pipeline"),
  status: z.enum(["succeeded", "failed"]).default("succeeded"),
  staging: z.boolean().default(true),
  label: z.string().optional(),
  expect: z.partialRecord(z.enum(["DEP-01"]), Expectation).default({}),
});
export type StoryDeployment = z.infer<typeof StoryDeployment>;

export const DeploymentsFile = z.strictObject({
  tags: z.array(StoryTag),
  deployments: z.array(StoryDeployment),
  staging: z.array(StoryDeployment),
});

export const PeopleFile = z.strictObject({
  persons: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      zone: z.string(),
      logins: z.array(z.string()).min(1),
      emails: z.array(z.string()).min(1),
      /** Addresses that the repository's .mailmap gives to this person. */
      mailmap: z.array(z.string()).default([]),
      roles: z.array(z.string()),
      association: z.enum(["MEMBER", "NONE"]).default("MEMBER"),
    }),
  ),
  bots: z.array(
    z.strictObject({ id: z.string(), name: z.string(), login: z.string(), accountId: z.int(), email: z.string() }),
  ),
  strangers: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      login: z.string().optional(),
      accountId: z.int().optional(),
      email: z.string().optional(),
    }),
  ),
});
export type PeopleFile = z.infer<typeof PeopleFile>;

export const CodeFile = z.strictObject({
  source: z.record(z.string(), z.strictObject({ path: z.string(), about: z.string(), start: z.string().optional() })),
  text: z.record(z.string(), z.string()),
});
export type CodeFile = z.infer<typeof CodeFile>;

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

export const StoryFile = z.strictObject({
  entity: z.string(),
  period: z.strictObject({ from: day, to: day, timeZone: z.string() }),
  repository: z.strictObject({
    owner: z.string(),
    name: z.string(),
    id: z.int(),
    releaseBranch: z.string(),
    firstRequest: z.int().positive(),
    startedAt: moment,
    startedBy: who,
  }),
  jira: z.strictObject({ site: z.url(), project: z.string(), name: z.string(), reporter: who, approver: who }),
  deployments: z.strictObject({ service: z.string(), pipeline: who }),
  auditor: z.strictObject({ login: z.string(), name: z.string(), email: z.string() }),
  parameters: z.record(z.string(), z.json()),
});

export type StoryTags = z.infer<typeof DeploymentsFile>["tags"];
export interface Story extends z.infer<typeof StoryFile> {
  readonly changes: readonly StoryChange[];
  readonly tickets: Readonly<Record<string, StoryTicket>>;
  readonly tags: StoryTags;
  /** To production. */
  readonly production: readonly StoryDeployment[];
  /** To staging only. */
  readonly staging: readonly StoryDeployment[];
  readonly people: PeopleFile;
  readonly code: CodeFile;
}
