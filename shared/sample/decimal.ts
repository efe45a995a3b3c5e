import { TickmarkError } from "../errors.ts";
import { type Decimal, readDecimal } from "../model/decimal-text.ts";

/**
 * Reads a decimal number exactly as it is written.
 * @throws request-invalid
 */
export function parseDecimal(text: string): Decimal {
  const decimal = readDecimal(text);
  if (decimal !== null) return decimal;
  throw new TickmarkError("request-invalid", `"${text}" is not a decimal number.`, "Write it as 0.05.");
}

/** The nearest floating-point number. */
export function toNumber({ digits, scale }: Decimal): number {
  return Number(`${digits}e-${scale}`);
}

/** 1 − the decimal, exactly. */
export function complementOf({ digits, scale }: Decimal): Decimal {
  return { digits: 10n ** BigInt(scale) - digits, scale };
}

/** Half of the decimal, exactly. */
export function halfOf({ digits, scale }: Decimal): Decimal {
  return { digits: digits * 5n, scale: scale + 1 };
}

/** The decimal × a whole number, rounded up exactly. */
export function multiplyUp({ digits, scale }: Decimal, count: number): number {
  const one = 10n ** BigInt(scale);
  return Number((digits * BigInt(count) + one - 1n) / one);
}

/** Below zero when a < b, zero when they are equal, above zero when a > b. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  const difference = a.digits * 10n ** BigInt(b.scale) - b.digits * 10n ** BigInt(a.scale);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** `0.035` → `3.5 %`, with every digit that was given. */
export function formatPercent({ digits, scale }: Decimal): string {
  const hundredfold = `${digits * 100n}`.padStart(scale + 1, "0");
  const whole = hundredfold.slice(0, hundredfold.length - scale);
  const fraction = hundredfold.slice(hundredfold.length - scale).replace(/0+$/, "");
  return `${whole}${fraction && `.${fraction}`} %`;
}
