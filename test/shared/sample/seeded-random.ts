/**
 * Numbers from 0 up to 1 that look random and are the same for the same seed: a 32-bit counter, stirred (Steele, Lea and
 * Flood, "Fast splittable pseudorandom number generators", 2014). Good enough for simulation, for nothing secret.
 */
export function randomFrom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
}
