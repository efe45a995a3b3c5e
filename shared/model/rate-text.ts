/**
 * A computed rate as per cent with two places, rounded to the side that claims less: limits up, what counts against them
 * down. Off by the last digits of floating point is not off by a place. Poisson's limits above 1 show as 100 %.
 */
export function formatRate(rate: number, side: "up" | "down" | "nearest" = "nearest"): string {
  const hundredths = Math.min(Math.max(rate, 0), 1) * 10_000;
  const rounded = {
    up: Math.ceil(hundredths - 1e-7),
    down: Math.floor(hundredths + 1e-7),
    nearest: Math.round(hundredths),
  }[side];
  return `${(rounded / 100).toFixed(2)} %`;
}

/** A rate that was typed: `0.035` → `3.5 %`. */
export function formatTypedRate(text: string): string {
  return `${Number((Number(text) * 100).toPrecision(12))} %`;
}
