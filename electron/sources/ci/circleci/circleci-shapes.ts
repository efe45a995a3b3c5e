import { z } from "zod";
import { parseInstant } from "../../../../shared/model/instant.ts";
import { highestNumber } from "../../number-set.ts";

/** The little of CircleCI's answers that collecting needs. */

export const Me = z.object({ id: z.string(), login: z.string(), name: z.string().nullish() });

const Text = z
  .string()
  .nullish()
  .transform((text) => text ?? "");

const Time = z.string().transform((text, context) => {
  const instant = parseInstant(text);
  if (instant !== null) return instant;
  context.addIssue({ code: "custom", message: "not a time with its zone" });
  return z.NEVER;
});

export const OnePipeline = z.object({
  id: z.string().min(1),
  number: z.int().positive().max(highestNumber),
  created_at: Time,
  trigger: z.object({ type: Text, actor: z.object({ login: Text }).nullish() }).nullish(),
  vcs: z.object({ revision: Text, branch: Text, tag: Text }).nullish(),
  /** Where a project of CircleCI's own GitHub app keeps what others have under `vcs`. */
  trigger_parameters: z.object({ git: z.object({ checkout_sha: Text, branch: Text, tag: Text }).nullish() }).nullish(),
});
export type OnePipeline = z.infer<typeof OnePipeline>;

const Paging = { next_page_token: z.string().nullish() };
export const PipelinesPage = z.object({ ...Paging, items: z.array(OnePipeline) });
export const WorkflowsPage = z.object({ ...Paging, items: z.array(z.object({ id: z.string().min(1) })) });
export const JobsPage = z.object({ ...Paging, items: z.array(z.unknown()) });

/** What a pipeline ran on. */
export interface RanOn {
  readonly commit: string;
  readonly branch: string;
  readonly tag: string;
}

export function ranOn({ vcs, trigger_parameters }: OnePipeline): RanOn {
  const git = trigger_parameters?.git;
  return {
    commit: vcs?.revision || git?.checkout_sha || "",
    branch: vcs?.branch || git?.branch || "",
    tag: vcs?.tag || git?.tag || "",
  };
}
