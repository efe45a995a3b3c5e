import type { PartDescription, RecordCutter } from "./record-cutter.ts";

const [quote, backslash, comma, openObject, closeObject, openArray, closeArray] = [
  0x22, 0x5c, 0x2c, 0x7b, 0x7d, 0x5b, 0x5d,
];

/**
 * Cuts a JSON document after the commas between the elements of one array: the first one found at one of the pointers.
 * The document is never parsed; it may be of any size.
 * @param pointers of arrays inside objects, such as `/Records`; empty when the document is the array
 */
export function createElementCutter(pointers: readonly string[]): RecordCutter {
  const walk = new ElementWalk(pointers);
  return {
    lastEnd: (block, from, to) => walk.follow(block, from, to, false),
    firstEnd: (block, from, to) => walk.follow(block, from, to, true),
    describe: (part) => walk.describe(part),
  };
}

class ElementWalk {
  readonly #pointers: readonly string[];
  /** Names of the objects' members that are open around the present place; null for an array. */
  readonly #path: (string | null)[] = [];
  #isInString = false;
  #isEscaped = false;
  /** Bytes of the last text before the array, which may be a member's name. */
  #text: number[] = [];
  #name = "";
  /** Offsets in the whole document. */
  #at = 0;
  #arrayStart = -1;
  #arrayEnd = -1;
  #pointer = "";
  /** How many containers are open inside the array. */
  #depth = 0;
  /** Offsets after the commas behind elements that are not described yet, and where the next element will be. */
  #elements = 0;
  #ends: { offset: number; elements: number }[] = [];
  #hasBegun = false;
  #described = 0;
  #describedElements = 0;

  constructor(pointers: readonly string[]) {
    this.#pointers = pointers;
  }

  follow(block: Buffer, from: number, to: number, isFirst: boolean): number {
    const base = this.#at - from;
    let end = -1;
    for (let index = from; index < to; index += 1) {
      const byte = block[index] ?? 0;
      if (this.#isInString) this.#inString(byte);
      else if (byte === quote) this.#beginString();
      else if (this.#arrayStart < 0) this.#beforeArray(byte, base + index);
      else if (this.#arrayEnd < 0 && this.#insideArray(byte, base + index)) {
        end = index + 1;
        this.#ends.push({ offset: base + end, elements: this.#elements });
        if (this.#ends.length > 2 && !isFirst) this.#ends.splice(0, this.#ends.length - 1);
        if (isFirst) {
          this.#at = base + end;
          return end;
        }
      }
    }
    this.#at = base + to;
    return end;
  }

  describe(part: Buffer): PartDescription {
    // The rest of a document has been given to nobody yet.
    if (this.#described + part.length > this.#at) {
      const unseen = this.#described + part.length - this.#at;
      this.follow(part, part.length - unseen, part.length, false);
    }
    const start = this.#described;
    const first = this.#describedElements;
    this.#described += part.length;
    const cut = this.#ends.find(({ offset }) => offset === this.#described);
    const last = cut ? cut.elements : this.#elements + (this.#hasBegun ? 1 : 0);
    this.#describedElements = last;
    if (this.#arrayStart < 0) return { place: "", rows: 1, reading: {} };
    const from = Math.max(0, this.#arrayStart - start);
    const to = this.#arrayEnd < 0 || this.#arrayEnd > this.#described ? part.length : this.#arrayEnd - start;
    return {
      place: `${this.#pointer}/${first}-${Math.max(first, last - 1)}`,
      rows: last - first,
      reading: { elements: { pointer: this.#pointer, first, from, to } },
    };
  }

  #beginString(): void {
    this.#isInString = true;
    this.#text = [];
    if (this.#arrayStart >= 0 && this.#arrayEnd < 0) this.#hasBegun = true;
  }

  #inString(byte: number): void {
    if (this.#isEscaped) this.#isEscaped = false;
    else if (byte === backslash) this.#isEscaped = true;
    else if (byte === quote) this.#isInString = false;
    if (this.#arrayStart < 0 && this.#isInString && this.#text.length < 256) this.#text.push(byte);
  }

  #beforeArray(byte: number, offset: number): void {
    if (byte === 0x3a) this.#name = Buffer.from(this.#text).toString("utf8");
    else if (byte === openObject) this.#path.push(this.#name);
    else if (byte === openArray) this.#openArray(offset);
    else if (byte === closeObject || byte === closeArray) this.#path.pop();
  }

  #openArray(offset: number): void {
    const isInArray = this.#path.includes(null);
    const pointer = [...this.#path, this.#name]
      .slice(1)
      .map((name) => `/${name}`)
      .join("");
    if (!isInArray && this.#pointers.includes(this.#path.length === 0 ? "" : pointer)) {
      this.#arrayStart = offset + 1;
      this.#pointer = this.#path.length === 0 ? "" : pointer;
    } else this.#path.push(null);
  }

  /** @returns whether an element and its comma end here */
  #insideArray(byte: number, offset: number): boolean {
    if (byte === openObject || byte === openArray) this.#depth += 1;
    else if (byte === closeArray && this.#depth === 0) {
      this.#arrayEnd = offset;
      return false;
    } else if (byte === closeObject || byte === closeArray) this.#depth -= 1;
    else if (byte === comma && this.#depth === 0) {
      this.#elements += 1;
      this.#hasBegun = false;
      return true;
    }
    if (byte > 0x20) this.#hasBegun = true;
    return false;
  }
}
