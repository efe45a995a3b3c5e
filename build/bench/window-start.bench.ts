/** From starting Electron to the window's first contentful paint, against an Electron window with one word in it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { _electron } from "@playwright/test";
import { root } from "../install.mjs";
import { formatMs, medianOf, peakMemoryOf, report } from "./measurement.ts";

const runs = 5;
const folder = mkdtempSync(join(tmpdir(), "tickmark-bench-"));
let peakMemoryBytes = 0;
let runNumber = 0;

/** Both are driven in the same way, so that what the driver costs is in both. */
async function timeFirstPaint(application: string): Promise<number> {
  runNumber += 1;
  const began = Date.now();
  const electron = await _electron.launch({
    args: [application, `--user-data-dir=${join(folder, `data-${runNumber}`)}`],
  });
  const page = await electron.firstWindow();
  const painted = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) => {
          const paint = list.getEntriesByName("first-contentful-paint")[0];
          if (paint) {
            resolve(performance.timeOrigin + paint.startTime);
          }
        }).observe({ type: "paint", buffered: true });
      }),
  );
  // The main process alone: the pages' processes are Chromium's business.
  peakMemoryBytes = Math.max(peakMemoryBytes, peakMemoryOf(electron.process().pid ?? 0) ?? 0);
  await electron.close();
  return painted - began;
}

function makeEmptyApplication(): string {
  const application = join(folder, "empty");
  mkdirSync(application);
  writeFileSync(join(application, "package.json"), '{ "name": "empty", "main": "main.cjs" }');
  writeFileSync(join(application, "page.html"), "<!doctype html><title>empty</title><p>empty</p>");
  writeFileSync(
    join(application, "main.cjs"),
    `const { app, BrowserWindow } = require("electron");
app.whenReady().then(() => new BrowserWindow({ width: 1440, height: 900 }).loadFile(require("path").join(__dirname, "page.html")));
`,
  );
  return application;
}

try {
  const empty = makeEmptyApplication();
  const bare = await medianOf(runs, () => timeFirstPaint(empty));
  peakMemoryBytes = 0;
  const ours = await medianOf(runs, () => timeFirstPaint(root));
  report({
    what: `window start to first paint (median of ${runs})`,
    ours: formatMs(ours),
    bare: `${formatMs(bare)}, an empty Electron window`,
    ratio: ours / bare,
    peakMemoryBytes,
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
