import { z } from "zod";

/**
 * Which field of a deployment record says what. A value is a column of a CSV file or a dotted path into a JSON line.
 * Times must carry a zone.
 */
export const DeploymentMapping = z.object({
  environment: z.string(),
  revision: z.string(),
  at: z.string(),
  by: z.string().optional(),
  /** How it was started. Its values are named in `pipelineTriggers`. */
  trigger: z.string().optional(),
  /** The person on whose behalf a pipeline ran. */
  requestedBy: z.string().optional(),
  id: z.string().optional(),
  status: z.string().optional(),
  service: z.string().optional(),
  previousRevision: z.string().optional(),
});
export type DeploymentMapping = z.infer<typeof DeploymentMapping>;

/** What a mapping names; where a record has nothing under an optional name, it is empty. */
export type MappedName = keyof DeploymentMapping;
