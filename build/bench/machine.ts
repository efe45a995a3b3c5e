import { arch, cpus, release, totalmem, type } from "node:os";

/** The machine that the figures are from, as a sentence. */
export function describeMachine(electronVersion: string): string {
  const [processor] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  const day = new Date().toISOString().slice(0, 10);
  return `Measured on ${day}: ${cpus().length} cores (${processor?.model.trim() || arch()}), ${memory} GiB of memory, ${type()} ${release()}, Node ${process.version.slice(1)}, Electron ${electronVersion}.`;
}
