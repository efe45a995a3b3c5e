#!/usr/bin/env node
/** The `tickmark` command: the command line of electron/cli on the project's own Node. */
import { join } from "node:path";
import { handOver } from "../handover.mjs";
import { ensureInstalled, root } from "../install.mjs";

ensureInstalled();
// What Node made of the sources is kept for the next command, beside the packages: whoever can write there can write those too,
// which is not so in a folder for temporary files. Measured on a plan of a sample: 0.15 s of the processor instead of 0.36.
process.env.NODE_COMPILE_CACHE ??= join(root, "node_modules", ".cache", "tickmark");
// Reading a large file makes much that lives shortly. Without a limit Node keeps 100 MB and more for that: measured on
// 150 MB of JSON lines, 397 MB at most instead of 257, in the same time. And it lets what is no longer needed grow to several times of
// what is: measured on a report of 1,500 items, 276 MB at most instead of 220, in a tenth less of the time.
// The last one lets an export give back what it is done with before it goes on (electron/export/unused-memory.ts).
const flags = ["--max-semi-space-size=4", "--heap-growing-percent=40", "--expose-gc"];
// glibc has a heap of its own for each thread that packs or hashes, and gives none of them back: measured on an export of 85,000 records,
// 364 MiB at most instead of 322. Electron has another allocator.
process.env.MALLOC_ARENA_MAX ??= "2";
handOver("electron/cli/index.ts", process.argv.slice(2), process.cwd(), flags);
