import { Instant, millisecondsOf } from "../model/instant.ts";
import { matchPath } from "../model/path-pattern.ts";

/*
 * What rules may call besides CEL's own functions. Few, pure, and each told in docs/catalog.md in such words that anybody
 * can write it anew for another CEL implementation.
 */

/** Whole seconds from one moment to another; negative when the second is the earlier one. */
export function secondsBetween(from: string, to: string): bigint {
  return BigInt(Math.trunc((readMoment(to) - readMoment(from)) / 1000));
}

/** Whole days of 24 hours from one moment to another, without the day that has begun. */
export function daysBetween(from: string, to: string): bigint {
  return BigInt(Math.trunc((readMoment(to) - readMoment(from)) / 86_400_000));
}

/** Whether a path fits one of the patterns, as CODEOWNERS reads them. Of a host's path the slash in front does not count. */
export function matchesAny(path: string, patterns: readonly string[]): boolean {
  const fromRoot = path.replace(/^\//, "");
  return patterns.some((pattern) => matchPath(pattern)(fromRoot));
}

/** A rule that asks for the time of something that did not happen breaks, and so has no evidence. */
function readMoment(text: string): number {
  if (Instant.safeParse(text).success) return millisecondsOf(text);
  throw new RangeError(`"${text}" is no moment`);
}
