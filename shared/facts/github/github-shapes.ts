import { z } from "zod";
import { ObjectId } from "../../model/digest.ts";
import { parseInstant } from "../../model/instant.ts";

/** The parts of GitHub's REST answers that are read. Everything else in them is left alone. */

const Time = z.string().transform((text, context) => {
  const instant = parseInstant(text);
  if (instant !== null) return instant;
  context.addIssue({ code: "custom", message: "not a time with its zone" });
  return z.NEVER;
});
const Text = z
  .string()
  .nullish()
  .transform((text) => text ?? "");
const Id = z.number().int().positive();

/** GitHub puts null, or the account `ghost`, in place of an account that was deleted. */
const Account = z
  .object({ login: z.string(), type: z.string().optional() })
  .nullish()
  .transform((account) => {
    if (!account || account.login === "ghost") return { login: "", type: "unknown" as const };
    return { login: account.login, type: typeOf(account.type) };
  });

function typeOf(type: string | undefined): "user" | "bot" | "unknown" {
  if (type === "User") return "user";
  return type === "Bot" ? "bot" : "unknown";
}

export const PullShape = z.object({
  number: Id,
  title: Text,
  html_url: Text,
  state: z.enum(["open", "closed"]),
  user: Account,
  created_at: Time,
  merged_at: Time.nullish().transform((time) => time ?? null),
  merge_commit_sha: ObjectId.nullish().transform((id) => id ?? null),
  merged_by: Account,
  commits: z.number().int().nonnegative().optional(),
  head: z.object({ ref: z.string(), sha: ObjectId }),
  base: z.object({ ref: z.string() }),
});

export const ReviewShape = z.object({
  id: Id,
  user: Account,
  state: z.string(),
  submitted_at: Time.nullish(),
  /** Empty or null when the host no longer knows the commit. */
  commit_id: z
    .union([ObjectId, z.literal("")])
    .nullish()
    .transform((id) => id || null),
  author_association: z.string().optional(),
  pull_request_url: z.string().optional(),
});

const Signature = z.object({ name: Text, email: Text }).nullish();

export const PullCommitShape = z.object({
  sha: ObjectId,
  commit: z.object({ author: Signature, message: Text }),
  author: Account,
});

const Conclusion = z.string().nullish();

export const RunShape = z.object({
  id: Id,
  name: Text,
  event: Text,
  head_branch: Text,
  head_sha: ObjectId,
  status: Text,
  conclusion: Conclusion,
  run_attempt: z.number().int().positive().default(1),
  created_at: Time,
  run_started_at: Time.nullish(),
  updated_at: Time.nullish(),
  actor: Account,
  triggering_actor: Account,
  html_url: Text,
});

export const JobShape = z.object({
  id: Id,
  run_id: Id,
  run_attempt: z.number().int().positive().default(1),
  name: z.string(),
  status: Text,
  conclusion: Conclusion,
  started_at: Time.nullish().transform((time) => time ?? null),
  completed_at: Time.nullish().transform((time) => time ?? null),
});

export const RunsPage = z.object({ workflow_runs: z.array(z.unknown()) });
export const JobsPage = z.object({ jobs: z.array(z.unknown()) });
export const List = z.array(z.unknown());
