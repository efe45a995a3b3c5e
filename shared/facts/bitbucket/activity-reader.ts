import type { Fact, FactOf } from "../../model/facts.ts";
import type { Origin } from "../../model/origin.ts";
import { type HostElementReader, shaped } from "../code-host/host-pages.ts";
import { type Activity, ActivityShape } from "./bitbucket-shapes.ts";

type Place = { readonly origin: Origin; readonly repository: string; readonly request: number };

/**
 * One entry of a pull request's activity: a new state or new commits, an approval, an objection or a comment. An
 * approval that was taken back is gone from it, so what is there stood when it was read.
 */
export const activityReader: HostElementReader = ({ repository, request }) =>
  shaped(ActivityShape, (activity, _element, origin): readonly Fact[] => {
    const place = { origin, repository, request: activity.pull_request?.id ?? request };
    return [
      ...updateOf(place, activity),
      ...reviewOf(place, "approved", activity.approval),
      ...reviewOf(place, "changes-requested", activity.changes_requested),
      ...commentOf(place, activity),
    ];
  });

function reviewOf(place: Place, state: FactOf<"review">["state"], given: Activity["approval"]): Fact[] {
  if (given === undefined) return [];
  const { date: at, user } = given;
  const id = `${state} ${user.login} ${at}`;
  const base = { kind: "review", ...place, id, reviewer: user.login, reviewerType: user.type } as const;
  return [{ ...base, state, at, commit: null, mayApprove: true }];
}

function updateOf(place: Place, { update }: Activity): Fact[] {
  if (update === undefined) return [];
  const commit = update.source?.commit?.hash ?? "";
  const event = eventOf(update, commit);
  const base = { kind: "request-event", ...place, id: `${event} ${update.date}`, event, word: update.state } as const;
  return [{ ...base, at: update.date, by: update.author.login, commit, previousCommit: "", text: update.reason }];
}

function eventOf(
  { state, changes }: NonNullable<Activity["update"]>,
  commit: string,
): FactOf<"request-event">["event"] {
  if (state === "MERGED") return "merged";
  if (state === "DECLINED" || state === "SUPERSEDED") return "closed";
  const named = Object.keys(changes ?? {});
  if (named.includes("destination") || named.includes("target")) return "retargeted";
  if (named.includes("reviewers")) return "review-requested";
  // An update whose named changes are words of the request brought no commits.
  return commit !== "" && !named.some((name) => name === "title" || name === "description") ? "pushed" : "other";
}

function commentOf(place: Place, { comment }: Activity): Fact[] {
  if (comment === undefined || comment.deleted === true) return [];
  const { id, user, created_on: at, content, inline, resolution } = comment;
  const base = {
    kind: "request-comment",
    ...place,
    id: String(id),
    by: user.login,
    at,
    path: inline?.path ?? "",
  } as const;
  return [{ ...base, text: content.raw, resolved: inline ? resolution !== undefined && resolution !== null : null }];
}
