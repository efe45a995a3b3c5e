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
const Conclusion = z.string().nullish();

/** GitHub puts null, the account `ghost` or an empty object in place of an account that was deleted or is none. */
const Account = z
  .object({ login: z.string().optional(), type: z.string().optional() })
  .nullish()
  .transform((account) => {
    if (!account?.login || account.login === "ghost") return { login: "", type: "unknown" as const };
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
  labels: z.array(z.object({ name: Text })).optional(),
  additions: z.number().int().nonnegative().optional(),
  deletions: z.number().int().nonnegative().optional(),
  changed_files: z.number().int().nonnegative().optional(),
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

export const TimelineShape = z.object({
  event: z.string(),
  id: z.number().optional(),
  node_id: z.string().optional(),
  actor: Account,
  created_at: Time.optional(),
  /** Head after a force-push, the merge commit, or the commit that an event is about. */
  commit_id: z.string().nullish(),
  requested_reviewer: Account,
  requested_team: z.object({ name: Text }).nullish(),
  dismissed_review: z
    .object({ dismissal_message: Text, dismissal_commit_id: Text, review_id: Id.optional(), state: Text })
    .nullish(),
});

export const CommentShape = z.object({
  id: Id,
  user: Account,
  created_at: Time,
  body: Text,
  path: Text,
  html_url: Text,
  pull_request_url: Text,
});

export const CheckRunShape = z.object({
  id: Id,
  name: z.string(),
  head_sha: ObjectId,
  status: Text,
  conclusion: Conclusion,
  started_at: Time.nullish().transform((time) => time ?? null),
  completed_at: Time.nullish().transform((time) => time ?? null),
  html_url: Text,
  app: z
    .object({ slug: Text })
    .nullish()
    .transform((app) => app?.slug ?? ""),
});

export const StatusShape = z.object({
  id: Id,
  /** In deliveries of webhooks; a list names the commit in the address of each status. */
  sha: ObjectId.optional(),
  url: Text,
  context: Text,
  state: z.string(),
  created_at: Time,
  updated_at: Time.nullish(),
  target_url: Text,
  /** Whose word it is; deliveries of webhooks do not tell. */
  creator: Account,
});

export const RunApprovalShape = z.object({
  state: z.string(),
  comment: Text,
  user: Account,
  environments: z.array(z.object({ name: Text })),
});

const Enabled = z.object({ enabled: z.boolean() }).nullish();

export const BranchShape = z.object({ name: z.string(), protected: z.boolean() });

export const ProtectionShape = z.object({
  required_pull_request_reviews: z
    .object({
      required_approving_review_count: z.number().int().nonnegative().optional(),
      dismiss_stale_reviews: z.boolean(),
    })
    .nullish(),
  required_status_checks: z
    .object({ contexts: z.array(z.string()).optional(), checks: z.array(z.object({ context: z.string() })).optional() })
    .nullish(),
  enforce_admins: Enabled,
  allow_force_pushes: Enabled,
});

export const RuleShape = z.object({
  type: z.string(),
  parameters: z
    .object({
      required_approving_review_count: z.number().int().nonnegative().optional(),
      dismiss_stale_reviews_on_push: z.boolean().optional(),
      required_status_checks: z.array(z.object({ context: z.string() })).optional(),
    })
    .nullish(),
});

export const AlertShape = z.object({
  number: Id,
  state: z.string().nullish(),
  created_at: Time,
  fixed_at: Time.nullish(),
  dismissed_at: Time.nullish(),
  dismissed_by: Account,
  dismissed_reason: Text,
  rule: z.object({
    id: Text,
    description: Text,
    severity: Text,
    security_severity_level: Text,
    tags: z.array(z.string()).nullish().catch(null),
  }),
  tool: z.object({ name: Text }),
  most_recent_instance: z
    .object({
      commit_sha: Text,
      /** Of the alert on the branch that was asked for; the alert's own state is that of the default branch. */
      state: Text,
      message: z.object({ text: Text }).optional(),
      location: z.object({ path: Text, start_line: z.number().int().nonnegative().optional() }).optional(),
    })
    .nullish(),
});

const Count = z.number().int().nonnegative();

/** A run of a tool, as whoever uploaded its log says it; how many results and rules it had is GitHub's own count. */
export const AnalysisShape = z.object({
  id: Id,
  commit_sha: ObjectId,
  category: Text,
  created_at: Time,
  error: Text,
  warning: Text,
  results_count: Count,
  rules_count: Count,
  tool: z.object({ name: Text, version: Text }),
});

export const DeploymentShape = z.object({
  id: Id,
  sha: z.string(),
  ref: Text,
  environment: Text,
  creator: Account,
  created_at: Time,
});

export const DeploymentStatusShape = z.object({
  state: z.string(),
  environment: Text,
  creator: Account,
  created_at: Time,
  deployment_url: Text,
  target_url: Text,
  log_url: Text,
});

export const RunsPage = z.object({ workflow_runs: z.array(z.unknown()) });
export const JobsPage = z.object({ jobs: z.array(z.unknown()) });
export const List = z.array(z.unknown());
