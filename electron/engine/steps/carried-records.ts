import type { Evidence, Reading } from "../../../shared/model/evidence.ts";
import { type LongList, mapEach } from "../../../shared/model/long-list.ts";
import { NumberSet } from "../../../shared/model/number-set.ts";
import type { ReadableEngagement, Receipt, RecordNumber } from "../../store/engagement-file.ts";

/** Records that a bundle carries, in order of receipt and without their bytes. They are read from the engagement file each time. */
export interface CarriedRecords extends LongList<Evidence> {
  /** Each content once, though several answers may have been equal byte for byte, in the order of their hashes. */
  readonly distinct: LongList<CarriedContent>;
}

/** What is known of a record's content without reading it. */
export interface CarriedContent extends Pick<Evidence, "sha256" | "size"> {
  readonly reading?: Pick<Reading, "encoding"> | undefined;
}

/** Where receipts are read from. */
export type ReceiptReading = Pick<ReadableEngagement, "receipts" | "recordsByHash">;

export function carryRecords(store: ReceiptReading, isCarried: (receipt: Receipt) => boolean): CarriedRecords {
  const contents = new ContentTable();
  let length = 0;
  for (const receipt of store.receipts()) {
    if (!isCarried(receipt)) continue;
    contents.add(receipt);
    length += 1;
  }
  return {
    length,
    *[Symbol.iterator]() {
      for (const receipt of store.receipts()) if (isCarried(receipt)) yield receipt.evidence;
    },
    distinct: {
      length: contents.count,
      *[Symbol.iterator]() {
        for (const { record, sha256 } of store.recordsByHash()) {
          const known = contents.get(record);
          if (known !== null) yield { sha256, ...known };
        }
      },
    },
  };
}

/** The same records with each described in other words. */
export function rewordRecords(records: CarriedRecords, reword: (evidence: Evidence) => Evidence): CarriedRecords {
  return { ...mapEach(records, reword), distinct: records.distinct };
}

/** Sizes of contents by their numbers, which have no gaps to speak of: looking each up in the file again took a fifth of an export. */
class ContentTable {
  readonly #known = new NumberSet();
  readonly #encodings = new Map<RecordNumber, Reading["encoding"]>();
  #sizes = new Uint32Array(1024);

  /** As it was first received. */
  add({ record, evidence: { size, reading } }: Receipt): void {
    if (this.#known.has(record)) return;
    this.#known.add(record);
    if (record >= this.#sizes.length) {
      const longer = new Uint32Array(Math.max(record + 1, 2 * this.#sizes.length));
      longer.set(this.#sizes);
      this.#sizes = longer;
    }
    this.#sizes[record] = size;
    if (reading?.encoding !== undefined) this.#encodings.set(record, reading.encoding);
  }

  get count(): number {
    return this.#known.size;
  }

  get(record: RecordNumber): Omit<CarriedContent, "sha256"> | null {
    if (!this.#known.has(record)) return null;
    const encoding = this.#encodings.get(record);
    return { size: this.#sizes[record] ?? 0, reading: encoding && { encoding } };
  }
}
