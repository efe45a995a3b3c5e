import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createGitlabDriver } from "../../../../../electron/sources/code-host/gitlab/gitlab-driver.ts";
import { readEvidence } from "../../../../../shared/facts/evidence-reading.ts";
import type { EvidenceFormat } from "../../../../../shared/model/evidence.ts";
import { resolvePeriod } from "../../../../../shared/model/period.ts";
import { describeRecorded } from "../../../../recorded-data.ts";
import { checkedFacts, reasonsOf, record } from "../../../../shared/facts/recorded-answer.ts";
import { anythingOf, once, receivedRow, rowOf, withoutNulls } from "../../described-answers.ts";
import { readPublished, undescribed } from "../../published-description.ts";
import { pullWithSecret } from "../../pull-with-secret.ts";
import { quickLimits } from "../fake-github.ts";
import { gitlabToken, startGitlab } from "./fake-gitlab.ts";

/*
 * GitLab held to the description of its API that it keeps in its own repository. The description never says that a
 * field may be null or must be there, and of many fields it says nothing but that they are there; so what may lack is
 * listed here, field by field.
 */

const gitlab = readPublished("gitlab");
const project = "/api/v4/projects/{id}";
const request = `${project}/merge_requests/{merge_request_iid}`;

/** One pull of everything that the driver asks; what came of it serves every test. */
const pulling = once(async () => {
  const { source, server } = await startGitlab({
    requests: [
      {
        iid: 12,
        mergedAt: "2025-03-01T00:00:00.000Z",
        updatedAt: "2025-03-01T00:00:00.000Z",
        notes: [{ body: "approved this merge request", by: "rita", at: "2025-02-28T12:00:00.000Z" }],
      },
    ],
    pipelines: [{ iid: 1, updatedAt: "2025-03-01T01:00:00.000Z" }],
    deployments: [{ iid: 1, updatedAt: "2025-03-01T02:00:00.000Z", approvedBy: "rita" }],
  });
  const period = resolvePeriod("2025-01-01", "2025-06-30", "UTC");
  const { records } = await pullWithSecret(createGitlabDriver(quickLimits), source, gitlabToken, { period });
  return { source, asked: server.seen, records };
});

describe("what a pull asks of GitLab", () => {
  it("is described, and every operation of the description that is kept is asked", async () => {
    const { asked } = await pulling();
    expect(new Set(asked.map(({ path }) => gitlab.operationOf(path)))).toEqual(new Set(gitlab.operations));
    expect(new Set(asked.map(({ method }) => method))).toEqual(new Set(["GET"]));
  });

  it("has parameters and values that are described, but for the paging of a request's pipelines", async () => {
    const { asked } = await pulling();
    const problems = asked.flatMap(({ path, query }) =>
      gitlab.problemsOfQuestion(path, query).map((problem) => `${gitlab.operationOf(path)}: ${problem}`),
    );
    // GitLab's program pages this list as it does the others, and its description leaves that out.
    expect([...new Set(problems)]).toEqual([
      `${request}/pipelines: per_page is no parameter`,
      `${request}/pipelines: page is no parameter`,
    ]);
  });

  it("is answered by the double of the tests as is described", async () => {
    const { records } = await pulling();
    const problems = records.flatMap(({ locator, bytes }) =>
      gitlab.problemsOfAnswer(new URL(locator).pathname, withoutNulls(JSON.parse(Buffer.from(bytes).toString()))),
    );
    expect(records.length).toBeGreaterThan(15);
    expect(problems).toEqual([]);
  });
});

it("what is read of an answer is in the description, but for what only some answers have", () => {
  expect(undescribed("gitlab")).toEqual({
    // Of an account only the whole record says whether it is a bot; the name of a token's account says it too.
    [`${project}/merge_requests`]: ["author/bot", "merge_user/bot", "merged_by/bot"],
    [request]: ["author/bot", "merge_user/bot", "merged_by/bot"],
    [`${project}/merge_requests/{noteable_id}/notes`]: ["author/bot"],
    // What is described is the answer of the free tier, which requires no approvals.
    [`${request}/approvals`]: ["iid", "approvals_required"],
    // Only a pipeline asked for by itself has them. Newer GitLab adds the name.
    [`${request}/pipelines`]: ["name", "started_at", "finished_at", "user"],
    [`${project}/pipelines`]: ["name", "started_at", "finished_at", "user"],
    [`${project}/deployments`]: ["user/bot", "approvals"],
    [`${project}/deployments/{deployment_id}`]: ["user/bot", "approvals/user/bot"],
  });
});

