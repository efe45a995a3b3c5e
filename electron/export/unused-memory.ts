/** Bytes of the process; below them nothing is worth a wait. */
const worthwhile = 256 << 20;

/**
 * Gives memory that is not in use back to the system, between the stages of an export. V8 keeps the pages of its heap that were
 * emptied for itself (13.6; `--trace-gc` calls them pooled), and lets go of them only in a collection that is to save memory, which a busy
 * program never comes to: with 10,000 items under 36 controls 220 MiB of them lay idle while the container was written.
 *
 * Without `--expose-gc` (`electron/main/memory-flags.ts`) nothing happens.
 */
export function giveBackMemory(): void {
  if (process.memoryUsage.rss() < worthwhile) return;
  globalThis.gc?.({ type: "major", execution: "sync", flavor: "last-resort" });
}
