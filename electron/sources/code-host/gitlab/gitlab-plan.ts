import { z } from "zod";
import type { SourceOf } from "../../../../shared/model/source.ts";
import { wantedBranches } from "../../wanted-branches.ts";
import { connectHost } from "../walk/client.ts";
import type { HostConnection } from "../walk/host-driver.ts";
import type { HostPlan, Stage } from "../walk/host-plan.ts";
import { numberedPages } from "../walk/pages.ts";
import { isInWindow, parseRow, Time } from "../walk/row.ts";
import { askGitlabIdentity } from "./gitlab-identity.ts";

const Numbered = z.object({ iid: z.number().int().positive(), id: z.number().int().positive() });
const Request = Numbered.extend({ merged_at: Time.nullish(), updated_at: Time, target_branch: z.string() });
const Pipeline = Numbered.extend({ ref: z.string().nullish(), source: z.string().nullish() });

/**
 * What is asked of a GitLab project. GitLab filters by the last update, which is never before the merge; the cut by the
 * merge is made here. See docs.gitlab.com/api/merge_requests, /pipelines, /deployments, /protected_branches.
 */
export function planGitlab(source: SourceOf<"gitlab">, connection: HostConnection): HostPlan {
  const { window, context } = connection;
  const client = connectHost(connection, source.apiUrl, source, `Bearer ${context.readSecret(source.token)}`);
  const project = `projects/${encodeURIComponent(source.project)}`;
  const branches = wantedBranches(source.releaseBranch);
  return {
    client,
    branches,
    endpoint: `GitLab REST API at ${source.apiUrl}, project ${source.project}`,
    query:
      `Merge requests merged into ${branches.words}, updated from ${window.from} on, in order of creation, those merged before ` +
      `${window.to}, each with notes, versions, commits, approvals, approval rules and pipelines; pipelines of ${branches.words}, ` +
      "those that others started as their children too, and deployments updated in the same time, with jobs and approvals; protected branches and approval rules as they stand.",
    otherFormat: "gitlab.other",
    identify: () => askGitlabIdentity(client, project, branches),
    stages: [
      mergeRequests(project, source, connection),
      pipelines(project, source, connection),
      childPipelines(project, source, connection),
      deployments(project, connection),
      setting("protected branches", `${project}/protected_branches`, "gitlab.protected-branches"),
      setting("approval rules", `${project}/approval_rules`, "gitlab.approval-rules"),
    ],
    covers: [
      { kind: "requests", by: ["merge requests"] },
      { kind: "reviews", by: ["merge requests"] },
      { kind: "events", by: ["merge requests", "versions of merge requests"] },
      { kind: "comments", by: ["merge requests"] },
      { kind: "builds", by: ["pipelines", "child pipelines", "jobs of pipelines"] },
      { kind: "deployments", by: ["deployments"] },
      { kind: "gates", by: ["deployments"] },
      { kind: "protection", by: ["protected branches"], snapshot: true },
    ],
    notes: [],
  };
}

function mergeRequests(project: string, source: SourceOf<"gitlab">, { window }: HostConnection): Stage {
  const branches = wantedBranches(source.releaseBranch);
  const row = (element: unknown) => parseRow(Request, element, "merge requests");
  return {
    name: "merge requests",
    list: numberedPages(`${project}/merge_requests`, "gitlab.merge-requests", {
      state: "merged",
      scope: "all",
      ...(branches.only === null ? {} : { target_branch: branches.only }),
      updated_after: window.from,
      order_by: "created_at",
      sort: "asc",
    }),
    keys: "number",
    key: (element) => String(row(element).iid),
    // Very old ones were merged before GitLab noted when; what there is of them says so itself.
    isWanted: (element) =>
      branches.fits(row(element).target_branch) &&
      isInWindow(window, row(element).merged_at ?? row(element).updated_at),
    async details(iid, ask) {
      const request = `${project}/merge_requests/${iid}`;
      const list = (name: string, path: string, format: Parameters<typeof numberedPages>[1], query = {}) =>
        ask.all(name, numberedPages(`${request}/${path}`, format, query));
      await ask.one(request, "gitlab.merge-request");
      await list("notes", "notes", "gitlab.notes", { order_by: "created_at", sort: "asc" });
      await list("commits of merge requests", "commits", "gitlab.commits");
      await ask.ifReadable("versions of merge requests", () => list("versions", "versions", "gitlab.versions"));
      await ask.ifReadable("approvals of merge requests", () => ask.one(`${request}/approvals`, "gitlab.approvals"));
      await ask.ifReadable("approval rules of merge requests", () =>
        list("approval rules of merge requests", "approval_rules", "gitlab.approval-rules"),
      );
      await ask.ifReadable("pipelines of merge requests", () =>
        list("pipelines of merge requests", "pipelines", "gitlab.pipelines"),
      );
    },
  };
}

function pipelines(
  project: string,
  source: SourceOf<"gitlab">,
  { window }: HostConnection,
  of: { readonly source?: string } = {},
): Stage {
  const branches = wantedBranches(source.releaseBranch);
  return {
    name: "pipelines",
    list: numberedPages(`${project}/pipelines`, "gitlab.pipelines", {
      ...(branches.only === null ? {} : { ref: branches.only }),
      updated_after: window.from,
      updated_before: window.to,
      order_by: "id",
      sort: "asc",
      ...of,
    }),
    keys: "number",
    key: keyOf("pipelines"),
    isWanted: (element) => branches.fits(parseRow(Pipeline, element, "pipelines").ref ?? ""),
    mayBeRefused: true,
    async details(key, ask) {
      const jobs = numberedPages(`${project}/pipelines/${idIn(key)}/jobs`, "gitlab.jobs", { include_retried: "true" });
      await ask.ifReadable("jobs of pipelines", () => ask.all("jobs", jobs));
    },
  };
}

/** GitLab leaves those out of the list that another pipeline started in the same project, unless they are asked for. */
function childPipelines(project: string, source: SourceOf<"gitlab">, connection: HostConnection): Stage {
  const stage = pipelines(project, source, connection, { source: "parent_pipeline" });
  return {
    ...stage,
    name: "child pipelines",
    // Before 14.3 GitLab takes no notice of what is asked for, and gives the others once more.
    isWanted: (element) =>
      parseRow(Pipeline, element, "child pipelines").source === "parent_pipeline" &&
      stage.isWanted?.(element) !== false,
  };
}

function deployments(project: string, { window }: HostConnection): Stage {
  return {
    name: "deployments",
    list: numberedPages(`${project}/deployments`, "gitlab.deployments", {
      updated_after: window.from,
      updated_before: window.to,
      order_by: "updated_at",
      sort: "asc",
    }),
    keys: "number",
    key: keyOf("deployments"),
    mayBeRefused: true,
    // Only by itself a deployment tells who approved it.
    details: async (key, ask) => void (await ask.one(`${project}/deployments/${idIn(key)}`, "gitlab.deployment")),
  };
}

function setting(name: string, path: string, format: Parameters<typeof numberedPages>[1]): Stage {
  const Named = z.object({ name: z.string() });
  const key = (element: unknown) => parseRow(Named, element, name).name;
  return { name, list: numberedPages(path, format), keys: "text", key, mayBeRefused: true };
}

/** The number within the project, by which rows are told apart, and the id, by which GitLab is asked. */
function keyOf(what: string): Stage["key"] {
  return (element) => {
    const { iid, id } = parseRow(Numbered, element, what);
    return `${iid}/${id}`;
  };
}

function idIn(key: string): string {
  return key.slice(key.indexOf("/") + 1);
}
