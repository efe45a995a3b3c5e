import { cpus } from "node:os";

/** What the figures depend on, as a sentence. Ratios carry from machine to machine, so no more of it is told. */
export function describeMachine(electronVersion: string): string {
  return `Measured with ${cpus().length} cores, Node ${process.version.slice(1)}, Electron ${electronVersion}.`;
}
