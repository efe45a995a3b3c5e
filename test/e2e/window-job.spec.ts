import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { root } from "../../build/install.mjs";
import { type Application, openTickmark, processIdsOf } from "./application.ts";
import {
  choosePopulation,
  drawByJudgement,
  evaluate,
  expectNoViolation,
  exportAndVerify,
  freezePopulation,
  goTo,
  pullEverything,
  watchPolicy,
} from "./job-steps.ts";

/* The main job in the real window, as a person does it: by its buttons and fields, from the start screen to the verdict. */

let application: Application;
let page: Page;

test.beforeAll(async () => {
  application = await openTickmark("project's Node");
  page = application.page;
  await watchPolicy(page);
});

test.afterAll(async () => {
  await application.close();
});

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

/** What no system can answer for is attested by a person, in a file beside the engagement. */
async function attest(): Promise<void> {
  await page.getByRole("button", { name: "Attest…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: /Control$/ }).click();
  await page.getByRole("option", { name: /^OPS-01/ }).click();
  await dialog.getByRole("textbox", { name: "For" }).fill("last week");
  await dialog.getByRole("checkbox", { name: "The week's production access logs were read" }).press("Space");
  await dialog.getByRole("textbox", { name: "Who attests" }).fill("demo-auditor");
  await dialog.getByRole("button", { name: "Attest", exact: true }).click();
  await expect(dialog.getByRole("alert")).toContainText("Give one as 2026-W06.");
  await dialog.getByRole("textbox", { name: "For" }).fill("2026-W06");
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  expect(violations).toEqual([]);
  await page.screenshot({ path: test.info().outputPath("attesting.png") });
  await dialog.getByRole("button", { name: "Attest", exact: true }).click();
  await expect(dialog.getByRole("status")).toContainText("OPS-01 is attested for 2026-W06; 1 point left open.");
  const file = join(application.folder, "user-data/demo/demo-1/attestations/attestations.yaml");
  expect(readFileSync(file, "utf8")).toContain("occurrence: 2026-W06");
  await page.keyboard.press("Escape");
}

/** What a reviewer does who was given the bundle: looks at it on the same screens, down to a raw record. */
async function browse(keep: (name: string) => Promise<unknown>): Promise<void> {
  await goTo(page, "Verify bundle");
  await page.getByRole("button", { name: "Browse the bundle" }).click();
  const notice = page.getByRole("region", { name: "Bundle, to look at" });
  await expect(notice).toContainText("Read-only: demo.zip. Verified.", { timeout: 60_000 });
  await keep("browsed-overview");
  for (const screen of ["Sources", "People", "Population", "Sample", "Exceptions", "Conclusions", "Catalog"]) {
    await goTo(page, screen);
    await expect(page.locator("main .state")).toHaveCount(0);
    await expect(page.locator("main .fault")).toHaveCount(0);
    await keep(`browsed-${screen.toLowerCase()}`);
  }
  await goTo(page, "Testing matrix");
  await page.getByRole("gridcell").first().click();
  const chain = page.getByRole("complementary", { name: "Evidence chain" });
  await chain
    .getByRole("button", { name: /^Open raw record/ })
    .first()
    .click();
  await expect(page.locator("pre")).not.toBeEmpty();
  await keep("browsed-record");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await notice.getByRole("button", { name: "Close the bundle" }).click();
  await expect(notice).toBeHidden();
}

test("the demo engagement goes from its sources to a verified bundle", async () => {
  test.setTimeout(180_000);
  const keep = (name: string) => page.screenshot({ path: test.info().outputPath(`${name}.png`) });

  await page.getByRole("button", { name: "Open the demo engagement" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText("Source added").first()).toBeVisible();
  await keep("overview");

  await goTo(page, "Sources");
  await page.getByRole("button", { name: "Test connection of github", exact: true }).click();
  await expect(page.getByText("can only read")).toBeVisible();
  await attest();
  await pullEverything(page);
  await keep("sources");

  await freezePopulation(page);
  await keep("population");
  await choosePopulation(page, "Reconciliation");
  await expect(page.getByText("Changes without a request")).toBeVisible();
  await keep("reconciliation");

  await goTo(page, "Sample");
  await drawByJudgement(page, "Changes", "25");
  await keep("sample");
  await page.getByRole("button", { name: "Copy: Command that draws it again" }).click();
  expect(await application.electron.evaluate(({ clipboard }) => clipboard.readText())).toMatch(/^while .*sha256sum/);
  await drawByJudgement(page, "Deployments", "10");
  await drawByJudgement(page, "Weeks", "6");

  await evaluate(page);
  await expect(page.getByText("25 sampled")).toBeVisible();
  await expect(page.getByRole("grid").getByRole("img", { name: "pass" }).first()).toBeVisible();
  await keep("testing");
  await choosePopulation(page, "Weeks");
  await expect(page.getByText("6 sampled")).toBeVisible();
  await expect(page.getByRole("columnheader", { name: /OPS-03/ })).toBeVisible();
  await page.getByRole("gridcell").first().focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "What the evidence says" })).toBeVisible();
  await keep("week");
  await page.keyboard.press("Escape");
  await choosePopulation(page, "Changes");

  // The engine dies: another is started, opens the engagement again, and nothing is lost.
  const [engine] = await processIdsOf(application, "engine");
  process.kill(engine ?? Number.NaN, "SIGKILL");
  await expect(page.getByText("was started again").first()).toBeVisible();
  await goTo(page, "Overview");
  await expect(page.getByText("Sample drawn")).toHaveCount(3);
  await goTo(page, "Testing matrix");

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

  const bundle = join(application.folder, "demo.zip");
  expect(await exportAndVerify(application, bundle)).toBe("Verified");
  expect(existsSync(bundle)).toBe(true);
  await keep("verify");

  await goTo(page, "Overview");
  await expect(page.getByText("Exported", { exact: true })).toBeVisible();
  await keep("overview-at-the-end");
  await browse(keep);
  await expectNoViolation(page);
});
