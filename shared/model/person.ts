import { z } from "zod";

export const Role = z.enum([
  "developer",
  "operations",
  "subject-matter-expert",
  "change-board",
  "release-authority",
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

/** One human or bot behind several accounts. */
export const Person = z.object({
  id: z.string(),
  name: z.string(),
  accounts: z.array(Account),
  roles: z.array(Role),
  bot: z.boolean(),
  /** Why these accounts are one person, a sentence for each joining. */
  joinedBy: z.array(z.string()),
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
