import { type Decimal, readDecimal } from "../model/decimal-text.ts";
import { formatPercent } from "./decimal.ts";

/** `812440` → `812,440`. */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** `1 deviation`, `no deviation`, `3 deviations`. */
export function nameDeviations(count: number): string {
  if (count === 0) return "no deviation";
  return `${formatCount(count)} ${count === 1 ? "deviation" : "deviations"}`;
}

/** `812,440 changes`, `1 change`. */
export function nameItems(count: number, itemName: string): string {
  return `${formatCount(count)} ${count === 1 ? singularOf(itemName) : itemName}`;
}

function singularOf(itemName: string): string {
  return itemName.replace(/ies$/, "y").replace(/(?<!s)s$/, "");
}

/** A share as it was given, with every digit: `0.035` → `3.5 %`. */
export function percentOf(share: string): string {
  const decimal: Decimal | null = readDecimal(share);
  return decimal === null ? share : formatPercent(decimal);
}

/**
 * A computed share as per cent with two places, rounded to the side that claims less; a share that is off by the last
 * digits of floating point only is not pushed to the next place by it. Shares above 1 are shown as 100 %.
 */
export function formatShare(share: number, side: "up" | "down" | "nearest"): string {
  const hundredths = Math.min(Math.max(share, 0), 1) * 10_000;
  const rounded = {
    up: Math.ceil(hundredths - 1e-7),
    down: Math.floor(hundredths + 1e-7),
    nearest: Math.round(hundredths),
  };
  return `${rounded[side] / 100} %`;
}
