import { z } from "zod";
import { Instant } from "./instant.ts";
import { Account, Person } from "./person.ts";

export const DecisionReason = z.string().trim().min(1).max(2000);

const decided = {
  reason: DecisionReason,
  by: z.string(),
  at: Instant,
};

/**
 * What an auditor decided by hand about who is behind an account. Decisions are entries of the activity log and hold in
 * their order, after everything that evidence says.
 */
export const PeopleDecision = z.discriminatedUnion("kind", [
  /** The account is of the person who has the other one. Two persons who have them become one. */
  z.object({ kind: z.literal("join"), account: Account, with: Account, ...decided }),
  /** The account is not of the person to whom it was given: nobody is known behind it. */
  z.object({ kind: z.literal("split"), account: Account, ...decided }),
  /** An earlier decision, by the number of its entry in the log, does not hold any more. */
  z.object({ kind: z.literal("withdraw"), entry: z.int().positive(), ...decided }),
]);
export type PeopleDecision = z.infer<typeof PeopleDecision>;

/** A decision with its place in the activity log. */
export const RecordedDecision = z.object({
  entry: z.int().positive(),
  decision: PeopleDecision,
  /** A later one took it back. */
  withdrawn: z.boolean(),
});
export type RecordedDecision = z.infer<typeof RecordedDecision>;

/** Somebody behind whom nobody is known, and where that shows. */
export const UnknownIdentity = z.object({
  account: Account,
  /** As written beside the account. */
  name: z.string(),
  /** How many items of the frozen populations show it. */
  items: z.int(),
  /** The first of them. */
  example: z.string(),
});
export type UnknownIdentity = z.infer<typeof UnknownIdentity>;

/** Who is who, the unknown first: who is behind them cannot be told, so what hangs on it has no evidence. */
export const PeopleView = z.object({
  /** Whether the entity's own list of people was handed over. */
  roster: z.boolean(),
  /** In the items as they were frozen, those that show in most items first. */
  unknown: z.array(UnknownIdentity),
  persons: z.array(Person),
  decisions: z.array(RecordedDecision),
  /** Decisions that were made after the populations were frozen, and so are not in them. */
  pending: z.int(),
});
export type PeopleView = z.infer<typeof PeopleView>;
