/** A utility process that tells whether it collects on demand, and how much room what lives shortly has at most there. */
import { getHeapSpaceStatistics } from "node:v8";

let made = [];
for (let number = 0; number < 3_000_000; number += 1) {
  made.push({ number });
  if (made.length > 300_000) made = [];
}
const young = getHeapSpaceStatistics().find((space) => space.space_name === "new_space");
process.parentPort.postMessage({ collects: typeof globalThis.gc === "function", young: young.space_size });
