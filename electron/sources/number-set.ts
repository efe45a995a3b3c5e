/**
 * A set of whole numbers as one bit each, spelled in base64. A cursor is stored with every step, so it must stay small:
 * twenty thousand request numbers take a few kilobytes instead of a hundred.
 */
export interface NumberSet {
  has(number: number): boolean;
  add(number: number): void;
  /** Counted each time that it is asked. */
  readonly size: number;
  /** In rising order. */
  values(): number[];
  spell(): string;
}

/** Above any number of a request or ticket. Larger ones are refused at the border: a hostile one must not ask for gigabytes. */
export const highestNumber = 5_000_000;

export function readNumberSet(spelled: string): NumberSet {
  let bits = new Uint8Array(Buffer.from(spelled, "base64"));
  const has = (number: number) => ((bits[number >> 3] ?? 0) & (1 << (number & 7))) !== 0;
  return {
    has,
    add(number) {
      if (!Number.isInteger(number) || number < 0 || number > highestNumber) throw new RangeError(`number ${number}`);
      if (has(number)) return;
      if (number >> 3 >= bits.length) bits = grow(bits, (number >> 3) + 1);
      bits[number >> 3] = (bits[number >> 3] ?? 0) | (1 << (number & 7));
    },
    get size() {
      return bits.reduce((sum, byte) => sum + countBits(byte), 0);
    },
    values: () => Array.from({ length: bits.length * 8 }, (_, number) => number).filter(has),
    spell: () => Buffer.from(bits).toString("base64"),
  };
}

function grow(bits: Uint8Array<ArrayBuffer>, least: number): Uint8Array<ArrayBuffer> {
  const grown = new Uint8Array(Math.max(least, bits.length + 64));
  grown.set(bits);
  return grown;
}

function countBits(byte: number): number {
  let count = 0;
  for (let rest = byte; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}
