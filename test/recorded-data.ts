import { describe, it } from "vitest";
import { absenceMark, findRecorded } from "./recorded-folder.ts";

/**
 * Tests on the recorded data of a real project. Where the data is not there they are skipped under a name that says so.
 * @param folder of the recorded data, such as "govuk"
 * @param body is given the folder's path
 */
export function describeRecorded(folder: string, name: string, body: (path: string) => void): void {
  const { path, isPresent } = findRecorded(folder);
  if (isPresent) {
    describe(name, () => body(path));
  } else {
    // The body is not even collected: it may read the data to name its tests.
    it.skip(`${name} ${absenceMark}`, () => undefined);
  }
}

/** The same for OSCAL's JSON schemas as NIST publishes them, which lie beside the recorded data. */
export function describeWithOscalSchemas(name: string, body: (path: string) => void): void {
  describeRecorded("../oscal", name, body);
}
