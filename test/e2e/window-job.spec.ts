import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { root } from "../../build/install.mjs";
import { type Application, openTickmark, processIdsOf } from "./application.ts";

/* The main job in the real window, as a person does it: by its buttons and fields, from the start screen to the verdict. */

let application: Application;
let page: Page;

test.beforeAll(async () => {
  application = await openTickmark("project's Node");
  page = application.page;
  await page.addInitScript(() => {
    window.policyViolations = [];
    document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => {
      window.policyViolations.push(`${violatedDirective} ${blockedURI}`);
    });
  });
  await page.reload();
});

test.afterAll(async () => {
  await application.close();
});

/** Goes to a stage by the sidebar. */
async function goTo(stage: string): Promise<void> {
  await page.getByRole("navigation").getByRole("link", { name: stage }).click();
  await expect(page.getByRole("heading", { level: 1, name: stage })).toBeVisible();
}

/** Of so many populations as the demo has, one is chosen from a list. */
async function choosePopulation(population: string): Promise<void> {
  await page.getByRole("button", { name: /(Population|What is shown)$/ }).click();
  await page.getByRole("option", { name: population, exact: true }).click();
}

async function drawSample(population: string, size: string): Promise<void> {
  await choosePopulation(population);
  await page.getByRole("radio", { name: "Own judgement" }).click();
  await page.getByRole("textbox", { name: "Sample size" }).fill(size);
  await page.getByRole("textbox", { name: "Seed" }).fill("20261001");
  await page.getByRole("textbox", { name: "Why this size" }).fill("Agreed with the audit lead.");
  await page.getByRole("button", { name: "Draw", exact: true }).click();
  await expect(
    page.getByRole("heading", { name: new RegExp(`^${size} ${population.toLowerCase()} drawn`) }),
  ).toBeVisible();
}

test("a file that was chosen in the page comes with its path", async () => {
  const bridge = await page.evaluateHandle(() => window.tickmark);
  const input = await page.evaluateHandle(() => {
    const made = Object.assign(document.createElement("input"), { type: "file" });
    document.body.append(made);
    return made;
  });
  const chosen = join(root, "package.json");
  await input.setInputFiles(chosen);
  expect(await page.evaluate(([asked, field]) => asked.pathForFile(field.files?.[0]), [bridge, input] as const)).toBe(
    chosen,
  );
  await input.evaluate((made) => made.remove());
});

test("the demo engagement goes from its sources to a verified bundle", async () => {
  test.setTimeout(180_000);
  const keep = (name: string) => page.screenshot({ path: test.info().outputPath(`${name}.png`) });

  await page.getByRole("button", { name: "Open the demo engagement" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText("Engagement created")).toBeVisible();
  await keep("overview");

  await goTo("Sources");
  await page.getByRole("button", { name: "Test connection of github" }).click();
  await expect(page.getByText("can only read")).toBeVisible();
  await page.getByRole("button", { name: "Pull what is missing" }).click();
  await expect(page.getByRole("button", { name: "Pull what is missing" })).toBeDisabled({ timeout: 60_000 });
  await expect(page.getByText(/^Pulled/)).toHaveCount(17);
  await keep("sources");

  await goTo("Population");
  await page.getByRole("button", { name: "Freeze the population" }).click();
  await expect(page.getByRole("grid", { name: "Changes" })).toBeVisible();
  await keep("population");
  await choosePopulation("Reconciliation");
  await expect(page.getByText("Changes without a request")).toBeVisible();
  await keep("reconciliation");

  await goTo("Sample");
  await drawSample("Changes", "25");
  await keep("sample");
  await page.getByRole("button", { name: "Copy: Command that draws it again" }).click();
  expect(await application.electron.evaluate(({ clipboard }) => clipboard.readText())).toMatch(/^while .*sha256sum/);
  await drawSample("Deployments", "10");
  await drawSample("Weeks", "6");

  await goTo("Testing matrix");
  await page.getByRole("button", { name: "Evaluate", exact: true }).click();
  await expect(page.getByRole("grid", { name: "Testing matrix" })).toBeVisible();
  await expect(page.getByText("25 sampled")).toBeVisible();
  await expect(page.getByRole("grid").getByRole("img", { name: "pass" }).first()).toBeVisible();
  await keep("testing");
  await choosePopulation("Weeks");
  await expect(page.getByText("6 sampled")).toBeVisible();
  await expect(page.getByRole("columnheader", { name: /OPS-03/ })).toBeVisible();
  await page.getByRole("gridcell").first().focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "What the evidence says" })).toBeVisible();
  await keep("week");
  await page.keyboard.press("Escape");
  await choosePopulation("Changes");

  // The engine dies: another is started, opens the engagement again, and nothing is lost.
  const [engine] = await processIdsOf(application, "engine");
  process.kill(engine ?? Number.NaN, "SIGKILL");
  await expect(page.getByText("was started again").first()).toBeVisible();
  await goTo("Overview");
  await expect(page.getByText("Sample drawn")).toHaveCount(3);
  await goTo("Testing matrix");

  await page.getByRole("radio", { name: "Deviations" }).click();
  await page.getByRole("gridcell").first().focus();
  await page.keyboard.press("Enter");
  const chain = page.getByRole("complementary", { name: "Evidence chain" });
  await expect(chain.getByRole("heading", { name: /Results and the values/ })).toBeVisible();
  for (const link of ["Ticket", "Commits", "Review", "Builds", "Deployment"]) {
    await expect(chain.getByRole("heading", { name: link, exact: true })).toBeVisible();
  }
  await keep("evidence");
  await chain
    .getByRole("button", { name: /^Open raw record/ })
    .first()
    .click();
  await expect(page.locator("pre")).not.toBeEmpty();
  await keep("raw-record");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await expect(chain).toBeHidden();

  await goTo("Export");
  await page.getByRole("textbox", { name: "Name" }).fill("Demo auditor");
  await page.getByRole("textbox", { name: "Organisation" }).fill("Demo audit");
  await page.getByRole("button", { name: "Make the identity" }).click();
  await expect(page.getByText("Fingerprint (SHA-256)")).toBeVisible();
  const bundle = join(application.folder, "demo.zip");
  await application.electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath });
  }, bundle);
  await page.getByRole("button", { name: "Export…" }).click();
  await expect(page.getByText("Exported and signed")).toBeVisible({ timeout: 60_000 });
  expect(existsSync(bundle)).toBe(true);
  await keep("export");

  await page.getByRole("button", { name: "Verify it" }).click();
  const verdict = page.getByRole("status", { name: "Verdict" });
  await expect(verdict).toBeVisible({ timeout: 60_000 });
  await keep("verify");
  await expect(verdict.getByRole("heading")).toHaveText("Verified");

  await goTo("Overview");
  await expect(page.getByText("Exported", { exact: true })).toBeVisible();
  await keep("overview-at-the-end");
  expect(await page.evaluate(() => window.policyViolations)).toEqual([]);
});
