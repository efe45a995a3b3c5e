import { z } from "zod";
import { ObjectId } from "../../model/digest.ts";
import { Id, OptionalCommit, OptionalTime, Text, Time } from "../code-host/host-shapes.ts";

/** The parts of GitLab's REST answers that are read (docs.gitlab.com/api). Everything else in them is left alone. */

/** GitLab names the accounts of project and group tokens so, and no person may choose such a name. */
const botName = /^(project|group)_\d+_bot(_|\d|$)/;

export const Account = z
  .object({ username: z.string(), bot: z.boolean().nullish() })
  .nullish()
  .transform((account) => {
    if (!account || /^ghost\d*$/.test(account.username)) return { login: "", type: "unknown" as const };
    const bot = account.bot ?? botName.test(account.username);
    return { login: account.username, type: bot ? ("bot" as const) : ("user" as const) };
  });

export const RequestShape = z.object({
  iid: Id,
  title: Text,
  labels: z.array(z.string()).nullish(),
  web_url: Text,
  state: z.enum(["opened", "closed", "merged", "locked"]),
  author: Account,
  created_at: Time,
  merged_at: OptionalTime,
  merge_user: Account,
  merged_by: Account,
  source_branch: z.string(),
  target_branch: z.string(),
  sha: OptionalCommit,
  merge_commit_sha: OptionalCommit,
  squash_commit_sha: OptionalCommit,
});

export const NoteShape = z.object({
  id: Id,
  body: Text,
  author: Account,
  created_at: Time,
  system: z.boolean(),
  noteable_iid: Id.nullish(),
  resolvable: z.boolean().nullish(),
  resolved: z.boolean().nullish(),
  position: z.object({ new_path: Text, old_path: Text }).nullish(),
});

export const VersionShape = z.object({ id: Id, head_commit_sha: ObjectId, created_at: Time });

export const CommitShape = z.object({ id: ObjectId, author_name: Text, author_email: Text, message: Text });

/** GitLab's free tier has no approvals that are required, so says neither how many there are nor of which request. */
export const ApprovalsShape = z.object({
  iid: Id.nullish(),
  approvals_required: z.number().int().nonnegative().nullish(),
});

export const RuleShape = z.object({
  name: Text,
  approvals_required: z.number().int().nonnegative(),
  eligible_approvers: z.array(z.object({ username: z.string() })).nullish(),
});

export const PipelineShape = z.object({
  id: Id,
  name: Text,
  sha: ObjectId,
  ref: Text,
  status: z.string(),
  source: Text,
  created_at: Time,
  updated_at: OptionalTime,
  started_at: OptionalTime,
  finished_at: OptionalTime,
  user: Account,
  web_url: Text,
});

export const JobShape = z.object({
  id: Id,
  name: z.string(),
  status: z.string(),
  started_at: OptionalTime,
  finished_at: OptionalTime,
  pipeline: z.object({ id: Id }),
});

export const DeploymentShape = z.object({
  id: Id,
  ref: Text,
  sha: z.string(),
  status: Text,
  created_at: Time,
  updated_at: OptionalTime,
  user: Account,
  environment: z.object({ name: z.string() }),
  deployable: z.object({ id: Id, name: Text, finished_at: OptionalTime }).nullish(),
  approvals: z
    .array(z.object({ user: Account, status: z.string(), created_at: OptionalTime, comment: Text }))
    .nullish(),
});

export const ProtectedBranchShape = z.object({
  name: z.string(),
  allow_force_push: z.boolean().nullish(),
});
