/**
 * Verifies one bundle and prints how long that took and how much memory: `verify-process.ts BUNDLE [reperform]`. A process of its
 * own, since the peak memory of a process is that of all that it did.
 */
import { verifyBundle } from "../../electron/verifier/verify-bundle.ts";
import { verifyFiles } from "../../electron/verifier/verify-files.ts";
import { ownPeakMemory } from "./measurement.ts";

const [zipPath = "", also] = process.argv.slice(2);
const began = performance.now();
const files = await verifyBundle({ zipPath, trustedSigners: [] });
const ms = performance.now() - began;
const all = also === "reperform" ? await verifyFiles({ zipPath }) : files;
// What the files take is in both.
const reperformanceMs = performance.now() - began - 2 * ms;
const failed = all.checks.filter(({ outcome }) => outcome === "failed").map(({ detail }) => detail);
process.stdout.write(JSON.stringify({ ms, reperformanceMs, failed, peakMemoryBytes: ownPeakMemory() }));
