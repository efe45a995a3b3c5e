import { z } from "zod";

/** How a decimal number is written: `0.05`, `.05`, `5e-2`. No sign, no group separators, a point as decimal mark. */
export const decimalPattern = /^(?=\.?\d)(\d{0,12})(?:\.(\d{0,30}))?(?:e([+-]?\d{1,2}))?$/i;

/** The exact number `digits` ÷ 10 to the power of `scale`. */
export interface Decimal {
  readonly digits: bigint;
  readonly scale: number;
}

/** Reads a decimal number exactly as it is written: 0.035 is 35/1000. Null for what is no such number. */
export function readDecimal(text: string): Decimal | null {
  const match = decimalPattern.exec(text);
  if (!match) return null;
  const [, whole = "", fraction = "", exponent = "0"] = match;
  const digits = BigInt(`${whole}${fraction}` || "0");
  const scale = fraction.length - Number(exponent);
  return scale >= 0 ? { digits, scale } : { digits: digits * 10n ** BigInt(-scale), scale: 0 };
}

/**
 * A decimal number as it was typed. It stays text because it is meant exactly: 0.035 is 35/1000, and the ceiling of
 * 0.035 × 400 is 14, which floating point makes 15.
 */
export const DecimalText = z.string().regex(decimalPattern, {
  abort: true,
  message: "is not a decimal number such as 0.05",
});
export type DecimalText = z.infer<typeof DecimalText>;

/** A share of all items, from 0 to 1. */
export const RateText = DecimalText.refine(
  (text) => distanceToOne(text) >= 0n,
  "is not between 0 and 1, such as 0.05 for 5 %",
);

/** Above 0 and below 1. */
export const ConfidenceText = DecimalText.refine(
  (text) => distanceToOne(text) > 0n && readDecimal(text)?.digits !== 0n,
  "is not between 0 and 1, such as 0.95 for 95 %",
);

/** 1 − the number, in units of its last digit; below zero for what is no number. */
function distanceToOne(text: string): bigint {
  const decimal = readDecimal(text);
  return decimal === null ? -1n : 10n ** BigInt(decimal.scale) - decimal.digits;
}
