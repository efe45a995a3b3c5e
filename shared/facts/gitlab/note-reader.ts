import type { z } from "zod";
import type { Fact, FactOf } from "../../model/facts.ts";
import type { Origin } from "../../model/origin.ts";
import { type HostElementReader, noRequest, shaped } from "../code-host/host-pages.ts";
import { NoteShape } from "./gitlab-shapes.ts";

type Note = z.infer<typeof NoteShape>;
type Place = { readonly origin: Origin; readonly repository: string; readonly request: number };

/**
 * A note on a merge request. System notes are GitLab's own record of what happened, with its time: approvals are there
 * and nowhere else with a time. People cannot write one: `system` is GitLab's word, so a comment that reads
 * "approved this merge request" stays a comment.
 */
export const noteReader: HostElementReader = ({ repository, request }) =>
  shaped(NoteShape, (note, _element, origin): readonly Fact[] | { reason: string } => {
    const place = { origin, repository, request: note.noteable_iid ?? request };
    if (place.request === 0) return noRequest;
    if (!note.system) return [commentOf(note, place)];
    return [...reviewsOf(note, place), eventOf(note, place)];
  });

function commentOf(note: Note, place: Place): Fact {
  return {
    kind: "request-comment",
    ...place,
    id: String(note.id),
    by: note.author.login,
    at: note.created_at,
    path: note.position?.new_path || note.position?.old_path || "",
    text: note.body,
    resolved: note.resolvable === true ? note.resolved === true : null,
  };
}

const verdicts: readonly [pattern: RegExp, state: FactOf<"review">["state"]][] = [
  [/^approved this merge request/, "approved"],
  [/^unapproved this merge request/, "dismissed"],
  [/^requested changes/, "changes-requested"],
];

function reviewsOf(note: Note, place: Place): Fact[] {
  const verdict = verdicts.find(([pattern]) => pattern.test(note.body));
  if (verdict !== undefined) return [reviewOf(note, place, note.author.login, verdict[1])];
  // A push took approvals back: of those who are named, not of the one who pushed.
  const [, named = ""] = /^reset approvals from (.*) by pushing to the branch/.exec(note.body) ?? [];
  const logins = [...named.matchAll(/@([\w.-]+)/g)].map((match) => match[1] ?? "");
  return logins.map((login) => reviewOf(note, place, login, "dismissed"));
}

function reviewOf(note: Note, place: Place, reviewer: string, state: FactOf<"review">["state"]): Fact {
  return {
    kind: "review",
    ...place,
    id: `${note.id} ${reviewer}`,
    reviewer,
    reviewerType: reviewer === note.author.login ? note.author.type : "unknown",
    state,
    at: note.created_at,
    commit: null,
    mayApprove: true,
  };
}

const events: readonly [pattern: RegExp, event: FactOf<"request-event">["event"]][] = [
  [/^added \d+ commits?/, "pushed"],
  [/^requested review from/, "review-requested"],
  [/^unapproved this merge request/, "approval-withdrawn"],
  [/^reset approvals from/, "review-dismissed"],
  [/^changed target branch from/, "retargeted"],
  [/^merged\b/, "merged"],
  [/^closed\b/, "closed"],
  [/^reopened\b/, "reopened"],
];

function eventOf(note: Note, place: Place): Fact {
  const [word = ""] = note.body.split("\n", 1);
  return {
    kind: "request-event",
    ...place,
    id: String(note.id),
    event: events.find(([pattern]) => pattern.test(note.body))?.[1] ?? "other",
    word,
    at: note.created_at,
    by: note.author.login,
    commit: "",
    previousCommit: "",
    text: note.body,
  };
}
