import { type Instant, instantOf, millisecondsOf } from "../../shared/model/instant.ts";
import type { Period } from "../../shared/model/period.ts";

const marginDays = 30;
export const dayMs = 86_400_000;

/**
 * The period with a margin on both sides: a change at the period's edge has reviews, builds and tickets outside of it.
 */
export interface AuditWindow {
  /** Included. */
  readonly from: Instant;
  /** Excluded. */
  readonly to: Instant;
}

export function windowOf(period: Period): AuditWindow {
  return {
    from: instantOf(millisecondsOf(period.start) - marginDays * dayMs),
    to: instantOf(millisecondsOf(period.end) + marginDays * dayMs),
  };
}

/** GitHub's spelling of a moment: whole seconds. */
export function secondsOf(instant: Instant): string {
  return instant.replace(/\.\d{3}Z$/, "Z");
}

export function earlier(one: Instant, other: Instant): Instant {
  return one < other ? one : other;
}

/** The last whole second before a moment, for systems whose ranges include both ends. */
export function secondBefore(instant: Instant): Instant {
  return instantOf(Math.ceil(millisecondsOf(instant) / 1000) * 1000 - 1000);
}
