/*
 * The engagement file: what the engine opens, and nothing else of this folder. While a process has an engagement open it
 * must not read, hash or copy the file through node:fs: on POSIX systems closing that handle gives the lock away.
 */
export { type CopiedBundle, copyBundle } from "./bundle-copy.ts";
export { createEngagement } from "./engagement-creation.ts";
export type { ReadableEngagement, WritableEngagement } from "./engagement-handle.ts";
export { openEngagement } from "./engagement-opening.ts";
export { openCopy, openForReading } from "./engagement-reading.ts";
export type { AddedRecord, Receipt, RecordNumber } from "./evidence.ts";
export type { FrozenItem } from "./freeze-writing.ts";
export type { PullStep } from "./pull-writing.ts";
