import { z } from "zod";
import { Sha256 } from "./digest.ts";
import { Instant } from "./instant.ts";
import { PopulationKind } from "./population-kind.ts";
import { Outcome } from "./result.ts";

/** Words that a person wrote for the workpaper. */
export const Words = z.string().trim().min(1).max(10_000);
/** A name under which an act is logged. */
export const PersonName = z.string().trim().min(1).max(200);

/** Which result: of one assertion, on one item. */
export const ResultKey = z.object({
  population: PopulationKind,
  control: z.string().min(1).max(200),
  assertion: z.string().min(1).max(200),
  item: z.string().min(1).max(1000),
});
export type ResultKey = z.infer<typeof ResultKey>;

/** What was done instead, where the evidence that the rule needs is missing (AS 2315.40, AU-C 530.A22). */
export const AlternativeProcedure = z.object({
  /** What was done. */
  done: Words,
  /** What was seen. */
  seen: Words,
  /** Documents that show it, by their evidence. */
  documents: z.array(Sha256).max(100),
});
export type AlternativeProcedure = z.infer<typeof AlternativeProcedure>;

/**
 * The auditor's own conclusion on a result. It stands beside the result and never changes it. A later judgement on the same
 * result takes the place of an earlier one, which is kept.
 */
export const Judgement = z.object({
  /** From 1, in the order in which they were made: `J.1`. */
  number: z.int().positive(),
  ...ResultKey.shape,
  /** What the rules said when it was judged. */
  tested: Outcome,
  /** SHA-256 of the judged result's canonical JSON: of another result the judgement says nothing. */
  result: Sha256,
  /** What the auditor concludes; null takes back what was judged before. */
  outcome: Outcome.nullable(),
  reason: Words,
  /** Null where nothing was done besides reading the evidence again. */
  procedure: AlternativeProcedure.nullable(),
  by: PersonName,
  at: Instant,
});
export type Judgement = z.infer<typeof Judgement>;

/** What the person hands in; number, result, name and time are added when it is recorded. */
export const JudgementRequest = z.object({
  ...ResultKey.shape,
  outcome: Outcome.nullable(),
  reason: Words,
  procedure: AlternativeProcedure.nullable().default(null),
  /** Who judges; the engagement's auditor without it. */
  by: PersonName.exactOptional(),
});
export type JudgementRequest = z.infer<typeof JudgementRequest>;

/** What a judgement does to the numbers. */
export const JudgementEffect = z.enum([
  /** The same as the result: a remark beside it. */
  "agreed",
  /** Missing evidence counts as what an alternative procedure showed. */
  "disposed",
  /** A failure is taken for no deviation: shown beside the numbers, and never enough to support reliance. */
  "overruled",
  /** A deviation where the rules found none. */
  "added",
]);
export type JudgementEffect = z.infer<typeof JudgementEffect>;

const effects: Readonly<Record<Outcome, Partial<Record<Outcome, JudgementEffect>>>> = {
  "pass": { pass: "agreed", fail: "added" },
  "fail": { "fail": "agreed", "pass": "overruled", "not-applicable": "overruled" },
  "no-evidence": { "no-evidence": "agreed", "pass": "disposed", "not-applicable": "disposed", "fail": "disposed" },
  // What the control does not apply to cannot become a pass: that would make the sample larger than what was tested.
  "not-applicable": { "not-applicable": "agreed", "fail": "added" },
};

/** What judging a result so does to the numbers; null where it may not be judged so. */
export function effectOf(tested: Outcome, judged: Outcome): JudgementEffect | null {
  return effects[tested][judged] ?? null;
}

/** What a result of this outcome may be judged as. */
export function judgeableAs(tested: Outcome): Outcome[] {
  return Outcome.options.filter((outcome) => effectOf(tested, outcome) !== null);
}

/** Missing evidence becomes anything but a deviation only by something else that was done. */
export function needsProcedure(tested: Outcome, judged: Outcome): boolean {
  return effectOf(tested, judged) === "disposed" && judged !== "fail";
}

/** One spelling for a result's key. As JSON: ids come from outside, and a separator could stand in one of them. */
export function resultKeyOf({ population, control, assertion, item }: ResultKey): string {
  return JSON.stringify([population, control, assertion, item]);
}

/** `J.1`. */
export function judgementRef({ number }: Pick<Judgement, "number">): string {
  return `J.${number}`;
}
