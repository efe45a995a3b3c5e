/** A tail of a distribution that only falls, or only rises, from one point to another, and what it is compared with. */
export interface Tail {
  readonly risk: number;
  tailAt(point: number): number;
  /** Whether a tail is one of the far side, on which all points behind the crossing are. */
  isReached(tail: number): boolean;
}

/** The first whole number from `from` to `to` that is on the far side; `to` when none before it is. */
export function countReached(from: number, to: number, tail: Tail): number {
  if (from >= to) return to;
  // The ends are never tried: the low one stands for "not reached", the high one for "reached".
  return narrow(from - 1, to, tail, (low, guess, high) =>
    high - low <= 1 ? null : Math.min(Math.max(Math.round(guess), low + 1), high - 1),
  ).high;
}

/** The point at which the far side begins, down to the last digits of floating point. */
export function pointReached(from: number, to: number, tail: Tail): number {
  const { low, high } = narrow(from, to, tail, (below, guess, above) => {
    const least = above * 5e-16;
    // A guess at an end moves off it a little, so that the end behind the crossing comes near too.
    return above - below <= 2 * least ? null : Math.min(Math.max(guess, below + least), above - least);
  });
  return (low + high) / 2;
}

interface Bracket {
  readonly low: number;
  readonly high: number;
}

/**
 * Narrows a bracket by the line through its ends, on the logarithm of the tail because that is less bent; an end that
 * stays put twice counts half ("Illinois" regula falsi). Every fourth time, and where no line can be drawn, the bracket
 * is halved instead, so that it always ends.
 *
 * @param pick the next point to try between the ends, near a guess; null when the bracket is narrow enough
 */
function narrow(
  from: number,
  to: number,
  { risk, tailAt, isReached }: Tail,
  pick: (low: number, guess: number, high: number) => number | null,
): Bracket {
  let low = from;
  let high = to;
  let atLow = Number.NaN;
  let atHigh = Number.NaN;
  let moved: "low" | "high" | null = null;
  for (let tries = 1; ; tries += 1) {
    const line = low + ((high - low) * atLow) / (atLow - atHigh);
    const guess = tries % 4 === 0 || !Number.isFinite(line) ? (low + high) / 2 : line;
    const point = pick(low, guess, high);
    if (point === null || point <= low || point >= high) return { low, high };
    const tail = tailAt(point);
    const excess = Math.log(tail / risk);
    if (isReached(tail)) {
      high = point;
      atHigh = excess;
      if (moved === "high") atLow /= 2;
      moved = "high";
    } else {
      low = point;
      atLow = excess;
      if (moved === "low") atHigh /= 2;
      moved = "low";
    }
  }
}
