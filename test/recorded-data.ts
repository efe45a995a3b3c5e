import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "vitest";
import { root } from "../build/install.mjs";

/** Where the recorded data of real projects lies; it is too large for the repository. */
const recordedData = process.env.TICKMARK_RECORDED_DATA ?? join(root, "../shared/data");

/**
 * Tests on the recorded data of a real project. Where the data is not there they are skipped under a name that says so,
 * which is the one skip that `npm test` accepts under CI.
 * @param folder of the recorded data, such as "govuk"
 * @param body is given the folder's path
 */
export function describeRecorded(folder: string, name: string, body: (path: string) => void): void {
  describeWith(join(recordedData, folder), name, body);
}

/** The same for OSCAL's JSON schemas as NIST publishes them, which lie beside the recorded data. */
export function describeWithOscalSchemas(name: string, body: (path: string) => void): void {
  describeWith(join(recordedData, "../oscal"), name, body);
}

function describeWith(path: string, name: string, body: (path: string) => void): void {
  if (existsSync(path)) {
    describe(name, () => body(path));
  } else {
    // The body is not even collected: it may read the data to name its tests.
    it.skip(`${name} [recorded data not present]`, () => undefined);
  }
}
