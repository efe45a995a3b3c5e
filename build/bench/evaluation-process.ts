/**
 * Evaluates everything that is drawn in an engagement file, and prints how long that took and how much memory: a process of
 * its own, since the peak memory of a process is that of all that it did.
 */
import { statSync } from "node:fs";
import { createEngine } from "../../electron/engine/handlers.ts";
import { ownPeakMemory } from "./measurement.ts";

const [path = ""] = process.argv.slice(2);
const engine = createEngine(() => {});
await engine.call("engagement.open", { path });
const began = performance.now();
const conclusions = (await engine.call("evaluation.run", {})) as readonly unknown[];
const ms = performance.now() - began;
const { user, system } = process.cpuUsage();
await engine.close();
const measured = { ms, cpuMs: (user + system) / 1000, controls: conclusions.length, bytes: statSync(path).size };
process.stdout.write(JSON.stringify({ ...measured, peakMemoryBytes: ownPeakMemory() }));
