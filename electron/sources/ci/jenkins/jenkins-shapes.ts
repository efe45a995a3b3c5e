import { z } from "zod";
import { highestNumber } from "../../number-set.ts";

/** The little of Jenkins' answers that collecting needs. */

const BuildNumber = z.int().positive().max(highestNumber);

export const WhoAmI = z.object({ name: z.string(), anonymous: z.boolean().optional() });

export const Job = z.object({ fullName: z.string().optional(), nextBuildNumber: BuildNumber.optional() });

export const OneBuild = z.object({
  _class: z.string().optional(),
  number: BuildNumber,
  timestamp: z.number().int().nonnegative(),
});
export type OneBuild = z.infer<typeof OneBuild>;

export const BuildsPage = Job.extend({ allBuilds: z.array(OneBuild) });

export const Numbers = z.object({ allBuilds: z.array(OneBuild.pick({ number: true, timestamp: true })) });

/** Only pipelines have stages. Jenkins always names the class of a build, asked or not. */
export function isPipelineRun({ _class }: OneBuild): boolean {
  return _class?.endsWith(".WorkflowRun") ?? false;
}
