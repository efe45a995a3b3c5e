import { formatCount } from "../../format.ts";
import { strings } from "../../strings.ts";

export type SizeReading =
  | { readonly ok: true; readonly size: number }
  | { readonly ok: false; readonly problem: string };

/** Reads a typed sample size: a whole number from 1 to the size of the population. */
export function readSize(typed: string, population: number): SizeReading {
  const text = typed.trim();
  if (!/^\d{1,9}$/.test(text) || Number(text) < 1) return { ok: false, problem: strings.sample.sizeNotANumber };
  if (Number(text) > population) return { ok: false, problem: strings.sample.sizeTooLarge(formatCount(population)) };
  return { ok: true, size: Number(text) };
}
