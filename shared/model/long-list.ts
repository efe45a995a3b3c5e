/** A list that may be too long to hold, and can be gone through again and again. Every array is one. */
export interface LongList<T> extends Iterable<T> {
  readonly length: number;
}

/** The same list with each member made into another when its turn comes. */
export function mapEach<T, U>(list: LongList<T>, make: (member: T, index: number) => U): LongList<U> {
  return {
    length: list.length,
    *[Symbol.iterator]() {
      let index = 0;
      for (const member of list) {
        yield make(member, index);
        index += 1;
      }
    },
  };
}
