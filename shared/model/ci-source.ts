import { z } from "zod";
import { networkSettings } from "./network-settings.ts";
import { common, repository, SecretPlace } from "./source-parts.ts";

/** Name of a job with its folders in front, as Jenkins' address bar shows it without `/job/`: `team/ledger/main`. */
const JobName = z.string().regex(/^[^/\s][^/]*(\/[^/]+)*$/, "folder/job");

export const JenkinsSource = z.object({
  ...common,
  ...networkSettings,
  kind: z.literal("jenkins"),
  repository,
  siteUrl: z.url(),
  jobs: z.array(JobName).min(1),
  /** Where a build checks out several repositories: the end of the clone address of the audited one. */
  remoteUrl: z.string().optional(),
  /** Login that the API token belongs to. */
  user: z.string().min(1),
  token: SecretPlace,
});

export const AzurePipelinesSource = z.object({
  ...common,
  ...networkSettings,
  kind: z.literal("azure-pipelines"),
  repository,
  /** Address of the organisation or of a server's collection: `https://dev.azure.com/northwind`. */
  organisationUrl: z.url(),
  azureProject: z.string().min(1),
  /** Branch whose builds are asked for, or patterns of several (branch-pattern.ts). */
  releaseBranch: z.string().min(1),
  /** Id or name of the repository as Azure knows it, where the project has several; builds of all of them otherwise. */
  azureRepository: z.string().optional(),
  /** Where that repository lies; Azure's own word for it. */
  azureRepositoryType: z.enum(["TfsGit", "GitHub", "GitHubEnterprise", "Bitbucket"]).default("TfsGit"),
  token: SecretPlace,
});

export const CircleciSource = z.object({
  ...common,
  ...networkSettings,
  kind: z.literal("circleci"),
  repository,
  /** `gh/owner/name`, `bb/owner/name` or `circleci/<id>/<id>`, as the project's settings show it. */
  projectSlug: z.string().regex(/^[^/\s]+\/[^/\s]+\/[^/\s]+$/, "gh/owner/name"),
  apiUrl: z.url().default("https://circleci.com/api/v2"),
  /** Branch whose pipelines are read with their workflows, or patterns of several (branch-pattern.ts). */
  releaseBranch: z.string().min(1),
  token: SecretPlace,
});
