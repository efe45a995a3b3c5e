import { TickmarkError } from "../errors.ts";
import { encodeCanonical } from "../model/canonical-json.ts";
import type { Disposition } from "../model/conclusion.ts";
import type { Digest, Sha256 } from "../model/digest.ts";
import type { Instant } from "../model/instant.ts";
import {
  effectOf,
  type Judgement,
  type JudgementRequest,
  judgeableAs,
  needsProcedure,
  resultKeyOf,
} from "../model/judgement.ts";
import type { PopulationKind } from "../model/population-kind.ts";
import type { Outcome, Result } from "../model/result.ts";

/** What a judgement stands beside, so that it is found when the result is another. */
export function digestResult(result: Result, digest: Digest): Sha256 {
  return digest(encodeCanonical(result));
}

interface Recorded {
  readonly number: number;
  readonly by: string;
  readonly at: Instant;
}

/**
 * The auditor's judgement on a result.
 *
 * @throws judgement-refused where a result of this outcome may not be judged so, or where nothing was done that would show it
 */
export function judgeResult(
  request: JudgementRequest,
  result: Result,
  { number, by, at }: Recorded,
  digest: Digest,
): Judgement {
  const { population, control, assertion, item, outcome, reason, procedure } = request;
  const fault = outcome === null ? null : faultOfJudgement({ tested: result.outcome, outcome, procedure });
  if (fault) throw new TickmarkError("judgement-refused", fault.what, fault.action);
  return {
    number,
    population,
    control,
    assertion,
    item,
    tested: result.outcome,
    result: digestResult(result, digest),
    outcome,
    reason,
    procedure,
    by,
    at,
  };
}

/** Why a judgement may not be made, by the same rule for who makes one and for who verifies it. */
export function faultOfJudgement({
  tested,
  outcome,
  procedure,
}: Pick<Judgement, "tested" | "procedure"> & { readonly outcome: Outcome }): {
  readonly what: string;
  readonly action: string;
} | null {
  if (effectOf(tested, outcome) === null) {
    return {
      what: `A result of ${tested} cannot be judged as ${outcome}.`,
      action: `Judge it as ${judgeableAs(tested).join(" or ")}.`,
    };
  }
  if (needsProcedure(tested, outcome) && procedure === null) {
    return {
      what: `Missing evidence cannot count as ${outcome} by a reason alone.`,
      action: "Say what was done instead and what was seen, and attach what shows it.",
    };
  }
  return null;
}

/** Judgements as they stand: the newest on each result. */
export interface Standing {
  /** On results that are just what was judged. */
  readonly judgements: readonly Judgement[];
  /** On results that are gone or have become others since: they count no more, and are shown. */
  readonly outdated: readonly Judgement[];
}

/** Which judgements count: the newest on each result, unless it was taken back or the result is another since. */
export function standingJudgements(
  judgements: readonly Judgement[],
  results: Iterable<Result>,
  digest: Digest,
): Standing {
  const newest = new Map(judgements.map((judgement) => [resultKeyOf(judgement), judgement]));
  if (newest.size === 0) return { judgements: [], outdated: [] };
  const found = new Map<string, Result>();
  for (const result of results) {
    const key = resultKeyOf(result);
    if (newest.has(key)) found.set(key, result);
  }
  const standing: Judgement[] = [];
  const outdated: Judgement[] = [];
  for (const [key, judgement] of newest) {
    if (judgement.outcome === null) continue;
    const result = found.get(key);
    const isSame = result !== undefined && digestResult(result, digest) === judgement.result;
    (isSame ? standing : outdated).push(judgement);
  }
  return { judgements: standing, outdated };
}

/** How judged results of a population count. */
export function dispositionsOf(judgements: readonly Judgement[], population: PopulationKind): Disposition[] {
  return judgements.flatMap(({ population: kind, control, assertion, item, outcome }) =>
    kind === population && outcome !== null ? [{ control, assertion, item, outcome }] : [],
  );
}
