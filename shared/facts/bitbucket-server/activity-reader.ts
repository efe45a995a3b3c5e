import type { Fact, FactOf } from "../../model/facts.ts";
import { type HostElementReader, shaped } from "../code-host/host-pages.ts";
import { ActivityShape } from "./bitbucket-server-shapes.ts";

/** `REVIEWED` is the button "Needs work". */
const verdicts = new Map<string, FactOf<"review">["state"]>([
  ["APPROVED", "approved"],
  ["UNAPPROVED", "dismissed"],
  ["REVIEWED", "changes-requested"],
]);

const events = new Map<string, FactOf<"request-event">["event"]>([
  ["RESCOPED", "pushed"],
  ["UNAPPROVED", "approval-withdrawn"],
  ["MERGED", "merged"],
  ["DECLINED", "closed"],
  ["REOPENED", "reopened"],
]);

/** One activity on a pull request: what was pushed, approved, commented or done with it, with the server's time. */
export const activityReader: HostElementReader = ({ repository, request }) =>
  shaped(ActivityShape, (activity, _element, origin): readonly Fact[] => {
    const place = { origin, repository, request };
    const { id, action, createdDate: at, user, comment } = activity;
    const state = verdicts.get(action);
    if (comment !== undefined) {
      const by = comment.author.login;
      const resolved = comment.state === "" ? null : comment.state === "RESOLVED" || comment.threadResolved === true;
      const path = activity.commentAnchor?.path ?? "";
      const base = { kind: "request-comment", ...place, id: String(comment.id), by, at: comment.createdDate } as const;
      return [{ ...base, path, text: comment.text, resolved }];
    }
    const event: FactOf<"request-event"> = {
      kind: "request-event",
      ...place,
      id: String(id),
      event: events.get(action) ?? "other",
      word: action,
      at,
      by: user.login,
      commit: activity.commit?.id ?? activity.fromHash,
      previousCommit: activity.previousFromHash,
      text: "",
    };
    // The approval of who is no reviewer any more goes with them.
    const gone = (activity.removedReviewers ?? []).map(
      ({ login }): Fact => ({ ...event, id: `${id} removed ${login}`, event: "approval-withdrawn", by: login }),
    );
    if (state === undefined) return [event, ...gone];
    const review = { kind: "review", ...place, id: String(id), reviewer: user.login, reviewerType: user.type } as const;
    return [{ ...review, state, at, commit: null, mayApprove: true }, event];
  });
