import { TickmarkError } from "../errors.ts";
import type { Instant } from "../model/instant.ts";
import { type NoteAct, type NoteRequest, noteRef, type ReviewNote, stateOfNote } from "../model/review-note.ts";
import type { SignOffScope } from "../model/sign-off.ts";
import { isSameName } from "./person-name.ts";

interface Done {
  readonly by: string;
  readonly at: Instant;
}

export function raiseNote({ about, text }: NoteRequest, number: number, done: Done): ReviewNote {
  return { number, revision: 1, about, text, ...done, answers: [], cleared: null };
}

/**
 * The next revision of a note: answered by anybody, then cleared by who raised it.
 *
 * @throws stage-order for a note that is cleared, or not answered yet; note-not-yours where another wants to clear it
 */
export function actOnNote(note: ReviewNote, act: NoteAct, done: Done): ReviewNote {
  const ref = noteRef(note);
  const state = stateOfNote(note);
  if (state === "cleared") throw new TickmarkError("stage-order", `${ref} is cleared.`, "Raise a new note.");
  const { restoration: _, ...known } = note;
  const revised = { ...known, revision: note.revision + 1 };
  if (act.kind === "answer") return { ...revised, answers: [...note.answers, { text: act.text, ...done }] };
  if (!isSameName(note.by, done.by)) {
    const what = `${ref} was raised by ${note.by}, and ${done.by} cannot clear it.`;
    throw new TickmarkError("note-not-yours", what, `Ask ${note.by} to clear it.`);
  }
  if (state === "open") {
    throw new TickmarkError("stage-order", `${ref} cannot be cleared: nobody has answered it.`, "Answer it first.");
  }
  return { ...revised, cleared: { text: act.text, ...done } };
}

/** The notes that stand in the way of a reviewer's sign-off: of a control those on it and its items, of the engagement all. */
export function openNotes(notes: readonly ReviewNote[], scope: SignOffScope): ReviewNote[] {
  return notes.filter((note) => {
    if (note.cleared !== null) return false;
    return scope.kind === "engagement" || (note.about.kind !== "engagement" && note.about.control === scope.control);
  });
}
