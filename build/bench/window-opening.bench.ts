/** Opening an engagement of 100,000 changes in the window: from the click on the start screen to its overview, and on to rows. */
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { root } from "../install.mjs";
import { benchFolder, memoryOfAll, startDriven } from "./driven-window.ts";
import { makeLargeEngagement } from "./large-engagement.ts";
import { formatMs, medianOf, report } from "./measurement.ts";

const [size, runs] = [100_000, 3];
const folder = benchFolder();
let runNumber = 0;
let peakMemoryBytes = 0;

async function timeOpening(prepared: string): Promise<number> {
  runNumber += 1;
  const userData = join(folder, `data-${runNumber}`);
  const path = join(folder, "large.tickmark");
  copyFileSync(prepared, path);
  mkdirSync(userData);
  const recent = { path, name: "Large", entity: "Large", from: "2026-01-01", to: "2026-12-31" };
  writeFileSync(
    join(userData, "recent-engagements.json"),
    JSON.stringify([{ ...recent, openedAt: "2026-01-01T00:00:00.000Z" }]),
  );
  const window = await startDriven(root, userData);
  const ms = await clickThrough(window.page);
  peakMemoryBytes = Math.max(peakMemoryBytes, memoryOfAll(window));
  await window.electron.close();
  rmSync(path);
  return ms;
}

/** By the page's own clock: how long the driver takes to find what it clicks on is not the window's. */
async function clickThrough(page: Page): Promise<number> {
  await page.locator(".recent-open:not([disabled])").waitFor();
  // The engine is there by the time a person has found what to click on.
  await page.getByText("Engine ready").waitFor({ timeout: 30_000 });
  return page.evaluate(async () => {
    const shown = async (selector: string) => {
      for (;;) {
        const found = document.querySelector<HTMLElement>(selector);
        if (found) return found;
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
    };
    const click = (element: HTMLElement) => element.click();
    const began = performance.now();
    click(await shown(".recent-open"));
    await shown(".tile-figure");
    click(await shown('nav a[href*="/population"]'));
    await shown('.grid [role="row"][aria-rowindex="2"][aria-busy="false"]');
    return performance.now() - began;
  });
}

try {
  const prepared = await makeLargeEngagement(size);
  const ms = await medianOf(runs, () => timeOpening(prepared));
  report({
    what: `engagement of ${size.toLocaleString("en")} changes, all tested, opened in the window: from the click to its overview and on to the first rows of its population (median of ${runs}; target 2000 ms)`,
    ours: formatMs(ms),
    peakMemoryBytes,
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
