/** Memory of all processes of the application together, at rest on its first screen, against an empty Electron window. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { root } from "../install.mjs";
import {
  benchFolder,
  emptyButton,
  makeEmptyApplication,
  memoryOfAll,
  ownButton,
  startDriven,
} from "./driven-window.ts";
import { medianOf, report } from "./measurement.ts";

const runs = 3;
/** Long enough for what is loaded ahead and for the first collections of garbage. */
const restMs = 8_000;
const folder = benchFolder();
let runNumber = 0;

async function measureRest(application: string, button: string): Promise<number> {
  runNumber += 1;
  const window = await startDriven(application, join(folder, `data-${runNumber}`));
  await window.page.getByRole("button", { name: button, exact: true }).waitFor();
  await wait(restMs);
  const bytes = memoryOfAll(window);
  await window.electron.close();
  return bytes;
}

const formatMemory = (bytes: number) => `${Math.round(bytes / 2 ** 20)} MiB`;

try {
  const empty = makeEmptyApplication(folder);
  const bare = await medianOf(runs, () => measureRest(empty, emptyButton));
  const ours = await medianOf(runs, () => measureRest(root, ownButton));
  report({
    what: `memory at rest on the first screen, all processes together (median of ${runs})`,
    ours: formatMemory(ours),
    bare: `${formatMemory(bare)}, an empty Electron window`,
    ratio: ours / bare,
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
