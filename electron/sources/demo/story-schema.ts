import { z } from "zod";
import { Severity } from "../../../shared/model/audit-exception.ts";
import { PopulationKind } from "../../../shared/model/population-kind.ts";
import { secondsOf } from "./moments.ts";

/** A moment with its offset, `2026-01-05T10:42:00+01:00`; read as seconds since 1970. */
const moment = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}[+-]\d{2}:\d{2}$/)
  .transform(secondsOf);

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

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

/** A remark on a line of the changed file. */
const StoryRemark = z.strictObject({ by: who, at: moment, text: z.string() });

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
  remarks: z.array(StoryRemark).default([]),
  ci: CiStory.default("passed"),
  /** What static analysis finds in the commit that arrived. */
  finding: z.enum(["serious", "minor"]).optional(),
  /** Its runs have a job that lints infrastructure. */
  lint: z.boolean().default(false),
  file: z.string(),
  /** So many generated lines come with it. */
  bulk: z.int().positive().optional(),
  /** A file that the commit on the release branch changes besides, and that nobody has seen. */
  smuggled: z.string().optional(),
  /** False for what no production deployment of the log contains. */
  deployed: z.boolean().default(true),
  label: z.string().optional(),
  expect: z.partialRecord(z.enum(changeControls), Expectation).default({}),
});
export type StoryChange = z.infer<typeof StoryChange>;

