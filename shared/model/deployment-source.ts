import { z } from "zod";
import { networkSettings } from "./network-settings.ts";
import { common, repository, SecretPlace } from "./source-parts.ts";

/** What every source of deployments is asked besides where it is. */
const judged = {
  repository,
  /** Which environments count as production. */
  production: z.array(z.string()).min(1).default(["production"]),
  /** Accounts that only the pipeline uses. */
  pipelineAccounts: z.array(z.string()).default([]),
};

/**
 * A repository whose files say which version runs where (GitOps): a change of the version is a deployment. That the
 * cluster followed the file is not in it.
 */
export const GitopsSource = z.object({
  ...common,
  kind: z.literal("gitops"),
  ...judged,
  /** Path of a repository (bare or not), of a `.bundle` or of a `.tar` with a bare repository in it; or a clone URL. */
  location: z.string().min(1),
  branch: z.string().min(1),
  /** Paths of the files: `apps/{environment}/{service}.yaml`. A star stands for anything but a slash. */
  files: z
    .string()
    .min(1)
    .max(300)
    .refine((pattern) => pattern.split("{environment}").length <= 2 && pattern.split("{service}").length <= 2, {
      message: "{environment} and {service} stand in it once at most",
    }),
  /** Where in a file the version stands: the name of a key (`image_tag`), or a dotted path of keys (`image.tag`). */
  tag: z.string().min(1).max(200).default("image_tag"),
  /** Keep only this service, where the files are of several. */
  service: z.string().optional(),
  /** The environment of all files, where their paths name none. */
  environment: z.string().optional(),
});

/** Applications of Argo CD with their history. */
export const ArgocdSource = z.object({
  ...common,
  kind: z.literal("argocd"),
  ...judged,
  ...networkSettings,
  apiUrl: z.url(),
  applications: z.array(z.string().regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/)).min(1),
  /** What tells the environment. */
  environmentFrom: z.enum(["application", "namespace", "cluster"]).default("application"),
  token: SecretPlace,
});

/** Executions of Spinnaker's pipelines. */
export const SpinnakerSource = z.object({
  ...common,
  kind: z.literal("spinnaker"),
  ...judged,
  ...networkSettings,
  /** Address of Gate, Spinnaker's API. */
  apiUrl: z.url(),
  application: z.string().regex(/^[\w.-]+$/),
  /** What tells the environment: the pipeline's name, or the account that its deploy stages deploy to. */
  environmentFrom: z.enum(["pipeline", "account"]).default("account"),
  token: SecretPlace,
});

/** Deployments of an Octopus Deploy project. */
export const OctopusSource = z.object({
  ...common,
  kind: z.literal("octopus"),
  ...judged,
  ...networkSettings,
  apiUrl: z.url(),
  space: z
    .string()
    .regex(/^Spaces-\d+$/, "Spaces-1")
    .default("Spaces-1"),
  /** Id of the project, or its slug as the address of its page shows it. */
  deployProject: z.string().regex(/^[\w.-]+$/),
  token: SecretPlace,
});

/** Rollouts of a namespace, from the revisions that Kubernetes still keeps, and Helm's releases in it. */
export const KubernetesSource = z.object({
  ...common,
  kind: z.literal("kubernetes"),
  ...judged,
  ...networkSettings,
  apiUrl: z.url(),
  namespace: z.string().regex(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/),
  environment: z.string().min(1),
  /** Names of deployments, stateful sets, daemon sets and Helm releases; without it all of the namespace. */
  workloads: z.array(z.string()).default([]),
  /** Ask for Helm's releases too. They are kept in secrets, which a reader of the cluster often may not see. */
  helm: z.boolean().default(false),
  token: SecretPlace,
});

/** Deployments of an AWS CodeDeploy application. The environment is the deployment group. */
export const CodedeploySource = z.object({
  ...common,
  kind: z.literal("codedeploy"),
  ...judged,
  ...networkSettings,
  region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, "a region such as eu-west-1"),
  application: z.string().min(1).max(100),
  /** Address of the service, where it is not that of the region. */
  apiUrl: z.url().optional(),
  /** Holds `ACCESS-KEY-ID:SECRET-ACCESS-KEY`, and `:SESSION-TOKEN` after it for keys that expire. */
  token: SecretPlace,
});
