import { type PdfDictionary, PdfUnreadable, type PdfValue } from "./pdf-value.ts";

const maxDepth = 64;
const whitespace = new Set([0x00, 0x09, 0x0a, 0x0c, 0x0d, 0x20]);
const delimiters = new Set(Array.from("()<>[]{}/%", (character) => character.charCodeAt(0)));

/**
 * Reads values at a place in a PDF file. Made for hostile files: it stops at the end of the bytes, at a fixed depth, and at
 * a dictionary that has a key twice, because then two programs may read two values.
 */
export class PdfValueReader {
  readonly #bytes: Uint8Array;
  #at: number;

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes;
    this.#at = at;
  }

  get position(): number {
    return this.#at;
  }

  /** @throws PdfUnreadable */
  readValue(depth = 0): PdfValue {
    if (depth > maxDepth) throw new PdfUnreadable("values are nested too deeply");
    this.skipSpace();
    const start = this.#at;
    const first = this.#bytes[start];
    if (first === 0x2f) return { kind: "name", name: this.#readName(), start, end: this.#at };
    if (first === 0x5b) return this.#readArray(start, depth);
    if (first === 0x28) return this.#readLiteralString(start);
    if (first === 0x3c)
      return this.#bytes[start + 1] === 0x3c ? this.#readDictionary(start, depth) : this.#readHexString(start);
    return this.#readNumberOrWord(start);
  }

  /** The next word, `endobj` for instance; empty at a delimiter or at the end. */
  readWord(): string {
    this.skipSpace();
    const start = this.#at;
    while (this.#at < this.#bytes.length && !this.#isBreak(this.#at)) this.#at++;
    if (this.#at - start > 32) throw new PdfUnreadable(`there is no such word as the one at byte ${start}`);
    return String.fromCharCode(...this.#bytes.subarray(start, this.#at));
  }

  /** A whole number that is not negative. */
  readCount(): number {
    const start = this.#at;
    const word = this.readWord();
    if (!/^\d{1,12}$/.test(word)) throw new PdfUnreadable(`a number was expected at byte ${start}`);
    return Number(word);
  }

  /** White space and comments. */
  skipSpace(): void {
    for (; this.#at < this.#bytes.length; this.#at++) {
      const byte = this.#bytes[this.#at] ?? 0;
      if (byte === 0x25) {
        while (this.#at + 1 < this.#bytes.length && !isLineEnd(this.#bytes[this.#at + 1])) this.#at++;
      } else if (!whitespace.has(byte)) return;
    }
  }

  #readDictionary(start: number, depth: number): PdfDictionary {
    this.#at = start + 2;
    const entries = new Map<string, PdfValue>();
    for (;;) {
      this.skipSpace();
      if (this.#bytes[this.#at] === 0x3e && this.#bytes[this.#at + 1] === 0x3e) break;
      if (this.#bytes[this.#at] !== 0x2f) throw new PdfUnreadable(`a name was expected at byte ${this.#at}`);
      const key = this.#readName();
      if (entries.has(key)) throw new PdfUnreadable(`the dictionary at byte ${start} has the key /${key} twice`);
      entries.set(key, this.readValue(depth + 1));
    }
    this.#at += 2;
    return { kind: "dictionary", entries, start, end: this.#at };
  }

  #readArray(start: number, depth: number): PdfValue {
    this.#at = start + 1;
    const items: PdfValue[] = [];
    for (this.skipSpace(); this.#bytes[this.#at] !== 0x5d; this.skipSpace()) items.push(this.readValue(depth + 1));
    this.#at++;
    return { kind: "array", items, start, end: this.#at };
  }

  #readName(): string {
    let name = "";
    for (this.#at++; this.#at < this.#bytes.length && !this.#isBreak(this.#at); this.#at++) {
      const escaped = this.#bytes[this.#at] === 0x23 ? this.#hexPair(this.#at + 1) : null;
      name += String.fromCharCode(escaped ?? this.#bytes[this.#at] ?? 0);
      if (escaped !== null) this.#at += 2;
    }
    return name;
  }

  #hexPair(at: number): number | null {
    const pair = String.fromCharCode(...this.#bytes.subarray(at, at + 2));
    return /^[0-9a-fA-F]{2}$/.test(pair) ? Number.parseInt(pair, 16) : null;
  }

  #readLiteralString(start: number): PdfValue {
    let open = 0;
    for (; this.#at < this.#bytes.length; this.#at++) {
      const byte = this.#bytes[this.#at];
      if (byte === 0x5c) this.#at++;
      else if (byte === 0x28) open++;
      else if (byte === 0x29 && --open === 0) break;
    }
    if (this.#at >= this.#bytes.length) throw new PdfUnreadable(`the string at byte ${start} has no end`);
    this.#at++;
    return { kind: "string", hex: false, start, end: this.#at };
  }

  #readHexString(start: number): PdfValue {
    const end = this.#bytes.indexOf(0x3e, start);
    if (end < 0) throw new PdfUnreadable(`the string at byte ${start} has no end`);
    this.#at = end + 1;
    return { kind: "string", hex: true, start, end: this.#at };
  }

  #readNumberOrWord(start: number): PdfValue {
    const word = this.readWord();
    if (/^[+-]?(\d+\.?\d*|\.\d+)$/.test(word)) return this.#readReference(start, word);
    if (word === "true" || word === "false" || word === "null") return { kind: "keyword", word, start, end: this.#at };
    throw new PdfUnreadable(`there is no value at byte ${start}`);
  }

  /** `12 0 R` begins like a number; only what follows tells. */
  #readReference(start: number, first: string): PdfValue {
    const number = { kind: "number", value: Number(first), start, end: this.#at } as const;
    if (!/^\d+$/.test(first)) return number;
    const after = this.#at;
    const generation = this.#tryWord();
    if (/^\d{1,5}$/.test(generation) && this.#tryWord() === "R") {
      return { kind: "reference", object: number.value, generation: Number(generation), start, end: this.#at };
    }
    this.#at = after;
    return number;
  }

  /** The next word, or nothing when what follows is no short word. */
  #tryWord(): string {
    this.skipSpace();
    const start = this.#at;
    while (this.#at < this.#bytes.length && this.#at - start < 8 && !this.#isBreak(this.#at)) this.#at++;
    return String.fromCharCode(...this.#bytes.subarray(start, this.#at));
  }

  #isBreak(at: number): boolean {
    const byte = this.#bytes[at] ?? 0;
    return whitespace.has(byte) || delimiters.has(byte);
  }
}

function isLineEnd(byte: number | undefined): boolean {
  return byte === 0x0a || byte === 0x0d;
}
