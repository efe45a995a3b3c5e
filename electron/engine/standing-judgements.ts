import { dispositionsOf, type Standing, standingJudgements } from "../../shared/judgement/judging.ts";
import type { Disposition } from "../../shared/model/conclusion.ts";
import type { Judgement, ResultKey } from "../../shared/model/judgement.ts";
import type { PopulationKind } from "../../shared/model/population-kind.ts";
import type { Result } from "../../shared/model/result.ts";
import { readStated, type StatedByBundle } from "./bundle-limits.ts";
import { digest } from "./digest.ts";
import type { Session } from "./session.ts";
import { readTestedSamples } from "./tested-samples.ts";

/** Which judgements count now: looked up for each, since nothing of them is kept but what was said. */
export function readStanding(session: Session): Standing {
  return session.memo("standing judgements", () => findStanding(session));
}

function findStanding(session: Session): Standing {
  const judgements = session.store.judgements();
  const stated = readStated(session);
  if (stated !== null) return standingAsStated(judgements, stated);
  const found = judgements.flatMap((judgement) => findResult(session, judgement) ?? []);
  return standingJudgements(judgements, found, digest);
}

function standingAsStated(judgements: readonly Judgement[], { standing }: StatedByBundle): Standing {
  const told = new Map(standing.judgements.map((each) => [each.number, each.standing]));
  return {
    judgements: judgements.filter(({ number }) => told.get(number) === "stands"),
    outdated: judgements.filter(({ number }) => told.get(number) === "outdated"),
  };
}

/** How judged results of a population count now. */
export function readDispositions(session: Session, population: PopulationKind): Disposition[] {
  return dispositionsOf(readStanding(session).judgements, population);
}

/** A result of a sample that is tested; undefined where there is none. */
export function findResult(session: Session, { population, control, assertion, item }: ResultKey): Result | undefined {
  const draws = readTestedSamples(session).flatMap((sample) => (sample.population === population ? sample.draws : []));
  for (const { id, items } of draws) {
    if (!items.includes(item)) continue;
    for (const result of session.store.results({ drawId: id, item, control })) {
      if (result.assertion === assertion) return result;
    }
  }
  return undefined;
}
