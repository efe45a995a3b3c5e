import type { Reading } from "../../../shared/model/evidence.ts";

/** What is known of a part besides its bytes. */
export interface PartDescription {
  /** Where it stands in the file, as its name says it: `L1-812`; empty for a whole file. */
  readonly place: string;
  /** Lines, or elements of an array. */
  readonly rows: number;
  readonly reading: Reading;
}

/**
 * Finds where a file may be cut. It is asked once for every byte, in order; what it has seen it remembers.
 * Offsets are those of the block that it is given; -1 says that no record ends there.
 */
export interface RecordCutter {
  /** After the last record that ends within the bytes `from` to `to`. */
  lastEnd(block: Buffer, from: number, to: number): number;
  /** After the first one; bytes behind it have not been seen then. */
  firstEnd(block: Buffer, from: number, to: number): number;
  /** Called for every part in order. */
  describe(part: Buffer): PartDescription;
}
