/** Bytes of a stream that came in pieces, taken in other pieces. Copies only what spans two pieces. */
export class ByteQueue {
  private parts: Buffer[] = [];
  /** Bytes waiting. */
  length = 0;

  add(part: Buffer): void {
    if (part.length === 0) return;
    this.parts.push(part);
    this.length += part.length;
  }

  /** Position of a byte among the next `within` ones, or -1. */
  find(byte: number, within: number): number {
    return this.peek(Math.min(within, this.length)).indexOf(byte);
  }

  /** The next bytes, left in place. There must be as many. */
  peek(size: number): Buffer {
    const first = this.parts[0];
    if (size === 0 || !first) return Buffer.alloc(0);
    if (first.length < size) this.joinUpTo(size);
    return (this.parts[0] ?? first).subarray(0, size);
  }

  /** Takes the next bytes away. There must be as many. */
  take(size: number): Buffer {
    const taken = this.peek(size);
    const first = this.parts[0];
    if (!first || size === 0) return taken;
    if (first.length === size) this.parts.shift();
    else this.parts[0] = first.subarray(size);
    this.length -= size;
    return taken;
  }

  private joinUpTo(size: number): void {
    let joined = 0;
    let count = 0;
    while (joined < size && count < this.parts.length) joined += this.parts[count++]?.length ?? 0;
    this.parts.splice(0, count, Buffer.concat(this.parts.slice(0, count)));
  }
}
