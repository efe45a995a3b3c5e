import { z } from "zod";
import { networkSettings } from "./network-settings.ts";
import { common, SecretPlace } from "./source-parts.ts";

const Project = z.string().regex(/^[A-Z][A-Z0-9_]+$/);
const projects = z.array(Project).min(1);

/**
 * Field that says whether a change is standard, normal or an emergency, as Jira Service Management keeps it:
 * `customfield_10005`. Without it no ticket is classified.
 */
const changeTypeField = z.string().regex(/^customfield_\d+$/);

/** Where the number of a ticket stands in a pattern of keys. */
export const keyNumberPlace = "{number}";

/**
 * How people write the keys of a project in branches, titles and messages, where it is not `LED-12`: project → patterns
 * in place of the usual one, such as `led_{number}` or `ticket {number}`. Case does not matter.
 */
const keyPatterns = z.record(
  Project,
  z
    .array(
      z
        .string()
        .max(100)
        .refine((pattern) => pattern.split(keyNumberPlace).length === 2, `{number} must stand in it once`),
    )
    .min(1),
);

export const JiraSource = z.object({
  ...common,
  kind: z.literal("jira"),
  ...networkSettings,
  siteUrl: z.url(),
  keyPatterns: keyPatterns.exactOptional(),
  changeTypeField: changeTypeField.exactOptional(),
  /** Jira Cloud (REST v3), or a Jira Server or Data Center (REST v2). Without it Cloud. */
  flavour: z.enum(["cloud", "server"]).optional(),
  projects,
  /** Account e-mail for basic authentication; without it the secret is a bearer token (a personal access token). */
  user: z.string().optional(),
  token: SecretPlace,
  /** Ask Jira Service Management for the approvals of each ticket of the period: one more question a ticket. */
  approvals: z.boolean().optional(),
  /** Ask for each such ticket's links to other systems. */
  remoteLinks: z.boolean().optional(),
  /** Ask for each such ticket's pull requests, of these systems as Jira names them: GitHub, GitLab, bitbucket, stash. */
  development: z.array(z.string().regex(/^[A-Za-z.-]+$/)).optional(),
});

export const JiraFilesSource = z.object({
  ...common,
  kind: z.literal("jira-files"),
  projects,
  keyPatterns: keyPatterns.exactOptional(),
  changeTypeField: changeTypeField.exactOptional(),
  /** A file or a folder: search pages (JSON) or one issue a line (JSONL), plain or gzip. */
  path: z.string().min(1),
});

/** Change requests of ServiceNow, over its table API. */
export const ServicenowSource = z.object({
  ...common,
  kind: z.literal("servicenow"),
  ...networkSettings,
  /** `https://example.service-now.com` */
  apiUrl: z.url(),
  /** What the numbers of the changes begin with; it stands for them as a project does for tickets. */
  numberPrefix: z
    .string()
    .regex(/^[A-Z][A-Z0-9_]*$/, "capital letters and digits, such as CHG")
    .default("CHG"),
  /** An encoded query that narrows the changes down, as a list's filter shows it: `assignment_group.name=Ledger`. */
  filter: z.string().max(1000).optional(),
  /** Account for basic authentication; without it the secret is a bearer token. */
  user: z.string().optional(),
  token: SecretPlace,
});
