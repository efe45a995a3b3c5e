import { existsSync } from "node:fs";
import { join } from "node:path";
import { root } from "../build/install.mjs";

/** Where the recorded data of real projects lies; it is too large for the repository. */
const recordedData = process.env.TICKMARK_RECORDED_DATA ?? join(root, "../shared/data");

/**
 * A folder of the recorded data, such as "govuk". Where it is absent, tests on it are skipped under a name with this mark,
 * which is the one skip that `npm test` accepts under CI.
 */
export function findRecorded(folder: string): { readonly path: string; readonly isPresent: boolean } {
  const path = join(recordedData, folder);
  return { path, isPresent: existsSync(path) };
}

export const absenceMark = "[recorded data not present]";
