import { appendFileSync, readFileSync } from "node:fs";

/** Of Node, as `tickmark` itself is run (build/bin/tickmark.mjs). */
export { memoryFlags as nodeFlags } from "../../electron/main/memory-flags.ts";

/** One line of the table in docs/bench.md. Figures are ready to print. */
export interface Measurement {
  /** What was done, with its size: "pull of 80,000 commits". */
  readonly what: string;
  readonly ours: string;
  /** The same by a bare tool, and which; absent where there is no such tool. */
  readonly bare?: string;
  /** Ours divided by the bare tool's. */
  readonly ratio?: number;
  readonly peakMemoryBytes?: number;
}

/** Hands a measurement to `npm run bench`; a benchmark that is run by hand prints it. */
export function report(measurement: Measurement): void {
  const line = `${JSON.stringify(measurement)}\n`;
  const results = process.env.TICKMARK_BENCH_RESULTS;
  if (results) {
    appendFileSync(results, line);
  } else {
    process.stdout.write(line);
  }
}

/** Runs a measurement several times and returns the middle value. */
export async function medianOf(times: number, measure: () => Promise<number>): Promise<number> {
  const values: number[] = [];
  for (let run = 0; run < times; run += 1) {
    values.push(await measure());
  }
  return values.sort((a, b) => a - b)[Math.floor(times / 2)] ?? Number.NaN;
}

export function formatMs(ms: number): string {
  return ms < 10_000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** Largest resident memory of this process so far, in bytes. */
export function ownPeakMemory(): number {
  // On Linux a process takes over the peak of whoever started it: a bench that made large records counted in what it measured.
  return peakMemoryOf(process.pid) ?? process.resourceUsage().maxRSS * 1024;
}

/** Largest resident memory of another, running process so far, in bytes; undefined outside of Linux. */
export function peakMemoryOf(pid: number): number | undefined {
  try {
    const kib = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return kib === undefined ? undefined : Number(kib) * 1024;
  } catch {
    return undefined;
  }
}
