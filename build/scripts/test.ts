/**
 * `npm test`: prepares the machine, then runs every test: units and integration under vitest, the window under
 * Playwright. `npm test -- FILTER` runs the files whose path contains FILTER and nothing else; the window's are in
 * test/e2e, and a FILTER that names this folder runs those: `npm test -- e2e/whole-job`.
 * The last line says how many passed, failed and were skipped.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundleApplication } from "../prepare/bundle.ts";
import { runNode } from "../prepare/child.ts";
import { needsOfTests, needsOfWindowTests, prepareSystem } from "../prepare/debian.ts";
import { environmentFor, prepareElectron } from "../prepare/electron.ts";
import { runPlaywright } from "../prepare/playwright.ts";
import { runScript, say } from "../prepare/say.ts";
import { readPlaywrightReport } from "../reports/playwright-report.ts";
import { addTallies, emptyTally, judgeTally, type Tally } from "../reports/tally.ts";
import { readVitestReport } from "../reports/vitest-report.ts";

/** A folder of this run's own: two runs at once must not read each other's reports. */
const reports = mkdtempSync(join(tmpdir(), "tickmark-test-reports-"));
process.on("exit", () => rmSync(reports, { recursive: true, force: true }));
const vitestReport = join(reports, "vitest.json");
const playwrightReport = join(reports, "e2e.json");

runScript(async () => {
  const filters = process.argv.slice(2);
  const tally = filters.length > 0 ? await testSubset(filters) : await testEverything();
  for (const skip of tally.skipped) {
    say(`skipped: ${skip.name}`);
  }
  // Again at the end, where a log that is cut to its last lines still has them.
  for (const { name, message } of tally.failed) {
    say(`failed: ${name}\n${firstLines(message)}`);
  }
  const verdict = judgeTally(tally, process.env.CI === "true");
  for (const reason of verdict.reasons) {
    say(reason);
  }
  process.stdout.write(`${tally.passed} passed, ${tally.failed.length} failed, ${tally.skipped.length} skipped\n`);
  return verdict.isGood ? 0 : 1;
});

/** Enough for the seed of a property, both values and the place; a page of difference stands above. */
function firstLines(message: string): string {
  const lines = message.split("\n");
  const shown = lines.slice(0, 30).map((line) => (line.length > 400 ? `${line.slice(0, 400)} …` : line));
  return [...shown, ...(lines.length > shown.length ? [`… ${lines.length - shown.length} more lines above`] : [])].join(
    "\n",
  );
}

async function testSubset(filters: readonly string[]): Promise<Tally> {
  const [windows, units] = [filters.filter(isOfWindow), filters.filter((filter) => !isOfWindow(filter))];
  let tally = emptyTally;
  if (units.length > 0) {
    await prepareSystem(needsOfTests);
    tally = addTallies(tally, await runVitest(units));
  }
  return windows.length > 0 ? addTallies(tally, await testWindow(windows)) : tally;
}

function isOfWindow(filter: string): boolean {
  return filter.includes("e2e");
}

async function testEverything(): Promise<Tally> {
  await prepareSystem(needsOfWindowTests);
  const units = await runVitest([]);
  return addTallies(units, await testWindow([]));
}

async function testWindow(filters: readonly string[]): Promise<Tally> {
  await prepareSystem(needsOfWindowTests);
  const electron = await prepareElectron();
  await bundleApplication();
  say(`testing the window on Electron ${electron.version}`);
  return testInWindow(filters, environmentFor(electron));
}

async function runVitest(filters: readonly string[]): Promise<Tally> {
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${vitestReport}`];
  const args = ["run", "-c", "build/vitest.config.ts", ...reporters, ...filters];
  const status = await runNode("node_modules/vitest/vitest.mjs", args);
  return readVitestReport(vitestReport, status);
}

async function testInWindow(filters: readonly string[], env: Record<string, string | undefined>): Promise<Tally> {
  const status = await runPlaywright(filters, { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: playwrightReport });
  return readPlaywrightReport(playwrightReport, status);
}
