import { z } from "zod";
import { parseInstant } from "../../../shared/model/instant.ts";
import { highestNumber } from "../number-set.ts";

/** The little of GitHub's answers that collecting needs. Reading them as facts is another stage's work. */

const Count = z.number().int().nonnegative();
const RequestNumber = z.number().int().positive().max(highestNumber);
const Time = z.string().transform((text, context) => {
  const instant = parseInstant(text);
  if (instant !== null) return instant;
  context.addIssue({ code: "custom", message: "not a time with its zone" });
  return z.NEVER;
});

export const ListedRequests = z.array(
  z.object({
    number: RequestNumber,
    merged_at: Time.nullable(),
    updated_at: Time,
    base: z.object({ ref: z.string() }),
  }),
);
export type ListedRequest = z.infer<typeof ListedRequests>[number];

/** GitHub's own counts of what hangs on the request. */
export const OneRequest = z.object({ number: RequestNumber, commits: Count.optional() });
export const Account = z.object({ login: z.string() });
export const Total = z.object({ total_count: Count, incomplete_results: z.boolean().optional() });

export const Repository = z.object({
  full_name: z.string(),
  permissions: z.record(z.string(), z.boolean()).optional(),
});
export type Repository = z.infer<typeof Repository>;

export const Runs = z.object({
  total_count: Count,
  workflow_runs: z.array(z.object({ id: z.number().int().positive(), head_branch: z.string().nullish() })),
});
