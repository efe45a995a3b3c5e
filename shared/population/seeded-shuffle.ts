/** Whole numbers from 0 up to a bound, the same for the same seed: chance that anybody can repeat. */
export type Chance = (below: number) => number;

/**
 * splitmix32 (Steele, Lea and Flood 2014, in its 32-bit form) begun with FNV-1a of the seed. It decides no sample: samples
 * are drawn by SHA-256. It only shows what chance would give.
 */
export function createChance(seed: string): Chance {
  let state = 0x811c9dc5;
  for (const letter of seed) state = Math.imul(state ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  return (below) => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    mixed ^= mixed >>> 15;
    return Math.floor(((mixed >>> 0) / 0x1_0000_0000) * below);
  };
}

/** Puts a list into a random order, in place (Fisher and Yates). */
export function shuffle<T>(list: T[], chance: Chance): void {
  for (let last = list.length - 1; last > 0; last -= 1) {
    const other = chance(last + 1);
    const kept = list[last] as T;
    list[last] = list[other] as T;
    list[other] = kept;
  }
}
