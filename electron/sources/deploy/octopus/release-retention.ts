import { z } from "zod";
import { type Instant, instantOf, millisecondsOf } from "../../../../shared/model/instant.ts";
import { dayMs } from "../../audit-window.ts";

const Period = z.object({
  /** Of newer servers: Forever, Count, or Default, which is the space's. */
  Strategy: z.string().nullish(),
  QuantityToKeep: z.int().nonnegative().nullish(),
  Unit: z.string().nullish(),
  ShouldKeepForever: z.boolean().nullish(),
});
export const RetentionPeriod = Period;
type RetentionPeriod = z.infer<typeof Period>;

const Targets = z.array(z.string()).nullish();
export const Lifecycle = z.object({
  Id: z.string(),
  Name: z.string().nullish(),
  ReleaseRetentionPolicy: Period.nullish(),
  Phases: z
    .array(
      z.object({
        AutomaticDeploymentTargets: Targets,
        OptionalDeploymentTargets: Targets,
        ReleaseRetentionPolicy: Period.nullish(),
      }),
    )
    .nullish(),
});
export type Lifecycle = z.infer<typeof Lifecycle>;

/** How far back all releases are kept, or that some are gone whatever their age. */
export interface Kept {
  readonly reachesBackTo?: Instant;
  readonly hasGaps?: boolean;
  readonly notes?: readonly string[];
  /** The space's own policy decides. */
  readonly asksSpace?: boolean;
}

/**
 * Octopus removes releases by the policy of the phase that they are in, with their deployments and the answers to their
 * manual steps (Octopus documentation, "Retention policies"). What reached production is in a phase with an environment
 * of production, or in a later one.
 *
 * @param production ids of the environments of production
 */
export function judgeLifecycle(lifecycle: Lifecycle, production: ReadonlySet<string>, now: Instant): Kept {
  const phases = lifecycle.Phases ?? [];
  const first = phases.findIndex(({ AutomaticDeploymentTargets: automatic, OptionalDeploymentTargets: optional }) => {
    const targets = [...(automatic ?? []), ...(optional ?? [])];
    return targets.length === 0 || targets.some((id) => production.has(id));
  });
  if (phases.length > 0 && first < 0) return {};
  const whole = lifecycle.ReleaseRetentionPolicy;
  const policies =
    phases.length === 0 ? [whole] : phases.slice(first).map((phase) => phase.ReleaseRetentionPolicy ?? whole);
  return joinKept(
    policies.map((policy) => judgePeriod(policy, `The lifecycle ${lifecycle.Name ?? lifecycle.Id}`, now)),
  );
}

export function judgePeriod(policy: RetentionPeriod | null | undefined, whose: string, now: Instant): Kept {
  const { Strategy, QuantityToKeep: quantity, Unit: unit, ShouldKeepForever: forever } = policy ?? {};
  const strategy = Strategy?.toLowerCase() ?? (forever === true || quantity === 0 ? "forever" : "count");
  if (strategy === "forever") return {};
  if (strategy === "default") return { asksSpace: true };
  if (strategy === "count" && unit?.toLowerCase() === "days" && quantity)
    return { reachesBackTo: instantOf(millisecondsOf(now) - quantity * dayMs) };
  const how =
    unit?.toLowerCase() === "items" && quantity ? `the last ${quantity} releases` : "releases as it does not say";
  return { hasGaps: true, notes: [`${whose} keeps ${how} only: deployments of others were removed.`] };
}

function joinKept(all: readonly Kept[]): Kept {
  const latest = all
    .flatMap(({ reachesBackTo }) => reachesBackTo ?? [])
    .sort()
    .at(-1);
  return {
    ...(latest === undefined ? {} : { reachesBackTo: latest }),
    hasGaps: all.some(({ hasGaps }) => hasGaps === true),
    notes: [...new Set(all.flatMap(({ notes }) => notes ?? []))],
    asksSpace: all.some(({ asksSpace }) => asksSpace === true),
  };
}
