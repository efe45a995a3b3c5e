import type { DirectoryStore } from "../../../electron/export/archive-writer.ts";

/** The records of a small archive's directory. */
export function heldRecords(): DirectoryStore {
  const held: Uint8Array[] = [];
  return { append: (bytes) => void held.push(bytes), pieces: () => held };
}
