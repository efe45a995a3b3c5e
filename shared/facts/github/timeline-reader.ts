import type { Fact, FactOf } from "../../model/facts.ts";
import { type HostElementReader, shaped } from "../code-host/host-pages.ts";
import { TimelineShape } from "./github-shapes.ts";
import { reviewStates } from "./review-reader.ts";

const events = new Map<string, FactOf<"request-event">["event"]>([
  ["head_ref_force_pushed", "force-pushed"],
  ["review_requested", "review-requested"],
  ["review_dismissed", "review-dismissed"],
  ["base_ref_changed", "retargeted"],
  // GitHub itself aims a request at another branch when the one that it was aimed at is deleted.
  ["automatic_base_change_succeeded", "retargeted"],
  ["merged", "merged"],
  ["closed", "closed"],
  ["reopened", "reopened"],
]);

/** Reviews, commits and comments come from lists of their own, and who was told of it is of no interest. */
const elsewhere = new Set([
  "reviewed",
  "committed",
  "commented",
  "line-commented",
  "commit-commented",
  "mentioned",
  "subscribed",
  "unsubscribed",
]);

/** One event of a request's timeline, with GitHub's time. */
export const timelineReader: HostElementReader = ({ repository, request }) =>
  shaped(TimelineShape, (entry, _element, origin): readonly Fact[] | { reason: string } => {
    if (elsewhere.has(entry.event)) return [];
    if (request === 0) return { reason: "the name of the record does not say which request this is" };
    if (entry.created_at === undefined) return { reason: `created_at: the event "${entry.event}" has no time` };
    const { dismissed_review: dismissed, requested_reviewer: reviewer, requested_team: team } = entry;
    const before = reviewStates.get(dismissed?.state.toLowerCase() ?? "");
    const review =
      dismissed?.review_id === undefined || before === undefined
        ? {}
        : { review: { id: String(dismissed.review_id), state: before } };
    return [
      {
        kind: "request-event",
        origin,
        repository,
        request,
        id: entry.node_id ?? String(entry.id ?? `${entry.event} ${entry.created_at}`),
        event: events.get(entry.event) ?? "other",
        word: entry.event,
        at: entry.created_at,
        by: entry.actor.login,
        commit: dismissed?.dismissal_commit_id || entry.commit_id || "",
        previousCommit: "",
        text: dismissed?.dismissal_message || reviewer.login || (team?.name ?? ""),
        ...review,
      },
    ];
  });
