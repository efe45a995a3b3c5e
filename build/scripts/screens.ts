/**
 * `npm run screens`: pictures of every screen in both themes, on the demo engagement, for docs/screens. Run `npm run demo`
 * before it; look at them before they are committed.
 */
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { _electron, type Page } from "@playwright/test";
import { projectNode, root } from "../install.mjs";
import { bundleApplication } from "../prepare/bundle.ts";
import { run } from "../prepare/child.ts";
import { needsOfWindowTests, prepareSystem } from "../prepare/debian.ts";
import { environmentFor, prepareElectron } from "../prepare/electron.ts";
import { runScript, say } from "../prepare/say.ts";

const demoOutput = join(root, "demo-output");
/** The pictures show paths: of a place that says nothing of where the project lies. */
const shownFolder = join(tmpdir(), "northwind");
const demo = join(shownFolder, "demo.tickmark");
const bundle = join(shownFolder, "demo.zip");
const target = join(root, "docs/screens");

type Act = (page: Page) => Promise<unknown>;

/** Name of the picture → screen, and what is done there first. */
const screens: readonly (readonly [name: string, screen: string, act?: Act])[] = [
  ["overview", "overview"],
  ["sources", "sources"],
  ["people", "people"],
  ["population", "population"],
  ["reconciliation", "population?view=reconciliation"],
  ["sample", "sample"],
  ["testing", "testing"],
  ["evidence", "testing", openFirstFailure],
  ["exceptions", "exceptions"],
  ["conclusions", "conclusions"],
  ["catalog", "catalog"],
  ["export", "export"],
  ["settings", "settings"],
  ["verify", "verify", (page) => page.getByRole("status", { name: "Verdict" }).waitFor({ timeout: 60_000 })],
];

runScript(async () => {
  if (!existsSync(join(demoOutput, "demo.zip"))) {
    say("there is no demo engagement yet: run `npm run demo` first");
    return 1;
  }
  if (process.platform === "linux" && process.env.DISPLAY === undefined) {
    await prepareSystem(needsOfWindowTests);
    const again = [projectNode, join(root, "build/scripts/screens.ts")];
    return run("xvfb-run", ["-a", "-s", "-screen 0 1680x1050x24", ...again]);
  }
  const electron = await prepareElectron();
  await bundleApplication();
  // Playwright looks for Electron where this process's own environment says.
  Object.assign(process.env, environmentFor(electron));
  await takePictures();
  return 0;
});

async function takePictures(): Promise<void> {
  for (const folder of [target, shownFolder]) mkdirSync(folder, { recursive: true });
  for (const name of ["demo.tickmark", "demo.zip"]) copyFileSync(join(demoOutput, name), join(shownFolder, name));
  const folder = mkdtempSync(join(tmpdir(), "tickmark-screens-"));
  const electron = await _electron.launch({
    args: [root, `--user-data-dir=${folder}`, demo],
    env: process.env as Record<string, string>,
  });
  try {
    const page = await electron.firstWindow();
    await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1360, 860));
    await page.getByRole("heading", { level: 1, name: "Overview" }).waitFor({ timeout: 60_000 });
    for (const [name, screen, act] of screens) {
      if (name === "verify") await askToVerify(electron);
      else await page.evaluate((hash) => globalThis.location.assign(`#/${hash}`), screen);
      await page.locator(".page").waitFor();
      await page.waitForTimeout(700);
      await act?.(page);
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        await page.waitForTimeout(200);
        await page.screenshot({ path: join(target, `${name}-${colorScheme}.png`) });
      }
      say(`${name}: taken`);
    }
  } finally {
    await electron.close();
    for (const made of [folder, shownFolder]) rmSync(made, { recursive: true, force: true });
  }
}

async function openFirstFailure(page: Page): Promise<void> {
  await page
    .getByRole("row")
    .filter({ has: page.getByRole("img", { name: "fail", exact: true }) })
    .filter({ hasNot: page.getByRole("img", { name: "no evidence", exact: true }) })
    .first()
    .getByRole("gridcell", { name: /^C\.\d+$/ })
    .click();
  await page.getByRole("heading", { name: /Results and the values/ }).waitFor();
}

/** As a person who opens a bundle from the desktop. */
function askToVerify(electron: Awaited<ReturnType<typeof _electron.launch>>): Promise<void> {
  return electron.evaluate(({ app }, path) => void app.emit("second-instance", {}, ["tickmark", path], "/"), bundle);
}
