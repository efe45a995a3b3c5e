import { z } from "zod";
import type { FileFormat } from "../file-format.ts";
import { hostAnswer } from "./host-answer.ts";

const Any = z.unknown();
const Text = z.string();
const Request = z.object({ iid: z.int(), source_branch: Text, target_branch: Text, merge_status: Any });
const Note = z.object({ body: Text, system: z.boolean(), noteable_type: z.literal("MergeRequest") });
const Version = z.object({ head_commit_sha: Text, base_commit_sha: Any, start_commit_sha: Any });
const Commit = z.object({ short_id: Text, author_email: Text, parent_ids: z.array(Any) });
const Approvals = z.object({ iid: z.int(), approvals_required: Any, approved_by: z.array(Any) });
const Rule = z.object({ rule_type: Text, approvals_required: z.int() });
const Pipeline = z.object({ sha: Text, ref: Text, source: Text, project_id: z.int() });
const Job = z.object({ stage: Text, pipeline: z.object({ id: z.int() }) });
const Deployment = z.object({ iid: z.int(), sha: Text, environment: z.object({ name: Text }), deployable: Any });
const Branch = z.object({ name: Text, push_access_levels: z.array(Any), merge_access_levels: z.array(Any) });

const ofRequest = /merge_requests[/_-]\d+/;

/** Recorded answers of GitLab's REST API, one a file. */
export const gitlabAnswers: readonly FileFormat[] = [
  hostAnswer({
    format: "gitlab.merge-requests",
    what: "merge requests of GitLab",
    member: "",
    names: "iid, source_branch, target_branch and merge_status",
    row: Request,
  }),
  hostAnswer({
    format: "gitlab.merge-request",
    what: "merge requests of GitLab",
    member: null,
    names: "iid, source_branch, target_branch and merge_status",
    row: Request,
  }),
  hostAnswer({
    format: "gitlab.notes",
    what: "notes of GitLab",
    member: "",
    names: "body, system and noteable_type",
    row: Note,
  }),
  hostAnswer({
    format: "gitlab.versions",
    what: "versions of a merge request of GitLab",
    member: "",
    names: "head_commit_sha, base_commit_sha and start_commit_sha",
    row: Version,
    named: ofRequest,
  }),
  hostAnswer({
    format: "gitlab.commits",
    what: "commits of a merge request of GitLab",
    member: "",
    names: "short_id, author_email and parent_ids",
    row: Commit,
    named: ofRequest,
  }),
  hostAnswer({
    format: "gitlab.approvals",
    what: "approvals of a merge request of GitLab",
    member: null,
    names: "iid, approvals_required and approved_by",
    row: Approvals,
  }),
  hostAnswer({
    format: "gitlab.approval-rules",
    what: "approval rules of GitLab",
    member: "",
    names: "rule_type and approvals_required",
    row: Rule,
  }),
  hostAnswer({
    format: "gitlab.pipelines",
    what: "pipelines of GitLab",
    member: "",
    names: "sha, ref, source and project_id",
    row: Pipeline,
  }),
  hostAnswer({ format: "gitlab.jobs", what: "jobs of GitLab", member: "", names: "stage and pipeline", row: Job }),
  hostAnswer({
    format: "gitlab.deployments",
    what: "deployments of GitLab",
    member: "",
    names: "iid, sha, environment and deployable",
    row: Deployment,
  }),
  hostAnswer({
    format: "gitlab.deployment",
    what: "deployments of GitLab",
    member: null,
    names: "iid, sha, environment and deployable",
    row: Deployment,
  }),
  hostAnswer({
    format: "gitlab.protected-branches",
    what: "protected branches of GitLab",
    member: "",
    names: "name, push_access_levels and merge_access_levels",
    row: Branch,
  }),
];

const Line = z.object({
  url: z.string().regex(/^https?:\/\/[^?]*\/api\/v4\/projects\//),
  data: z.record(z.string(), Any),
});

/** Elements of GitLab's answers as collectors keep them. */
export const gitlabCollectedLines: FileFormat = {
  format: "gitlab.collected-lines",
  system: "code-host",
  title: "Elements of GitLab's answers with the address that was asked, one a line (JSONL)",
  recognisedBy: "the fields url, an address of GitLab's API, and data of its first line",
  shape: { cut: "lines" },
  recognise({ jsonLines: [first] }) {
    if (!Line.safeParse(first).success) return null;
    return { sure: "certain", because: "its first line has data and the address of GitLab's API that gave it" };
  },
};
