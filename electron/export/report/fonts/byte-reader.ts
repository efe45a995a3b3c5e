/** Reads big-endian numbers one after the other. Past the end it throws a RangeError. */
export class ByteReader {
  readonly #data: Uint8Array;
  readonly #view: DataView;
  #position = 0;

  constructor(data: Uint8Array) {
    this.#data = data;
    this.#view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  }

  u8(): number {
    return this.#view.getUint8(this.#advance(1));
  }

  u16(): number {
    return this.#view.getUint16(this.#advance(2));
  }

  i16(): number {
    return this.#view.getInt16(this.#advance(2));
  }

  u32(): number {
    return this.#view.getUint32(this.#advance(4));
  }

  /** WOFF2 "UIntBase128": seven bits a byte, the highest bit says that more follow. */
  base128(): number {
    let value = 0;
    for (let count = 0; count < 5; count++) {
      const byte = this.u8();
      value = value * 128 + (byte & 0x7f);
      if ((byte & 0x80) === 0) return value;
    }
    throw new RangeError("A number is longer than five bytes.");
  }

  /** WOFF2 "255UInt16": one byte up to 252; 253 says that two follow, 254 and 255 that one follows above a base. */
  short255(): number {
    const first = this.u8();
    if (first === 253) return this.u16();
    if (first === 254) return this.u8() + 506;
    if (first === 255) return this.u8() + 253;
    return first;
  }

  bytes(length: number): Uint8Array {
    const start = this.#advance(length);
    return this.#data.subarray(start, start + length);
  }

  skip(length: number): void {
    this.#advance(length);
  }

  #advance(length: number): number {
    const start = this.#position;
    if (start + length > this.#data.length) throw new RangeError("The data ends before its time.");
    this.#position = start + length;
    return start;
  }
}
