/** A set of small whole numbers, a bit for each: of a million records some are chosen, which as texts would take a hundred megabytes. */
export class NumberSet {
  #bits = new Uint8Array(1024);
  #size = 0;

  /** @param number whole, not negative, and no larger than the largest row number of a file that fits on a disk */
  add(number: number): void {
    const place = Math.floor(number / 8);
    if (place >= this.#bits.length) {
      const longer = new Uint8Array(Math.max(place + 1, 2 * this.#bits.length));
      longer.set(this.#bits);
      this.#bits = longer;
    }
    const bit = 1 << (number % 8);
    const held = this.#bits[place] ?? 0;
    if ((held & bit) !== 0) return;
    this.#bits[place] = held | bit;
    this.#size += 1;
  }

  has(number: number): boolean {
    return ((this.#bits[Math.floor(number / 8)] ?? 0) & (1 << (number % 8))) !== 0;
  }

  get size(): number {
    return this.#size;
  }
}
