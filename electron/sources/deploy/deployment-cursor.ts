import { z } from "zod";
import { Sha256 } from "../../../shared/model/digest.ts";

/** How much of a log is stored. */
export const DeploymentCursor = z.object({
  version: z.literal(1),
  /** Of the file that the pull began with. */
  digest: Sha256,
  nextLine: z.number().int().positive(),
  finished: z.boolean(),
});
export type DeploymentCursor = z.infer<typeof DeploymentCursor>;
