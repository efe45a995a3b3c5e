/** What turns the pieces of a stream into records. */
export interface StreamReader<T> {
  push(part: Buffer): T[];
  /** What remains at the end. */
  end(): T[];
}

/** Records of a stream, taken by number. */
export class Supply<T extends { readonly bytes: Buffer }> {
  private readonly reader: StreamReader<T>;
  private readonly parts: AsyncIterator<Buffer>;
  private waiting: T[] = [];
  private taken = 0;
  private ended = false;

  constructor(stream: AsyncIterable<Buffer>, reader: StreamReader<T>) {
    this.reader = reader;
    this.parts = stream[Symbol.asyncIterator]();
  }

  /** The next ones, up to a number and until they hold a number of bytes; fewer only at the end. */
  async take(most: number, bytes = Number.POSITIVE_INFINITY): Promise<T[]> {
    const step: T[] = [];
    let size = 0;
    while (step.length < most && size < bytes) {
      const next = this.waiting[this.taken];
      if (next) {
        this.taken += 1;
        step.push(next);
        size += next.bytes.length;
      } else if (!(await this.refill())) break;
    }
    return step;
  }

  /** Lets go of the stream. */
  async close(): Promise<void> {
    await this.parts.return?.();
  }

  private async refill(): Promise<boolean> {
    if (this.ended) return false;
    const { value, done } = await this.parts.next();
    this.taken = 0;
    this.ended = done === true;
    this.waiting = done ? this.reader.end() : this.reader.push(value);
    return true;
  }
}
