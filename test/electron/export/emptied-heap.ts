/** Run by unused-memory.test.ts: fills its heap, lets go of all of it, gives memory back, and prints the bytes of the process before and after that. */
import { giveBackMemory } from "../../../electron/export/unused-memory.ts";

let held: unknown[] | null = Array.from({ length: 3_000_000 }, (_, number) => ({ number, text: `item ${number}` }));
const before = process.memoryUsage.rss();
const kept = held.length;
held = null;
giveBackMemory();
process.stdout.write(JSON.stringify({ kept, before, after: process.memoryUsage.rss() }));
