import type { Activity, ActivityKind } from "../model/activity.ts";
import { AuditException } from "../model/audit-exception.ts";
import { Judgement, resultKeyOf } from "../model/judgement.ts";
import { nameScope } from "../model/judgement-words.ts";
import type { LatestMark, MarkView } from "../model/mark.ts";
import { PeopleDecision } from "../model/people-decision.ts";
import { ReviewNote } from "../model/review-note.ts";
import { SignOff } from "../model/sign-off.ts";

/** What is never undone. */
export const finalKinds = ["sample-drawn", "population-frozen", "note-raised", "sign-off-withdrawn"] as const;
type FinalKind = (typeof finalKinds)[number];

/** What can be undone, and what undoes it. */
export const markKinds: readonly ActivityKind[] = [
  "judged",
  "signed-off",
  "sign-off-withdrawn",
  "exception-raised",
  "exception-changed",
  "note-changed",
  "people-decided",
];

/** A mark with what it was before. */
export type Mark =
  | {
      readonly kind: "judgement";
      readonly entry: Activity;
      readonly after: Judgement;
      readonly before: Judgement | null;
    }
  | { readonly kind: "sign-off"; readonly entry: Activity; readonly after: SignOff }
  | {
      readonly kind: "exception";
      readonly entry: Activity;
      readonly after: AuditException;
      readonly before: AuditException | null;
    }
  | { readonly kind: "note"; readonly entry: Activity; readonly after: ReviewNote; readonly before: ReviewNote }
  | { readonly kind: "decision"; readonly entry: Activity; readonly after: PeopleDecision };

/** The reason of a reversal begins with what it reverses: so the log tells both, and a mark is not undone twice. */
export function reasonToUndo(ref: string, reason: string): string {
  return `${startOfReason(ref)}${reason}`;
}

const startOfReason = (ref: string) => `Undoes ${ref}: `;

/**
 * The last mark that is not reversed, and the last of what came after it that is never undone.
 *
 * @param entries those of `markKinds` in the order of the log
 * @param lastOf number of the last entry of a kind; 0 where there is none
 */
export function findLatestMark(
  entries: readonly Activity[],
  lastOf: (kind: FinalKind) => number,
): { readonly mark: Mark | null; readonly final: LatestMark["final"] } {
  const standing: Mark[] = [];
  for (const entry of entries) {
    if (entry.kind === "sign-off-withdrawn") {
      const withdrawn = SignOff.safeParse(entry.after).data?.withdrawal?.of;
      remove(standing, (mark) => mark.kind === "sign-off" && mark.after.number === withdrawn);
      continue;
    }
    const mark = readMark(entry);
    if (mark && !removeReversed(standing, mark)) standing.push(mark);
  }
  const mark = standing.at(-1) ?? null;
  const after = finalKinds
    .map((kind) => ({ kind, number: lastOf(kind) }))
    .filter(({ number }) => number > (mark?.entry.number ?? 0))
    .sort((one, other) => other.number - one.number);
  return { mark, final: after[0]?.kind ?? null };
}

function readMark(entry: Activity): Mark | null {
  const { kind, after, before } = entry;
  if (kind === "judged") {
    const [read, earlier] = [Judgement.safeParse(after).data, Judgement.safeParse(before).data];
    return read ? { kind: "judgement", entry, after: read, before: earlier ?? null } : null;
  }
  if (kind === "signed-off") {
    const read = SignOff.safeParse(after).data;
    return read ? { kind: "sign-off", entry, after: read } : null;
  }
  if (kind === "exception-raised" || kind === "exception-changed") {
    const [read, earlier] = [AuditException.safeParse(after).data, AuditException.safeParse(before).data];
    return read ? { kind: "exception", entry, after: read, before: earlier ?? null } : null;
  }
  if (kind === "note-changed") {
    const [read, earlier] = [ReviewNote.safeParse(after).data, ReviewNote.safeParse(before).data];
    return read && earlier ? { kind: "note", entry, after: read, before: earlier } : null;
  }
  const read = PeopleDecision.safeParse(after).data;
  return read ? { kind: "decision", entry, after: read } : null;
}

/** Takes away the mark that this one reverses, if it reverses one. */
function removeReversed(standing: Mark[], mark: Mark): boolean {
  switch (mark.kind) {
    case "judgement":
      return remove(
        standing,
        (each) =>
          each.kind === "judgement" &&
          resultKeyOf(each.after) === resultKeyOf(mark.after) &&
          mark.after.reason.startsWith(startOfReason(each.entry.subject)),
      );
    case "exception":
      return remove(standing, (each) => {
        if (each.kind !== "exception" || each.entry.subject !== mark.entry.subject) return false;
        if (each.before) return each.after.revision === mark.after.restoration?.of;
        return mark.after.closure?.reason.startsWith(startOfReason(each.entry.subject)) ?? false;
      });
    case "note":
      return remove(
        standing,
        (each) =>
          each.kind === "note" &&
          each.entry.subject === mark.entry.subject &&
          each.after.revision === mark.after.restoration?.of,
      );
    case "decision": {
      const { after } = mark;
      if (after.kind !== "withdraw") return false;
      // A decision that does not hold any more is not made to hold again by undoing: it is made again.
      remove(standing, (each) => each.kind === "decision" && each.entry.number === after.entry);
      return true;
    }
    case "sign-off":
      return false;
  }
}

/** The last one that is so. */
function remove(standing: Mark[], isSought: (mark: Mark) => boolean): boolean {
  const index = standing.findLastIndex(isSought);
  if (index >= 0) standing.splice(index, 1);
  return index >= 0;
}

export function viewMark(mark: Mark): MarkView {
  const { number, subject, by, at } = mark.entry;
  const own = { entry: number, ref: subject, by, at };
  switch (mark.kind) {
    case "judgement": {
      const { control, assertion, item, outcome } = mark.after;
      const kind = outcome === null ? "taken-back-judgement" : "judgement";
      return { ...own, about: `${control} ${assertion}, ${item}`, kind, reversal: "judge-as-before" };
    }
    case "sign-off":
      return { ...own, about: nameScope(mark.after.scope), kind: "sign-off", reversal: "withdraw-sign-off" };
    case "exception": {
      const about = `${mark.after.control}: ${mark.after.title}`;
      if (mark.before === null) return { ...own, about, kind: "new-exception", reversal: "close-exception" };
      return { ...own, about, kind: "exception", reversal: "restore" };
    }
    case "note": {
      const subjectOf = mark.after.about;
      const about = subjectOf.kind === "engagement" ? "engagement" : subjectOf.control;
      return { ...own, about, kind: "note", reversal: "restore" };
    }
    case "decision":
      return { ...own, about: subject, kind: "decision", reversal: "withdraw-decision" };
  }
}
