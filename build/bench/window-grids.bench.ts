/**
 * The two long grids in the real window on the real engine, with 1,000,000 rows: what a frame takes while they are scrolled at
 * three scales, how long the engine takes to filter and to sort, and what both leave behind in memory.
 */
import { copyFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { RequestOf } from "../../shared/ipc/contract.ts";
import { root } from "../install.mjs";
import { benchFolder, type DrivenWindow, memoryOfAll, startDriven } from "./driven-window.ts";
import { makeLargeEngagement } from "./large-engagement.ts";
import { formatMs, report } from "./measurement.ts";

const size = Number(process.env.TICKMARK_BENCH_ROWS ?? 1_000_000);
const rows = `${size.toLocaleString("en")} rows`;
/** What is read ahead of a search takes a few seconds of an engine that has nothing else to do. */
const settleMs = 10_000;
const grids = [
  { name: "population", stage: "Population" },
  { name: "results matrix", stage: "Testing" },
] as const;

const firstRow = '.grid [role="row"][aria-rowindex="2"][aria-busy="false"]';

async function show({ page }: DrivenWindow, stage: string): Promise<void> {
  await page.getByRole("navigation").getByRole("link", { name: stage }).click();
  await page.locator(firstRow).first().waitFor({ timeout: 300_000 });
}

/** Intervals between frames while a hand drags the wheel for a few seconds, and then the last row. */
async function scroll(window: DrivenWindow, zoom: number): Promise<number> {
  await window.electron.evaluate(
    ({ BrowserWindow }, factor) => BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(factor),
    zoom,
  );
  await wait(500);
  const frames = await window.page.evaluate(async () => {
    const grid = document.querySelector(".grid");
    if (!grid) throw new Error("There is no grid.");
    grid.scrollTop = 0;
    const next = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
    const intervals: number[] = [];
    for (let before = await next(), frame = 0; frame < 300; frame += 1) {
      grid.scrollTop += 60;
      const now = await next();
      intervals.push(now - before);
      before = now;
    }
    grid.scrollTop = grid.scrollHeight;
    return intervals;
  });
  await window.page.locator(`.grid [aria-rowindex="${size + 1}"][aria-busy="false"]`).waitFor({ timeout: 30_000 });
  return frames.toSorted((one, other) => one - other)[Math.floor(frames.length * 0.95)] ?? Number.NaN;
}

const searches = ["fix", "PAY-77", "author 1", "rounding part 12", "e", "nothing has this"];
const orders = ["id", "title", "repository", "people", "at"] as const;
const ways = orders.flatMap((sort) => [
  { sort, descending: false },
  { sort, descending: true },
]);
const page = { offset: 0, limit: 200 };
const itemQuestions = [...searches.map((search) => ({ search })), ...ways].map(
  (how): RequestOf<"population.items"> => ({ population: "change", ...page, ...how }),
);
const matrixQuestions = [
  ...searches.map((search) => ({ search })),
  ...ways,
  { sort: "outcome", sortControl: "REV-01" } as const,
  { show: "deviations", sort: "title" } as const,
].map((how): RequestOf<"evaluation.rows"> => ({ query: { population: "change", ...how }, ...page }));

/** The slowest answer of the engine, as the page waits for it; each is asked for the first time. */
function askAll(window: DrivenWindow, grid: (typeof grids)[number]): Promise<number> {
  const questions =
    grid.name === "population"
      ? itemQuestions.map((request) => ["population.items", request] as const)
      : matrixQuestions.map((request) => ["evaluation.rows", request] as const);
  return window.page.evaluate(async (asked) => {
    const bridge = Reflect.get(globalThis, "tickmark") as {
      call(procedure: string, request: unknown): Promise<{ ok: boolean }>;
    };
    let slowest = 0;
    for (const [procedure, request] of asked) {
      const began = performance.now();
      const answer = await bridge.call(procedure, request);
      if (!answer.ok) throw new Error(`${procedure} was not answered: ${JSON.stringify(answer)}`);
      slowest = Math.max(slowest, performance.now() - began);
    }
    return slowest;
  }, questions);
}

async function measure(window: DrivenWindow, grid: (typeof grids)[number]): Promise<void> {
  const clicked = performance.now();
  await show(window, grid.stage);
  report({
    what: `first rows of the ${grid.name}, ${rows}, from the click to its screen`,
    ours: formatMs(performance.now() - clicked),
  });
  await wait(settleMs);
  const before = memoryOfAll(window);
  const percentiles: number[] = [];
  for (const zoom of [1, 1.5, 2]) percentiles.push(await scroll(window, zoom));
  report({
    what: `95 of 100 frames of the ${grid.name} while it is scrolled, ${rows}, at 100, 150 and 200 % (target 34 ms)`,
    ours: percentiles.map((ms) => `${Math.round(ms)} ms`).join(", "),
  });
  const slowest = await askAll(window, grid);
  const after = memoryOfAll(window);
  report({
    what: `slowest filter or order of the ${grid.name}, ${rows} (target 200 ms)`,
    ours: formatMs(slowest),
    peakMemoryBytes: after,
  });
  report({
    what: `memory of all processes after scrolling, filtering and sorting the ${grid.name}, ${rows}, to before`,
    ours: `${Math.round(after / 2 ** 20)} MiB`,
    bare: `${Math.round(before / 2 ** 20)} MiB`,
    ratio: after / before,
  });
  // What is kept has a bound: when all of it is done again, nothing more is kept.
  for (const zoom of [1, 1.5, 2]) await scroll(window, zoom);
  await askAll(window, grid);
  const again = memoryOfAll(window);
  report({
    what: `memory when all of that was done again on the ${grid.name}, ${rows}, to after the first time`,
    ours: `${Math.round(again / 2 ** 20)} MiB`,
    bare: `${Math.round(after / 2 ** 20)} MiB`,
    ratio: again / after,
  });
}

const folder = benchFolder();
try {
  const path = join(folder, "large.tickmark");
  copyFileSync(await makeLargeEngagement(size), path);
  const window = await startDriven(root, join(folder, "data"), [path]);
  await window.page.locator(".tile-figure").first().waitFor({ timeout: 120_000 });
  for (const grid of grids) await measure(window, grid);
  await window.electron.close();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
