import { z } from "zod";
import { networkSettings } from "./network-settings.ts";
import { common, repository, SecretPlace } from "./source-parts.ts";

/** What every code host that is read over the network has. */
const host = {
  ...common,
  repository,
  /**
   * Branch whose merged requests are asked for, or patterns of several, the same as the git source has them: `main
   * hotfix/*` (branch-pattern.ts). With patterns requests into all branches are listed, and those that fit are taken.
   */
  releaseBranch: z.string().min(1),
  token: SecretPlace,
  ...networkSettings,
};

/** What tells a production deployment, where the host records deployments. */
const deploying = {
  /** Which environments count as production; without it the one named `production`. */
  production: z.array(z.string()).min(1).optional(),
  /** Accounts that only the pipeline uses. */
  pipelineAccounts: z.array(z.string()).optional(),
};

/** What can be asked of GitHub besides pull requests, reviews, commits and workflow runs. */
export const GithubPart = z.enum(["events", "comments", "checks", "protection", "analysis", "deployments"]);
export type GithubPart = z.infer<typeof GithubPart>;

export const GithubSource = z.object({
  ...host,
  kind: z.literal("github"),
  /** `owner/name` as the host knows it. */
  project: z.string().regex(/^[^/\s]+\/[^/\s]+$/, "owner/name"),
  apiUrl: z.url().default("https://api.github.com"),
  /** What is asked besides; without it everything. Each costs requests of the host's quota. */
  include: z.array(GithubPart).optional(),
  ...deploying,
});

export const GitlabSource = z.object({
  ...host,
  kind: z.literal("gitlab"),
  /** Path of the project with its groups, as its address shows it: `group/subgroup/name`. */
  project: z.string().regex(/^[^/\s]+(\/[^/\s]+)+$/, "group/name"),
  apiUrl: z.url().default("https://gitlab.com/api/v4"),
  ...deploying,
});

export const GerritSource = z.object({
  ...host,
  kind: z.literal("gerrit"),
  siteUrl: z.url(),
  project: z.string().regex(/^[^\s"]+$/, "the project's name as Gerrit shows it"),
  /** Login that the HTTP password belongs to. */
  user: z.string().min(1),
});

export const BitbucketSource = z.object({
  ...host,
  kind: z.literal("bitbucket"),
  /** `workspace/repository` as the address shows it. */
  project: z.string().regex(/^[^/\s]+\/[^/\s]+$/, "workspace/repository"),
  apiUrl: z.url().default("https://api.bitbucket.org/2.0"),
  /** Account e-mail that an API token belongs to; without it the secret is an access token of the repository. */
  user: z.string().min(1).optional(),
  ...deploying,
});

export const BitbucketServerSource = z.object({
  ...host,
  kind: z.literal("bitbucket-server"),
  siteUrl: z.url(),
  /** `KEY/repository`, or `~user/repository`. */
  project: z.string().regex(/^[^/\s]+\/[^/\s]+$/, "KEY/repository"),
});

export const AzureReposSource = z.object({
  ...host,
  kind: z.literal("azure-repos"),
  /** Address of the organisation or of a server's collection: `https://dev.azure.com/northwind`. */
  organisationUrl: z.url(),
  azureProject: z.string().min(1),
  azureRepository: z.string().min(1),
});
