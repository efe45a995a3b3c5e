import type { Fact } from "../../model/facts.ts";
import { type HostElementReader, shaped } from "../code-host/host-pages.ts";
import { CommitShape, IterationShape, RequestShape } from "./azure-repos-shapes.ts";

/** One pull request; and, where it was completed past its policies, that. */
export const requestReader: HostElementReader = ({ repository }) =>
  shaped(RequestShape, (request, _element, origin): readonly Fact[] | { reason: string } => {
    const merged = request.status === "completed";
    const head = request.lastMergeSourceCommit?.commitId ?? null;
    if (head === null) return { reason: "lastMergeSourceCommit: the request names no last commit" };
    const number = request.pullRequestId;
    const fact: Fact = {
      kind: "change-request",
      origin,
      repository,
      system: "azure-devops",
      number,
      title: request.title,
      url: request.url,
      author: request.createdBy.login,
      authorType: request.createdBy.type,
      sourceBranch: branchOf(request.sourceRefName),
      targetBranch: branchOf(request.targetRefName),
      headCommit: head,
      state: merged ? "merged" : request.status === "abandoned" ? "closed" : "open",
      createdAt: request.creationDate,
      mergedAt: merged ? request.closedDate : null,
      mergeCommit: merged ? (request.lastMergeCommit?.commitId ?? null) : null,
      mergedBy: merged ? request.closedBy.login : "",
      commits: null,
    };
    const labels = (request.labels ?? []).filter(({ active }) => active !== false).map(({ name }) => name);
    const details: Fact[] =
      labels.length === 0 ? [] : [{ kind: "request-details", origin, repository, request: number, labels, size: null }];
    if (request.completionOptions?.bypassPolicy !== true || request.closedDate === null) return [fact, ...details];
    const base = { kind: "request-event", origin, repository, request: number, id: "bypass" } as const;
    const by = request.closedBy.login;
    const text = request.completionOptions.bypassReason;
    const word = "bypassPolicy";
    return [
      fact,
      ...details,
      { ...base, event: "checks-overridden", word, at: request.closedDate, by, commit: "", previousCommit: "", text },
    ];
  });

function branchOf(ref: string): string {
  return ref.replace(/^refs\/heads\//, "");
}

/**
 * What a push brought, with the time at which Azure received it; or that the request was aimed at another branch, by the
 * reasons that Azure names (git.json, IterationReason).
 */
export const iterationReader: HostElementReader = ({ repository, request }) =>
  shaped(IterationShape, (iteration, _element, origin) =>
    eventsOf(iteration.reason).map((event) => ({
      kind: "request-event",
      origin,
      repository,
      request,
      id: `iteration ${iteration.id}${event === "retargeted" ? " aimed" : ""}`,
      event,
      word: iteration.reason,
      at: iteration.createdDate,
      by: iteration.author.login,
      commit: iteration.sourceRefCommit.commitId,
      previousCommit: "",
      text: "",
    })),
  );

function eventsOf(reason: string): ("retargeted" | "force-pushed" | "pushed")[] {
  const push = /forcePush|rebase/i.test(reason) ? "force-pushed" : "pushed";
  if (!/retarget/i.test(reason)) return [push];
  return /^\s*retarget\s*$/i.test(reason) ? ["retargeted"] : ["retargeted", push];
}

export const commitReader: HostElementReader = ({ repository, request }) =>
  shaped(CommitShape, (commit, _element, origin) => [
    {
      kind: "request-commit",
      origin,
      repository,
      request,
      commit: commit.commitId,
      authorLogin: "",
      authorEmail: commit.author?.email ?? "",
      authorName: commit.author?.name ?? "",
      message: commit.comment,
    },
  ]);
