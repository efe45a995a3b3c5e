/** `3.5` or `3,5 %` → `0.035`, exactly: the digits are kept and only the point moves. Null for what is no per cent. */
export function readPercent(typed: string): string | null {
  const match = /^(\d{1,3})(?:[.,](\d{1,12}))? ?%?$/.exec(typed.trim());
  if (!match) return null;
  const [, whole = "", fraction = ""] = match;
  const digits = whole.padStart(3, "0");
  const decimal = `${digits.slice(0, -2)}.${digits.slice(-2)}${fraction}`;
  return Number(decimal) <= 1 ? decimal : null;
}
