import { z } from "zod";
import { EvidencePlace } from "./evidence.ts";

export const Role = z.enum([
  "developer",
  "operations",
  "subject-matter-expert",
  "change-board",
  "release-authority",
  "management",
  "bot",
]);
export type Role = z.infer<typeof Role>;

/** An account as a system writes it: a login of a host, or a name with an address in git. */
export const Account = z.object({
  system: z.enum([
    "git",
    "github",
    "gitlab",
    "gerrit",
    "bitbucket",
    "azure-devops",
    "ci",
    "jira",
    "servicenow",
    "deploy",
    "production",
    "chat",
  ]),
  /** Login, account id or e-mail address. Compared without case. */
  name: z.string(),
});
export type Account = z.infer<typeof Account>;

/** An account of a person, and why it is counted as this person's. */
export const JoinedAccount = Account.extend({
  /** A sentence; empty in files from before reasons were kept with each account. */
  reason: z.string().default(""),
  /** Where that was read; nowhere where the settings of a source or an auditor's decision say it. */
  evidence: z.array(EvidencePlace).default([]),
});
export type JoinedAccount = z.infer<typeof JoinedAccount>;

/** One human or bot behind several accounts. */
export const Person = z.object({
  id: z.string(),
  name: z.string(),
  accounts: z.array(JoinedAccount),
  roles: z.array(Role),
  bot: z.boolean(),
});
export type Person = z.infer<typeof Person>;

/**
 * A person as an item shows it. `known` is false when nobody vouches for who is behind the account:
 * then separation of duties cannot be told, and the outcome is `no-evidence`.
 */
export const PersonRef = z.object({
  id: z.string(),
  name: z.string(),
  known: z.boolean(),
  bot: z.boolean(),
  /** The account as written in the evidence. */
  account: z.string(),
  /** What the roster says that the person may do; empty where nobody says. */
  roles: z.array(Role),
});
export type PersonRef = z.infer<typeof PersonRef>;

/** All persons of an engagement. `roster` tells whether the entity's own list of people was handed over. */
export const People = z.object({ roster: z.boolean(), persons: z.array(Person) });
export type People = z.infer<typeof People>;