export const StoryTicket = z.strictObject({
  summary: z.string(),
  type: z.enum(["Story", "Bug", "Task", "Epic", "Incident"]).default("Story"),
  priority: z.enum(["Highest", "High", "Medium"]).default("Medium"),
  labels: z.array(z.string()).default([]),
  created: moment.optional(),
  started: moment.optional(),
  done: moment.optional(),
  /** Class of the change; without it normal, of a task standard, of what on-call did an emergency. */
  changeType: z.enum(["Standard", "Normal", "Emergency", "none"]).optional(),
  /** What the change board decided; without it that it approved: before the work, or the day after an emergency. */
  decisions: z
    .array(z.strictObject({ by: who, at: moment, decision: z.enum(["approved", "declined"]).default("approved") }))
    .optional(),
  /** Tickets that came of it, of whatever project. */
  followedBy: z.array(z.string().regex(/^[A-Z]+-\d+$/)).default([]),
  /** Turned out to be nothing. */
  rejected: z.boolean().default(false),
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
  /** Production has two sites: the one that customers see, and the one that reports are drawn from. */
  environment: z.enum(["production", "reporting"]).default("production"),
  staging: z.boolean().default(true),
  /** How the smoke tests after it ended. */
  smoke: z.enum(["passed", "failed"]).default("passed"),
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
    z.strictObject({
      id: z.string(),
      name: z.string(),
      login: z.string(),
      accountId: z.int(),
      email: z.string(),
      /** On the hosts of production. */
      hostAccount: z.string().optional(),
    }),
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

/** A deployment as the code host lists it. */
const HostDeployment = z.strictObject({
  id: z.int(),
  /** Name of the commit or change. */
  commit: z.string(),
  environment: z.enum(["production", "staging"]),
  at: moment,
  state: z.enum(["success", "failure"]).default("success"),
});
export type HostDeployment = z.infer<typeof HostDeployment>;

const StoryRepository = z.strictObject({
  owner: z.string(),
  name: z.string(),
  id: z.int(),
  releaseBranch: z.string(),
  firstRequest: z.int().positive(),
  startedAt: moment,
  startedBy: who,
});

/** A code base of the same owner beside the ledger's own, on the same host, and with tickets in the same project. */
export const PortalFile = z.strictObject({
  repository: StoryRepository.omit({ owner: true, releaseBranch: true }),
  code: CodeFile,
  changes: z.array(StoryChange.extend({ ticket: TicketKey })).min(1),
  deployments: z.array(HostDeployment),
});

export const StoryFile = z.strictObject({
  entity: z.string(),
  period: z.strictObject({ from: day, to: day, timeZone: z.string() }),
  repository: StoryRepository,
  /** A code base of which the auditor has the repository and the host's list of deployments, and nothing else. */
  archive: z.strictObject({
    repository: z.string(),
    /** Project of its tickets. */
    project: z.string(),
    commits: z
      .array(
        z.strictObject({
          id: z.string(),
          by: who,
          at: moment,
          message: z.string(),
          path: z.string(),
          text: z.string(),
          deployed: z.boolean().default(false),
          expect: z.partialRecord(z.enum(changeControls), Expectation).default({}),
        }),
      )
      .min(1),
    /** Since when the host keeps its deployments. */
    deploymentsFrom: day,
    deployments: z.array(HostDeployment),
  }),
  jira: z.strictObject({ site: z.url(), project: z.string(), name: z.string(), reporter: who, approver: who }),
  deployments: z.strictObject({ service: z.string(), pipeline: who }),
  auditor: z.strictObject({ login: z.string(), name: z.string(), email: z.string() }),
  parameters: z.record(z.string(), z.json()),
});

const week = z.string().regex(/^\d{4}-W\d{2}$/);

/** What runs beside the pipeline, where it is not as usual: operations.yaml says what is usual. */
export const OperationsFile = z.strictObject({
  hosts: z.array(z.string()).min(1),
  detector: z.strictObject({
    /** Days on which it did not run on a host, both included. */
    silent: z.array(z.strictObject({ host: z.string(), from: day, to: day, label: z.string() })),
    found: z.array(
      z.strictObject({
        host: z.string(),
        on: day,
        path: z.string(),
        what: z.enum(["added", "changed"]),
        label: z.string(),
      }),
    ),
  }),
  /** Runs of Puppet that changed something. */
  convergence: z.array(
    z.strictObject({
      id: z.string(),
      host: z.string(),
      at: moment,
      /** Whose commit the configuration is. */
      change: z.string(),
      changed: z.array(z.string()),
    }),
  ),
  access: z.array(
    z.strictObject({
      at: moment,
      user: z.string(),
      from: z.string(),
      commands: z.array(z.string()),
      label: z.string(),
    }),
  ),
  /** Feature switches: `created`, `on`. */
  switches: z.array(z.strictObject({ name: z.string(), at: moment, by: who, change: z.enum(["created", "on"]) })),
  /** Deployment → who answered at its gate, or nobody. */
  gates: z.record(
    z.string(),
    z.union([z.literal("nobody"), z.strictObject({ by: who, afterwards: z.boolean().default(false) })]),
  ),
  announcements: z.strictObject({ channel: z.string(), from: day, missing: z.array(z.string()) }),
  attestations: z.strictObject({
    by: who,
    /** Week → what is not as usual with the review of the logs, or the handling of alerts. */
    logs: z.record(week, z.enum(["nobody", "early", "late", "no-document", "by-developer"])),
    alerts: z.record(week, z.enum(["nobody", "by-stranger", "left-open"])),
    /** Quarters and documents, each as it was attested. */
    told: z.array(
      z.strictObject({
        control: z.string(),
        occurrence: z.string(),
        by: who,
        at: moment,
        done: z.array(z.string()),
        open: z.array(z.string()).default([]),
        document: z.string(),
        text: z.array(z.string()).min(1),
        handedOver: z.boolean().default(true),
      }),
    ),
  }),
  /** The last day of which the documents were handed over. */
  postMortemsUntil: day,
  postMortems: z.array(z.strictObject({ name: z.string(), text: z.array(z.string()).min(1) })),
});
export type OperationsFile = z.infer<typeof OperationsFile>;

const Answer = z.strictObject({ why: z.string(), items: z.array(z.string()).min(1) });
const Answers = z.array(Answer).default([]);

/** Control → population → what comes out, where it is not as usual. */
export const AnswersFile = z.record(
  z.string(),
  z.partialRecord(
    PopulationKind,
    z.strictObject({
      "usual": z.enum(["pass", "not-applicable"]),
      "pass": Answers,
      "fail": Answers,
      "no-evidence": Answers,
      "not-applicable": Answers,
    }),
  ),
);
export type AnswersFile = z.infer<typeof AnswersFile>;

const item = { population: PopulationKind, item: z.string() };

/** What the auditor does beside the results. An item is named by a part of its id. */
export const JudgementsFile = z.strictObject({
  judgements: z.array(
    z.strictObject({
      ...item,
      control: z.string(),
      assertion: z.string(),
      outcome: z.enum(["pass", "fail", "not-applicable"]),
      reason: z.string(),
      procedure: z.strictObject({ done: z.string(), seen: z.string() }),
    }),
  ),
  exceptions: z.array(
    z.strictObject({
      control: z.string(),
      title: z.string(),
      severity: Severity,
      criterion: z.string(),
      condition: z.string(),
      cause: z.string(),
      effect: z.string(),
      items: z.array(z.strictObject(item)).min(1),
      /** Management's. */
      response: z.string(),
      owner: z.string(),
      due: day,
    }),
  ),
  signOffs: z.array(z.string()),
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
  readonly operations: OperationsFile;
  readonly answers: AnswersFile;
  readonly judged: z.infer<typeof JudgementsFile>;
  readonly portal: z.infer<typeof PortalFile>;
}