describe("an answer of GitLab", () => {
  it.each<[format: EvidenceFormat, operation: string, needed: readonly string[]]>([
    ["gitlab.merge-request", request, ["created_at", "iid", "sha", "source_branch", "state", "target_branch"]],
    ["gitlab.notes", `${project}/merge_requests/{noteable_id}/notes`, ["created_at", "id", "system"]],
    ["gitlab.commits", `${request}/commits`, ["id"]],
    ["gitlab.versions", `${request}/versions`, ["created_at", "head_commit_sha", "id"]],
    ["gitlab.approvals", `${request}/approvals`, []],
    ["gitlab.approval-rules", `${request}/approval_rules`, ["approvals_required"]],
    ["gitlab.pipelines", `${project}/pipelines`, ["created_at", "id", "sha", "status"]],
    ["gitlab.jobs", `${project}/pipelines/{pipeline_id}/jobs`, ["id", "name", "pipeline", "status"]],
    ["gitlab.deployment", `${project}/deployments/{deployment_id}`, ["created_at", "environment", "id", "sha"]],
    ["gitlab.protected-branches", `${project}/protected_branches`, ["name"]],
  ])(
    "%s is read whatever of %s is null or lacks, but for what nothing can be said without",
    async (format, operation, needed) => {
      const { row, read } = await answerOf(format);
      const names = Object.keys(rowOf(gitlab.answerOf(operation)).properties ?? {}).sort();
      const unreadable = (value: null | undefined) =>
        // What is undefined is not written as JSON.
        names.filter((name) => read({ ...row, [name]: value }).unread.length > 0);
      expect(unreadable(undefined)).toEqual(needed);
      expect(unreadable(null)).toEqual(needed);
    },
  );

  it.each<[format: EvidenceFormat, operation: string]>([
    ["gitlab.merge-request", request],
    ["gitlab.commits", `${request}/commits`],
    ["gitlab.approval-rules", `${request}/approval_rules`],
    ["gitlab.pipelines", `${project}/pipelines`],
    ["gitlab.jobs", `${project}/pipelines/{pipeline_id}/jobs`],
    ["gitlab.deployment", `${project}/deployments/{deployment_id}`],
    ["gitlab.protected-branches", `${project}/protected_branches`],
  ])("%s is read whatever its fields hold that the description allows of them", async (format, operation) => {
    const { row, read } = await answerOf(format);
    fc.assert(
      fc.property(anythingOf(rowOf(gitlab.answerOf(operation)), row), (changed) => {
        const facts = read(changed);
        expect(reasonsOf(facts)).toEqual([]);
        checkedFacts(facts);
      }),
      { numRuns: 40 },
    );
  });
});

describe("a state that GitLab's description names", () => {
  it("of a pipeline is a success only where it is called that, and an end only where there is one", async () => {
    const { row, read } = await answerOf("gitlab.pipelines");
    const states = gitlab.valuesOf(`${project}/pipelines`, "status").map((status) => {
      const [build] = checkedFacts(read({ ...row, status }));
      return build?.kind === "build" ? `${status}: ${build.completed} ${build.conclusion}` : "";
    });
    expect(states.filter((line) => !line.endsWith(": false unknown"))).toEqual([
      "success: true success",
      "failed: true failure",
      "canceled: true cancelled",
      "skipped: true skipped",
    ]);
    expect(states).toHaveLength(13);
  });

  it("of a deployment puts something somewhere only where it came to an end", async () => {
    const { row, read } = await answerOf("gitlab.deployments");
    const deployed = gitlab
      .valuesOf(`${project}/deployments`, "status")
      .filter((status) => read({ ...row, status }).facts.some(({ kind }) => kind === "deployment"));
    expect(deployed).toEqual(["success", "failed", "canceled"]);
  });

  it("of a merge request is merged only where it is called that", async () => {
    const { row, read } = await answerOf("gitlab.merge-request");
    const states = gitlab.valuesOf(`${project}/merge_requests`, "state").filter((state) => state !== "all");
    const merged = states.filter((state) => {
      const [fact] = checkedFacts(read({ ...row, state }));
      return fact?.kind === "change-request" && fact.state === "merged" && fact.mergeCommit !== null;
    });
    expect(states).toContain("locked");
    expect(merged).toEqual(["merged"]);
  });
});

it("GitLab's free tier says of no request how many approvals it needs, and that is no fault", async () => {
  const { read } = await answerOf("gitlab.approvals");
  const free = { user_has_approved: false, user_can_approve: true, approved: true, approved_by: [] };
  expect(read(free)).toEqual({ facts: [], unread: [] });
  const two = { ...free, approvals_required: 2 };
  expect(read(two).facts).toEqual([expect.objectContaining({ request: 12, requiredApprovals: 2 })]);
  const unnamed = readEvidence(record("gitlab.approvals", two, "approvals.json"), (await pulling()).source);
  expect(reasonsOf(unnamed)).toEqual([": the name of the record does not say which request this is"]);
});

describeRecorded("gitlab", "what GitLab answered for real projects is as it describes", (folder) => {
  it.each<[file: string, path: string]>([
    ["merge_requests.jsonl", "/api/v4/projects/7/merge_requests"],
    ["merge_request_notes.jsonl", "/api/v4/projects/7/merge_requests/1/notes"],
    ["merge_request_commits.jsonl", "/api/v4/projects/7/merge_requests/1/commits"],
    ["pipelines.jsonl", "/api/v4/projects/7/pipelines"],
    ["jobs.jsonl", "/api/v4/projects/7/pipelines/1/jobs"],
    ["deployments.jsonl", "/api/v4/projects/7/deployments"],
  ])("%s", (file, path) => {
    const lines = readFileSync(join(folder, file), "utf8").trim().split("\n");
    const problems = lines.flatMap((line) => {
      const { data } = JSON.parse(line) as { data: unknown };
      return gitlab.problemsOfAnswer(path, [withoutNulls(data)]);
    });
    expect(lines.length).toBeGreaterThan(2);
    expect(problems).toEqual([]);
  });
});

async function answerOf(format: EvidenceFormat) {
  const pulled = await pulling();
  return receivedRow(pulled, pulled.source, format);
}
