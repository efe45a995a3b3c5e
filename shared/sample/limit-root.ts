/*
 * Where a question that is answered no below a point and yes above it turns, found by halving. A tail that is costly to
 * sum is narrowed in fewer steps in tail-crossing.ts.
 */

/** The point at which `isBelow` ends, down to the last digits of floating point. */
export function bisect(from: number, to: number, isBelow: (middle: number) => boolean): number {
  let below = from;
  let above = to;
  for (;;) {
    const middle = (below + above) / 2;
    if (middle <= below || middle >= above || above - below < above * 1e-15) return middle;
    if (isBelow(middle)) below = middle;
    else above = middle;
  }
}

/** The first whole number from `from` to `to` at which `isReached`; `to` when it is reached nowhere before. */
export function firstReached(from: number, to: number, isReached: (value: number) => boolean): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (isReached(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
