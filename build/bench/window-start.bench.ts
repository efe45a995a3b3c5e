/**
 * From starting Electron to a window that answers, against an Electron window with one button. It answers when its first screen
 * is drawn whole, the button stands in it and no long task keeps the page from hearing it; then it is pressed, to see. Once
 * as on the day of the installation, and once as on every other day, with what Chromium kept of the first.
 */
import { rmSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { root } from "../install.mjs";
import {
  benchFolder,
  type DrivenWindow,
  emptyButton,
  makeEmptyApplication,
  ownButton,
  startDriven,
} from "./driven-window.ts";
import { formatMs, peakMemoryOf, report } from "./measurement.ts";

const runs = 7;
const folder = benchFolder();

interface Started {
  readonly ms: number;
  /** Of the main process alone: the pages' processes are Chromium's business. */
  readonly peakMemoryBytes: number;
}

async function timeStart(application: string, button: string, userData: string): Promise<Started> {
  const window = await startDriven(application, join(folder, userData));
  const at = await readInteractive(window.page, button);
  await press(window, button);
  const peakMemoryBytes = peakMemoryOf(window.electron.process().pid ?? 0) ?? 0;
  await window.electron.close();
  return { ms: at - window.began, peakMemoryBytes };
}

/** When the page could be used, milliseconds since 1970: by the page's own record, which does not depend on when it is asked. */
function readInteractive(page: Page, button: string): Promise<number> {
  return page.evaluate(async (name) => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const record = (type: string) =>
      new Promise<PerformanceEntry[]>((resolve) => {
        new PerformanceObserver((list) => resolve(list.getEntries())).observe({ type, buffered: true });
        setTimeout(resolve, 300, []);
      });
    const isThere = () =>
      [...document.querySelectorAll("button")].some((each) => each.textContent === name && !each.disabled);
    let waitedUntil = 0;
    while (!isThere()) {
      await frame();
      waitedUntil = performance.now();
    }
    await frame();
    await frame();
    const painted = (await record("largest-contentful-paint")).map(({ startTime }) => startTime);
    const stands = Math.max(waitedUntil, ...painted);
    const tasks = (await record("longtask")).filter(({ startTime }) => startTime <= stands);
    return performance.timeOrigin + Math.max(stands, ...tasks.map(({ startTime, duration }) => startTime + duration));
  }, button);
}

async function press({ page }: DrivenWindow, button: string): Promise<void> {
  await page.getByRole("button", { name: button, exact: true }).click();
  await page.getByText("Fill this in.").first().waitFor({ timeout: 2_000 });
}

const middleOf = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** By turns, so that both meet the same machine. */
async function compare(what: string, userDataOf: (run: number) => string, unmeasured: number): Promise<void> {
  const bare: Started[] = [];
  const ours: Started[] = [];
  for (let run = 0; run < runs + unmeasured; run += 1) {
    bare.push(await timeStart(empty, emptyButton, `empty-${userDataOf(run)}`));
    ours.push(await timeStart(root, ownButton, `own-${userDataOf(run)}`));
  }
  const [bareMs, ownMs] = [bare, ours].map((all) => middleOf(all.slice(unmeasured).map(({ ms }) => ms)));
  report({
    what: `window start until its buttons answer, ${what} (median of ${runs}; target 1.5)`,
    ours: formatMs(ownMs ?? 0),
    bare: `${formatMs(bareMs ?? 0)}, an empty Electron window with a button`,
    ratio: (ownMs ?? 0) / (bareMs ?? 1),
    peakMemoryBytes: Math.max(...ours.map(({ peakMemoryBytes }) => peakMemoryBytes)),
  });
}

const empty = makeEmptyApplication(folder);
try {
  await compare("for the first time", (run) => `first-${run}`, 0);
  await compare("later", () => "later", 1);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
