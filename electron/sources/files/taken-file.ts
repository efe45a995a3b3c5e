import type { EvidenceFormat } from "../../../shared/model/evidence.ts";
import type { Instant } from "../../../shared/model/instant.ts";
import type { KeptAnswer } from "../pull-steps.ts";
import type { HandedOverFile } from "./handed-over-files.ts";

/** A whole file as one record. The question on record says what the file was taken for. */
export function takeFile(
  file: HandedOverFile,
  bytes: Uint8Array,
  format: EvidenceFormat,
  now: Instant,
  rows: number,
): KeptAnswer {
  return {
    record: { format, locator: file.name, bytes, receivedAt: now },
    request: {
      asked: `read ${file.name} as ${format}`,
      status: 0,
      at: now,
      bytes: bytes.byteLength,
      rows,
      attempts: 1,
      answer: bytes,
    },
  };
}

const mostNamed = 20;

/** Sentences on files that were not taken; only the first are named, the number is told. */
export function notTakenNotes(files: readonly { readonly name: string; readonly reason: string }[]): string[] {
  const named = files.slice(0, mostNamed).map(({ name, reason }) => `${name} was not taken: ${reason}.`);
  return files.length > mostNamed ? [...named, `${files.length - mostNamed} more files were not taken.`] : named;
}
