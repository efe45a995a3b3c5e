/**
 * A set of whole numbers, spelled small enough to be stored with every step. Only parts of the number line that hold
 * something take room, since some hosts count their requests into the millions.
 */
export interface SparseNumbers {
  has(number: number): boolean;
  add(number: number): void;
  spell(): string;
}

const perPart = 1024;

/** @param spelled as `spell` gave it; empty for the empty set */
export function readSparseNumbers(spelled: string): SparseNumbers {
  const parts = new Map<number, Buffer>();
  for (const part of spelled === "" ? [] : spelled.split(";")) {
    const [index = "", bits = ""] = part.split(":");
    parts.set(Number(index), Buffer.from(bits, "base64"));
  }
  const placeOf = (number: number) => {
    if (!Number.isSafeInteger(number) || number < 0) throw new RangeError(`number ${number}`);
    const within = number % perPart;
    return { part: Math.floor(number / perPart), byte: within >> 3, bit: 1 << (within & 7) };
  };
  return {
    has(number) {
      const { part, byte, bit } = placeOf(number);
      return ((parts.get(part)?.[byte] ?? 0) & bit) !== 0;
    },
    add(number) {
      const { part, byte, bit } = placeOf(number);
      const bits = parts.get(part) ?? Buffer.alloc(perPart / 8);
      bits[byte] = (bits[byte] ?? 0) | bit;
      parts.set(part, bits);
    },
    spell: () => [...parts].map(([index, bits]) => `${index}:${bits.toString("base64")}`).join(";"),
  };
}
