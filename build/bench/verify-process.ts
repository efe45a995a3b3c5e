/**
 * Verifies one bundle and prints how long that took and how much memory: `verify-process.ts BUNDLE`. A process of its own, since
 * the peak memory of a process is that of all that it did.
 */
import { verifyBundle } from "../../electron/verifier/verify-bundle.ts";
import { ownPeakMemory } from "./measurement.ts";

const [zipPath = ""] = process.argv.slice(2);
const began = performance.now();
const { checks } = await verifyBundle({ zipPath, trustedSigners: [] });
const ms = performance.now() - began;
const failed = checks.filter(({ outcome }) => outcome === "failed").map(({ detail }) => detail);
process.stdout.write(JSON.stringify({ ms, failed, peakMemoryBytes: ownPeakMemory() }));
