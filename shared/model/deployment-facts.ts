import { z } from "zod";
import { Login } from "./account.ts";
import { Instant } from "./instant.ts";
import { factBase } from "./origin.ts";

export const Deployment = z.object({
  ...factBase,
  kind: z.literal("deployment"),
  repository: z.string(),
  /** Unique within the source: the mapped id, else the line. */
  id: z.string(),
  service: z.string(),
  environment: z.string(),
  /** True when the source's configuration counts the environment as production. */
  production: z.boolean(),
  /** As written: a tag, a commit id, a version. */
  revision: z.string(),
  previousRevision: z.string(),
  at: Instant,
  /** Whose clock wrote `at`, where it was not the deployment tool's or the log's: a committer's own machine. */
  clock: z.literal("committer").optional(),
  by: Login,
  requestedBy: Login,
  trigger: z.string(),
  /** True when trigger and account, as far as the source's configuration knows them, are the pipeline's. */
  byPipeline: z.boolean(),
  /** Empty when the log does not say how it ended. */
  status: z.string(),
});
export type Deployment = z.infer<typeof Deployment>;

/**
 * How a deployment went on, where the host keeps that in records of its own: until one of them says how it ended, it has
 * put nothing anywhere.
 */
export const DeploymentStatus = z.object({
  ...factBase,
  kind: z.literal("deployment-status"),
  repository: z.string(),
  /** Id of the deployment. */
  deployment: z.string(),
  environment: z.string(),
  /** The host's own word for it, in lower case. */
  state: z.string(),
  at: Instant,
  by: Login,
  /** Build that reported it; empty where it names none. */
  build: z.string(),
});
export type DeploymentStatus = z.infer<typeof DeploymentStatus>;

/** Somebody's answer to a gate before a deployment: an environment's reviewer, a manual step of a pipeline. */
export const DeploymentApproval = z.object({
  ...factBase,
  kind: z.literal("deployment-approval"),
  repository: z.string(),
  /** Id of the deployment, or of the build that waited for it. */
  deployment: z.string(),
  environment: z.string(),
  by: Login,
  decision: z.enum(["approved", "rejected", "pending"]),
  /** Null where the host tells no time, as GitHub does not of the reviews of a workflow run. */
  at: Instant.nullable(),
  comment: z.string(),
});
export type DeploymentApproval = z.infer<typeof DeploymentApproval>;

/** What was built and carried from environment to environment. */
export const Artifact = z.object({
  ...factBase,
  kind: z.literal("artifact"),
  repository: z.string(),
  /** Name and version, or image reference. */
  name: z.string(),
  /** `sha256:…`; empty where unknown. */
  digest: z.string(),
  /** Commit that it was built from; empty where unknown. */
  commit: z.string(),
  build: z.string(),
  at: Instant.nullable(),
});
export type Artifact = z.infer<typeof Artifact>;
