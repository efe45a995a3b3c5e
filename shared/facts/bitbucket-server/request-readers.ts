import type { Build } from "../../model/build-facts.ts";
import { ObjectId } from "../../model/digest.ts";
import type { Fact } from "../../model/facts.ts";
import { type HostElementReader, noTime, receivedAt, shaped } from "../code-host/host-pages.ts";
import { BuildShape, CommitShape, RequestShape, RestrictionShape } from "./bitbucket-server-shapes.ts";

export const requestReader: HostElementReader = ({ repository }) =>
  shaped(RequestShape, (request, _element, origin) => {
    const merged = request.state === "MERGED";
    return [
      {
        kind: "change-request",
        origin,
        repository,
        system: "bitbucket",
        number: request.id,
        title: request.title,
        url: request.links?.self[0]?.href ?? "",
        author: request.author.user.login,
        authorType: request.author.user.type,
        sourceBranch: request.fromRef.displayId,
        targetBranch: request.toRef.displayId,
        headCommit: request.fromRef.latestCommit,
        state: merged ? "merged" : request.state === "OPEN" ? "open" : "closed",
        createdAt: request.createdDate,
        mergedAt: merged ? (request.closedDate ?? null) : null,
        mergeCommit: merged ? (request.properties?.mergeCommit?.id ?? null) : null,
        // Who merged it is said by the activity of the merge.
        mergedBy: "",
        commits: null,
      },
    ];
  });

export const commitReader: HostElementReader = ({ repository, request }) =>
  shaped(CommitShape, (commit, _element, origin) => [
    {
      kind: "request-commit",
      origin,
      repository,
      request,
      commit: commit.id,
      authorLogin: "",
      authorEmail: commit.author?.emailAddress ?? "",
      authorName: commit.author?.name ?? "",
      message: commit.message,
    },
  ]);

const conclusions = new Map<string, Build["conclusion"]>([
  ["SUCCESSFUL", "success"],
  ["FAILED", "failure"],
  ["CANCELLED", "cancelled"],
]);

/** What a CI server reported on the commit that the address names. */
export const buildReader: HostElementReader = ({ repository, input }) =>
  shaped(BuildShape, (build, _element, origin): readonly Fact[] | { reason: string } => {
    const commit = ObjectId.safeParse(/\/commits\/([0-9a-f]+)/.exec(input.locator)?.[1]).data;
    if (commit === undefined) return { reason: "the name of the record does not say which commit this is" };
    const conclusion = conclusions.get(build.state);
    return [
      {
        kind: "build",
        origin,
        repository,
        id: `${commit} ${build.key}`,
        workflow: build.name || build.key,
        event: "status",
        branch: "",
        commit,
        attempt: 1,
        completed: conclusion !== undefined,
        conclusion: conclusion ?? "unknown",
        startedAt: build.dateAdded,
        finishedAt: conclusion === undefined ? null : build.dateAdded,
        actor: "",
        url: build.url,
      },
    ];
  });

/** One branch permission. How many approvals a merge needs is a merge check, which this API does not tell. */
export const restrictionReader: HostElementReader = (context) =>
  shaped(RestrictionShape, ({ type, matcher }, _element, origin) => {
    const at = receivedAt(context);
    if (at === null) return noTime;
    return [
      {
        kind: "branch-protection",
        origin,
        repository: context.repository,
        branch: matcher.displayId,
        at,
        enabled: true,
        requiredApprovals: 0,
        dismissesStaleApprovals: null,
        bindsAdministrators: null,
        requiredChecks: [type],
        allowsForcePush:
          type === "fast-forward-only" || type === "read-only" || type === "pull-request-only" ? false : null,
        by: "",
      },
    ];
  });
