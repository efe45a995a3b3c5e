import type { Measurement } from "./measurement.ts";

/** The measurements as a Markdown document. */
export function writeTable(measurements: readonly Measurement[], machine: string): string {
  const rows = measurements.map((one) => [
    one.what,
    one.ours,
    one.bare ?? "–",
    one.ratio === undefined ? "–" : one.ratio.toFixed(2),
    one.peakMemoryBytes === undefined ? "–" : `${Math.round(one.peakMemoryBytes / 2 ** 20)} MiB`,
  ]);
  const lines = [
    ["what", "Tickmark", "bare tool", "ratio", "peak memory"],
    ["---", "---", "---", "---:", "---:"],
    ...rows,
  ];
  return `# Benchmarks

Written by \`npm run bench\`. The bare tool does the same without Tickmark, in the same run; the ratio is Tickmark's time
divided by its. Times of one machine, not promises.

${lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n")}

${machine}
`;
}
