import { statSync } from "node:fs";
import { fileFault } from "./faults.ts";

/*
 * On POSIX systems a process loses its locks on a file as soon as it closes any handle of that file. So a file that is
 * open here must not be opened a second time in this process, not even to read its first bytes, and whoever holds an
 * engagement open must not read, hash or copy its file through node:fs.
 */

const held = new Set<string>();

/** Device and inode: the same for every name of a file. */
function identityOf(path: string): string {
  const { dev, ino } = statSync(path, { bigint: true });
  return `${dev}:${ino}`;
}

/** @throws engagement-busy when this process has the file open already; ENOENT */
export function requireNotHeld(path: string): void {
  if (held.has(identityOf(path))) throw fileFault("engagement-busy", path);
}

/** Notes that this process has the file open, until the returned function is called. */
export function holdFile(path: string): () => void {
  const identity = identityOf(path);
  held.add(identity);
  return () => held.delete(identity);
}
