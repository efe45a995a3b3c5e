import { z } from "zod";
import { AzurePipelinesSource, CircleciSource, JenkinsSource } from "./ci-source.ts";
import {
  AzureReposSource,
  BitbucketServerSource,
  BitbucketSource,
  GerritSource,
  GithubSource,
  GitlabSource,
} from "./code-host-source.ts";
import { DeploymentMapping } from "./deployment-mapping.ts";
import {
  ArgocdSource,
  CodedeploySource,
  GitopsSource,
  KubernetesSource,
  OctopusSource,
  SpinnakerSource,
} from "./deployment-source.ts";
import { EvidenceFormat } from "./evidence.ts";
import { faultInPattern } from "./line-pattern.ts";
import { Role } from "./person.ts";
import { common, repository } from "./source-parts.ts";
import { JiraFilesSource, JiraSource, ServicenowSource } from "./ticket-source.ts";

export const GitSource = z.object({
  ...common,
  kind: z.literal("git"),
  repository,
  /** Path of a repository (bare or not), of a `.bundle` or of a `.tar` with a bare repository in it; or a clone URL. */
  location: z.string().min(1),
  /**
   * The branch that is released from, or patterns of several, each a release line of its own: `release/*`,
   * `main release/*`. What they share is counted on the first of them (branch-pattern.ts).
   */
  releaseBranch: z.string().min(1),
  /** False: what was merged is not held against what was approved (REV-08), which saves time on large histories. */
  compareContents: z.boolean().optional(),
  /** Files against which git checks signatures: ssh's list of allowed signers, and a GnuPG home folder with public keys. */
  allowedSigners: z.string().min(1).optional(),
  keyring: z.string().min(1).optional(),
});

export const GithubFilesSource = z.object({
  ...common,
  kind: z.literal("github-files"),
  repository,
  project: z.string().regex(/^[^/\s]+\/[^/\s]+$/, "owner/name"),
  /** Folder of recorded REST pages, one answer a file. */
  path: z.string().min(1),
});

export const DeploymentLogSource = z.object({
  ...common,
  kind: z.literal("deployment-log"),
  repository,
  path: z.string().min(1),
  format: z.enum(["jsonl", "csv", "syslog"]),
  /** Fields of JSON lines and CSV files. Of a syslog the places of `line` have these names already. */
  mapping: DeploymentMapping,
  /** Of a syslog: how a line about a deployment reads, `{at} {by} deployer: {service} {revision} to {environment}`. */
  line: z
    .string()
    .max(500)
    .superRefine((pattern, context) => {
      const fault = faultInPattern(pattern);
      if (fault !== null) context.addIssue({ code: "custom", message: fault });
    })
    .optional(),
  /** IANA name of the zone of times that carry none; without it that of the engagement. */
  timeZone: z.string().optional(),
  /** Which environments count as production. */
  production: z.array(z.string()).min(1).default(["production"]),
  /** Values of the mapped `trigger` that mean "by the pipeline". */
  pipelineTriggers: z.array(z.string()).default(["pipeline"]),
  /** Accounts that only the pipeline uses. */
  pipelineAccounts: z.array(z.string()).default([]),
  /** Keep only records whose mapped `service` has this value. */
  service: z.string().optional(),
});

export const RosterSource = z.object({
  ...common,
  kind: z.literal("roster"),
  path: z.string().min(1),
});

/** Files that somebody handed over, in any format that is read; what each is, is found out from its content. */
export const FilesSource = z.object({
  ...common,
  kind: z.literal("files"),
  /** A file or a folder. */
  path: z.string().min(1),
  /** What the files are, where the auditor knows better than the content tells. */
  format: EvidenceFormat.optional(),
  /** Repository that they are about, or empty. */
  repository: z.string().max(100).default(""),
  /** What of production they are about: a host, a cluster, an account. */
  scope: z.string().max(200).default(""),
  /** IANA name of the zone of times that carry none; without it that of the engagement. */
  timeZone: z.string().optional(),
  /**
   * For which time whoever handed them over says that they are whole, dates in the engagement's zone, both included.
   * Without it they count from their first record to their last.
   */
  covers: z.object({ from: z.iso.date(), to: z.iso.date() }).optional(),
  /** Which environments count as production, and what counts as the pipeline, where the files tell of deployments. */
  production: z.array(z.string()).default(["production"]),
  pipelineAccounts: z.array(z.string()).default([]),
  /** Which role the members of a group of a directory have: `ledger-developers: developer`. */
  groupRoles: z.record(z.string(), Role).optional(),
  note: z.string().max(2000).default(""),
});

/** A configured place that evidence is pulled from. Holds no secret, so it is bundled as it is. */
export const Source = z.discriminatedUnion("kind", [
  GitSource,
  GithubSource,
  GitlabSource,
  GerritSource,
  BitbucketSource,
  BitbucketServerSource,
  AzureReposSource,
  GithubFilesSource,
  JenkinsSource,
  AzurePipelinesSource,
  CircleciSource,
  JiraSource,
  JiraFilesSource,
  ServicenowSource,
  DeploymentLogSource,
  GitopsSource,
  ArgocdSource,
  SpinnakerSource,
  OctopusSource,
  KubernetesSource,
  CodedeploySource,
  RosterSource,
  FilesSource,
]);
export type Source = z.infer<typeof Source>;
export type SourceKind = Source["kind"];
export type SourceOf<K extends SourceKind> = Extract<Source, { kind: K }>;
