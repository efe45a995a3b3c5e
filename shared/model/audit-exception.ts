import { z } from "zod";
import { Instant } from "./instant.ts";
import { PersonName, Words } from "./judgement.ts";
import { PopulationKind } from "./population-kind.ts";
import { Restoration } from "./restoration.ts";

/** `YYYY-MM-DD`, in the engagement's time zone. */
const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/** How much the deviation weighs, in the words of AS 2201. */
export const Severity = z.enum(["deficiency", "significant-deficiency", "material-weakness"]);
export type Severity = z.infer<typeof Severity>;

/** The items that an exception is about: each a control's results on one item. */
export const LinkedItem = z.object({ population: PopulationKind, item: z.string().min(1).max(1000) });
export type LinkedItem = z.infer<typeof LinkedItem>;

/** What management says to it. */
export const ManagementResponse = z.object({
  response: Words,
  /** Who answers for the remedy. */
  owner: PersonName,
  due: Day,
  by: PersonName,
  at: Instant,
});
export type ManagementResponse = z.infer<typeof ManagementResponse>;

export const Retest = z.object({
  /** When it was tested again. */
  date: Day,
  outcome: z.enum(["remedied", "not-remedied"]),
  /** What was tested, and what was seen. */
  note: Words,
  by: PersonName,
  at: Instant,
});
export type Retest = z.infer<typeof Retest>;

export const Closure = z.object({
  why: z.enum([
    /** A retest showed it. */
    "remedied",
    /** Management lives with it. */
    "risk-accepted",
    /** It was no exception. */
    "withdrawn",
  ]),
  reason: Words,
  by: PersonName,
  at: Instant,
});
export type Closure = z.infer<typeof Closure>;

/** What is written up of a deviation. */
const writeUp = {
  control: z.string().min(1).max(200),
  title: z.string().trim().min(1).max(200),
  severity: Severity,
  /** What should be. */
  criterion: Words,
  /** What is. */
  condition: Words,
  /** Why. */
  cause: Words,
  /** What follows. */
  effect: Words,
  items: z.array(LinkedItem).max(10_000),
};

/** A deviation written up. Each act on it makes a new revision; the activity log has all of them. */
export const AuditException = z.object({
  /** From 1: `G.1`. */
  number: z.int().positive(),
  /** From 1. */
  revision: z.int().positive(),
  ...writeUp,
  by: PersonName,
  at: Instant,
  /** The newest. */
  response: ManagementResponse.nullable(),
  /** The oldest first. */
  retests: z.array(Retest),
  closure: Closure.nullable(),
  /** Where this revision is an undoing. */
  restoration: Restoration.exactOptional(),
});
export type AuditException = z.infer<typeof AuditException>;

export const ExceptionState = z.enum(["open", "answered", "retested", "closed"]);
export type ExceptionState = z.infer<typeof ExceptionState>;

/** A retest that shows no remedy leaves the answer where it was. */
export function stateOfException({ closure, retests, response }: AuditException): ExceptionState {
  if (closure !== null) return "closed";
  if (retests.at(-1)?.outcome === "remedied") return "retested";
  return response === null ? "open" : "answered";
}

/** `G.1`. */
export function exceptionRef({ number }: Pick<AuditException, "number">): string {
  return `G.${number}`;
}

const by = PersonName.exactOptional();
const number = z.int().positive();

export const RaiseRequest = z.object({ ...writeUp, by });
export type RaiseRequest = z.infer<typeof RaiseRequest>;

/** What is done to an exception that is on record. */
export const ExceptionAct = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("revise"), number, ...writeUp, by }),
  z.object({ kind: z.literal("answer"), number, response: Words, owner: PersonName, due: Day, by }),
  z.object({ kind: z.literal("retest"), number, date: Day, outcome: Retest.shape.outcome, note: Words, by }),
  z.object({ kind: z.literal("close"), number, why: Closure.shape.why, reason: Words, by }),
  z.object({ kind: z.literal("reopen"), number, by }),
]);
export type ExceptionAct = z.infer<typeof ExceptionAct>;
