import type { Evidence } from "../../../shared/model/evidence.ts";
import { type LongList, mapEach } from "../../../shared/model/long-list.ts";
import { NumberSet } from "../../../shared/model/number-set.ts";
import type { ReadableEngagement, Receipt } from "../../store/engagement-file.ts";

/** Records that a bundle carries, in order of receipt and without their bytes. They are read from the engagement file each time. */
export interface CarriedRecords extends LongList<Evidence> {
  /** Each content once, though several answers may have been equal byte for byte, in the order of their hashes. */
  readonly distinct: LongList<Evidence>;
}

/** Where receipts are read from. */
export type ReceiptReading = Pick<ReadableEngagement, "receipts" | "receiptsOf" | "recordsByHash">;

export function carryRecords(store: ReceiptReading, isCarried: (receipt: Receipt) => boolean): CarriedRecords {
  const records = new NumberSet();
  let length = 0;
  for (const receipt of store.receipts()) {
    if (!isCarried(receipt)) continue;
    records.add(receipt.record);
    length += 1;
  }
  return {
    length,
    *[Symbol.iterator]() {
      for (const receipt of store.receipts()) if (isCarried(receipt)) yield receipt.evidence;
    },
    distinct: {
      length: records.size,
      *[Symbol.iterator]() {
        for (const record of store.recordsByHash()) {
          const first = records.has(record) ? store.receiptsOf(record).find(isCarried) : undefined;
          if (first !== undefined) yield first.evidence;
        }
      },
    },
  };
}

/** The same records with each described in other words. */
export function rewordRecords(records: CarriedRecords, reword: (evidence: Evidence) => Evidence): CarriedRecords {
  return { ...mapEach(records, reword), distinct: mapEach(records.distinct, reword) };
}
