import type { Build } from "../../model/build-facts.ts";
import { ObjectId } from "../../model/digest.ts";
import type { Fact } from "../../model/facts.ts";
import { type HostElementReader, isProduction, shaped } from "../code-host/host-pages.ts";
import { CommitShape, DeploymentShape, RequestShape, StatusShape } from "./bitbucket-shapes.ts";

/** One pull request. When it was merged is said by its activity only, and its commits are abbreviated. */
export const requestReader: HostElementReader = ({ repository }) =>
  shaped(RequestShape, (request, _element, origin) => {
    const merged = request.state === "MERGED";
    const head = request.source.commit?.hash;
    if (head === undefined) return { reason: "source/commit: the request names no last commit" };
    return [
      {
        kind: "change-request",
        origin,
        repository,
        system: "bitbucket",
        number: request.id,
        title: request.title,
        url: request.links?.html?.href ?? "",
        author: request.author.login,
        authorType: request.author.type,
        sourceBranch: request.source.branch.name,
        targetBranch: request.destination.branch.name,
        headCommit: head,
        state: merged ? "merged" : request.state === "OPEN" ? "open" : "closed",
        createdAt: request.created_on,
        mergedAt: null,
        mergeCommit: merged ? (request.merge_commit?.hash ?? null) : null,
        mergedBy: merged ? request.closed_by.login : "",
        commits: null,
      },
    ];
  });

export const commitReader: HostElementReader = ({ repository, request }) =>
  shaped(CommitShape, (commit, _element, origin) => {
    const [, name = "", email = ""] = /^(.*?)\s*<([^<>]*)>\s*$/.exec(commit.author?.raw ?? "") ?? [];
    return [
      {
        kind: "request-commit",
        origin,
        repository,
        request,
        commit: commit.hash,
        authorLogin: commit.author?.user.login ?? "",
        authorEmail: email,
        authorName: name,
        message: commit.message,
      },
    ];
  });

const conclusions = new Map<string, Build["conclusion"]>([
  ["SUCCESSFUL", "success"],
  ["FAILED", "failure"],
  ["STOPPED", "cancelled"],
]);

/** What a CI server reported on a commit, of whatever make. */
export const statusReader: HostElementReader = ({ repository }) =>
  shaped(StatusShape, (status, _element, origin): readonly Fact[] | { reason: string } => {
    const commit = ObjectId.safeParse(status.links.commit.href.split("/").at(-1)).data;
    if (commit === undefined) return { reason: "links/commit: the status names no commit" };
    const conclusion = conclusions.get(status.state);
    return [
      {
        kind: "build",
        origin,
        repository,
        id: `${commit} ${status.key}`,
        workflow: status.name || status.key,
        event: "status",
        branch: status.refname,
        commit,
        attempt: 1,
        completed: conclusion !== undefined,
        conclusion: conclusion ?? "unknown",
        startedAt: status.created_on,
        finishedAt: conclusion === undefined ? null : status.updated_on,
        actor: "",
        url: status.url,
      },
    ];
  });

/** A deployment that came to its end. Bitbucket Pipelines is the only one that makes them. */
export const deploymentReader: HostElementReader = (context) =>
  shaped(DeploymentShape, (deployment, _element, origin): readonly Fact[] | { reason: string } => {
    const { state, environment: place, release } = deployment;
    if (state.name !== "COMPLETED") return [];
    const at = state.completed_on ?? state.completion_date ?? state.started_on ?? state.start_date;
    if (at === null) return { reason: "state: it came to its end, and nothing says when" };
    const environment = place.name ?? place.slug ?? place.uuid;
    return [
      {
        kind: "deployment",
        origin,
        repository: context.repository,
        id: deployment.uuid,
        service: "",
        environment,
        production: isProduction(context, environment),
        revision: release?.commit?.hash ?? release?.name ?? "",
        previousRevision: "",
        at,
        by: release?.name ?? "",
        requestedBy: "",
        trigger: "pipeline",
        byPipeline: true,
        status: (state.status?.name ?? "").toLowerCase(),
      },
    ];
  });
