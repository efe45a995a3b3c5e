import { randomFillSync } from "node:crypto";
import { type MixedRecord, mixedEvidence } from "./mixed-evidence.ts";

/**
 * Evidence of a large engagement: very many small records, a few large ones, or ones as large as an import takes. Cheap to make, since
 * tens of gigabytes of it are: records repeat what a sample of mixed evidence says, and each has its own number in it, so that no two
 * are the same.
 */
export const shapes = {
  "many-small": "many small files",
  "few-large": "a few large files",
  "largest": "files of 256 MiB, the largest that are taken",
} as const;
export type Shape = keyof typeof shapes;

const mebibyte = 2 ** 20;

/** Records until they have `bytes` together. One is in memory at a time. */
export function* bulkEvidence(shape: Shape, bytes: number): Generator<MixedRecord> {
  const large = (number: number) => largeRecord(number, (16 + ((number * 13) % 49)) * mebibyte);
  const largest = (number: number) => largeRecord(number, 256 * mebibyte);
  const make = { "many-small": smallRecords, "few-large": () => large, "largest": () => largest }[shape]();
  for (let made = 0, number = 0; made < bytes; number += 1) {
    const record = make(number);
    made += record.length;
    yield { name: `${shape}-${String(number).padStart(7, "0")}`, bytes: record };
  }
}

/** Five commits to four answers of APIs, 25 KB on average: 840,000 in 20 GiB. */
function smallRecords(): (number: number) => Buffer {
  const pool = [...mixedEvidence(64 * mebibyte)];
  const answers = pool.filter(({ name }) => name.startsWith("answer")).map(({ bytes }) => bytes);
  const commits = pool.filter(({ name }) => name.startsWith("commit")).map(({ bytes }) => bytes);
  return (number) => {
    const from = number % 9 < 5 ? commits : answers;
    const record = Buffer.from(from[number % from.length] ?? "");
    return stamp(record, number, 4096);
  };
}

/** One is compressed already, the next one is text. */
function largeRecord(number: number, size: number): Buffer {
  const record = Buffer.alloc(size);
  if (number % 2 === 0) {
    randomFillSync(record);
    record.write("PK\u0003\u0004", "latin1");
    return record;
  }
  const line = "the limit of card payments was raised after review and a rollback plan is attached 0000000000\n";
  record.fill(line);
  return stamp(record, number, line.length);
}

/** Writes a number of its own into the record, and again every so many bytes. */
function stamp(record: Buffer, number: number, every: number): Buffer {
  for (let at = Math.min(200, Math.max(0, record.length - 12)); at + 11 < record.length; at += every)
    record.write(String(number * 1000 + (at % 1000)).padStart(10, "0"), at, "latin1");
  return record;
}
