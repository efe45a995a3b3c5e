import type { Fact, FactOf } from "../../model/facts.ts";
import type { Origin } from "../../model/origin.ts";
import { type HostElementReader, shaped } from "../code-host/host-pages.ts";
import { type Thread, ThreadShape } from "./azure-repos-shapes.ts";

type Place = { readonly origin: Origin; readonly repository: string; readonly request: number };

/**
 * One thread of a pull request. Azure DevOps writes votes, pushes and other happenings as threads of its own, with their
 * time; `properties` are its own too, so a comment that speaks of a vote stays a comment.
 */
export const threadReader: HostElementReader = ({ repository, request }) =>
  shaped(ThreadShape, (thread, _element, origin): readonly Fact[] => {
    const place = { origin, repository, request };
    const type = text(thread, "CodeReviewThreadType");
    if (type === "VoteUpdate") return voteOf(thread, place);
    return type === "" ? commentsOf(thread, place) : eventOf(thread, place, type);
  });

/** 10 approved, 5 approved with suggestions, 0 taken back, -5 waits for the author, -10 rejected. */
function voteOf(thread: Thread, place: Place): Fact[] {
  const vote = Number(text(thread, "CodeReviewVoteResult"));
  if (!Number.isInteger(vote)) return [];
  const voter = voterOf(thread);
  const state: FactOf<"review">["state"] = vote > 0 ? "approved" : vote < 0 ? "changes-requested" : "dismissed";
  const base = {
    kind: "review",
    ...place,
    id: String(thread.id),
    reviewer: voter.login,
    reviewerType: voter.type,
  } as const;
  return [{ ...base, state, at: thread.publishedDate, commit: null, mayApprove: true }];
}

/** The voter is named by a key into the thread's own list of identities. */
function voterOf(thread: Thread): Thread["comments"][number]["author"] {
  const named = thread.identities?.[text(thread, "CodeReviewVotedByIdentity")];
  return named ?? thread.comments[0]?.author ?? { login: "", type: "unknown" };
}

const events = new Map<string, FactOf<"request-event">["event"]>([
  ["RefUpdate", "pushed"],
  ["ReviewersUpdate", "review-requested"],
  ["ResetAllVotes", "review-dismissed"],
  ["ResetMultipleVotes", "review-dismissed"],
  ["TargetChanged", "retargeted"],
]);

function eventOf(thread: Thread, place: Place, type: string): Fact[] {
  const [comment] = thread.comments;
  const event: FactOf<"request-event"> = {
    kind: "request-event",
    ...place,
    id: String(thread.id),
    event: events.get(type) ?? "other",
    word: type,
    at: thread.publishedDate,
    by: comment?.author.login ?? "",
    commit: type === "RefUpdate" ? text(thread, "CodeReviewRefNewHeadCommit") : "",
    previousCommit: "",
    text: comment?.content ?? "",
  };
  const gone = thread.identities?.[text(thread, "CodeReviewReviewersUpdatedRemovedIdentity")];
  if (gone === undefined) return [event];
  // The vote of who is no reviewer any more goes with them.
  return [event, { ...event, id: `${event.id} removed`, event: "approval-withdrawn", by: gone.login }];
}

function commentsOf(thread: Thread, place: Place): Fact[] {
  const resolved = thread.status === "" ? null : !/^(active|pending|unknown)$/.test(thread.status);
  return thread.comments
    .filter((comment) => comment.isDeleted !== true && comment.commentType !== "system")
    .map((comment) => ({
      kind: "request-comment",
      ...place,
      id: `${thread.id}/${comment.id}`,
      by: comment.author.login,
      at: comment.publishedDate,
      path: thread.threadContext?.filePath ?? "",
      text: comment.content,
      resolved,
    }));
}

function text({ properties }: Thread, name: string): string {
  const value = properties?.[name]?.$value;
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}
