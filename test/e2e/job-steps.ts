import { expect, type Page } from "@playwright/test";
import type { Application } from "./application.ts";

/* The steps of the main job, as a person does them in the window: by its buttons and fields. */

/** Notes from now on, over every page that is loaded, what is done against the content security policy. */
export async function watchPolicy(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.policyViolations = [];
    document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => {
      window.policyViolations.push(`${violatedDirective} ${blockedURI}`);
    });
  });
  await page.reload();
}

export async function expectNoViolation(page: Page): Promise<void> {
  expect(await page.evaluate(() => window.policyViolations)).toEqual([]);
}

/** Goes to a stage by the sidebar. */
export async function goTo(page: Page, stage: string): Promise<void> {
  await page.getByRole("navigation").getByRole("link", { name: stage }).click();
  await expect(page.getByRole("heading", { level: 1, name: stage })).toBeVisible();
}

/** Of many populations one is chosen from a list, of few from buttons beside each other. */
export async function choosePopulation(page: Page, population: string): Promise<void> {
  const list = page.getByRole("button", { name: /(Population|What is shown)$/ });
  const segment = page.getByRole("radio", { name: population, exact: true });
  await expect(list.or(segment)).toBeVisible();
  if (await segment.isVisible()) {
    await segment.click();
    return;
  }
  await list.click();
  await page.getByRole("option", { name: population, exact: true }).click();
}

/** Pulls every source, of which none was pulled before; on the sources' screen. */
export async function pullEverything(page: Page): Promise<void> {
  const never = page.getByText("Never pulled", { exact: true });
  await expect(never.first()).toBeVisible();
  const sources = await never.count();
  await page.getByRole("button", { name: "Pull what is missing" }).click();
  await expect(page.getByText(/^Pulled/)).toHaveCount(sources, { timeout: 60_000 });
  await expect(page.getByRole("button", { name: "Pull what is missing" })).toBeDisabled();
}

export async function freezePopulation(page: Page): Promise<void> {
  await goTo(page, "Population");
  await page.getByRole("button", { name: "Freeze the population" }).click();
  await expect(page.getByRole("grid", { name: "Changes" })).toBeVisible({ timeout: 60_000 });
}

/** Draws as many as the auditor thinks right; on the sample's screen. */
export async function drawByJudgement(page: Page, population: string, size: string): Promise<void> {
  await choosePopulation(page, population);
  await page.getByRole("radio", { name: "Own judgement" }).click();
  await page.getByRole("textbox", { name: "Sample size" }).fill(size);
  await page.getByRole("textbox", { name: "Seed" }).fill("20261001");
  await page.getByRole("textbox", { name: "Why this size" }).fill("Agreed with the audit lead.");
  await page.getByRole("button", { name: "Draw", exact: true }).click();
  await expectDrawn(page, population, size);
}

export async function expectDrawn(page: Page, population: string, size: string): Promise<void> {
  await expect(
    page.getByRole("heading", { name: new RegExp(`^${size} ${population.toLowerCase()} drawn`) }),
  ).toBeVisible();
}

export async function evaluate(page: Page): Promise<void> {
  await goTo(page, "Testing matrix");
  await page.getByRole("button", { name: "Evaluate", exact: true }).click();
  await expect(page.getByRole("grid", { name: "Testing matrix" })).toBeVisible({ timeout: 60_000 });
}

/** Makes a signing identity, exports with it and verifies what was exported; returns the verdict's heading. */
export async function exportAndVerify(application: Application, zipPath: string): Promise<string> {
  const { electron, page } = application;
  await goTo(page, "Export");
  await page.getByRole("textbox", { name: "Name" }).fill("Demo auditor");
  await page.getByRole("textbox", { name: "Organisation" }).fill("Demo audit");
  await page.getByRole("button", { name: "Make the identity" }).click();
  await expect(page.getByText("Fingerprint (SHA-256)")).toBeVisible();
  await answerSaveDialog(electron, zipPath);
  await page.getByRole("button", { name: "Export…" }).click();
  await expect(page.getByText("Exported and signed")).toBeVisible({ timeout: 60_000 });
  await page.getByRole("button", { name: "Verify it" }).click();
  const verdict = page.getByRole("status", { name: "Verdict" });
  await expect(verdict).toBeVisible({ timeout: 60_000 });
  return (await verdict.getByRole("heading").textContent()) ?? "";
}

/** Where the person would say that a file shall be kept. */
export async function answerSaveDialog(electron: Application["electron"], path: string): Promise<void> {
  await electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath });
  }, path);
}
