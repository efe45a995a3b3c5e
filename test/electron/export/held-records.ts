import type { Spool } from "../../../electron/export/archive-writer.ts";

/** The records of a small archive's directory. */
export function heldRecords(): Spool {
  const held: Uint8Array[] = [];
  return { append: (bytes) => void held.push(bytes), pieces: () => held };
}
