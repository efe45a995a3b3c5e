import { z } from "zod";

/** How a decimal number is written: `0.05`, `.05`, `5e-2`. No sign, no group separators, a point as decimal mark. */
export const decimalPattern = /^(?=\.?\d)(\d{0,12})(?:\.(\d{0,30}))?(?:e([+-]?\d{1,2}))?$/i;

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
export const RateText = DecimalText.refine((text) => Number(text) <= 1, "is not between 0 and 1, such as 0.05 for 5 %");

/** Above 0 and below 1. */
export const ConfidenceText = DecimalText.refine(
  (text) => Number(text) > 0 && Number(text) < 1,
  "is not between 0 and 1, such as 0.95 for 95 %",
);
