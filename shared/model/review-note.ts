import { z } from "zod";
import { Instant } from "./instant.ts";
import { PersonName, Words } from "./judgement.ts";
import { PopulationKind } from "./population-kind.ts";
import { Restoration } from "./restoration.ts";

/** What a note is about. */
export const NoteSubject = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("engagement") }),
  z.object({ kind: z.literal("control"), control: z.string().min(1).max(200) }),
  /** A control's results on one item. */
  z.object({
    kind: z.literal("item"),
    control: z.string().min(1).max(200),
    population: PopulationKind,
    item: z.string().min(1).max(1000),
  }),
]);
export type NoteSubject = z.infer<typeof NoteSubject>;

const Remark = z.object({ text: Words, by: PersonName, at: Instant });

/** What a reviewer wants done or explained. Each act on it makes a new revision; the activity log has all of them. */
export const ReviewNote = z.object({
  /** From 1: `N.1`. */
  number: z.int().positive(),
  /** From 1. */
  revision: z.int().positive(),
  about: NoteSubject,
  ...Remark.shape,
  /** The oldest first. */
  answers: z.array(Remark),
  /** By who raised it, and nobody else. */
  cleared: Remark.nullable(),
  /** Where this revision is an undoing. */
  restoration: Restoration.exactOptional(),
});
export type ReviewNote = z.infer<typeof ReviewNote>;

export const NoteState = z.enum(["open", "answered", "cleared"]);
export type NoteState = z.infer<typeof NoteState>;

export function stateOfNote({ cleared, answers }: ReviewNote): NoteState {
  if (cleared !== null) return "cleared";
  return answers.length > 0 ? "answered" : "open";
}

/** `N.1`. */
export function noteRef({ number }: Pick<ReviewNote, "number">): string {
  return `N.${number}`;
}

const by = PersonName.exactOptional();
const number = z.int().positive();

export const NoteRequest = z.object({ about: NoteSubject, text: Words, by });
export type NoteRequest = z.infer<typeof NoteRequest>;

export const NoteAct = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("answer"), number, text: Words, by }),
  z.object({ kind: z.literal("clear"), number, text: Words, by }),
]);
export type NoteAct = z.infer<typeof NoteAct>;
