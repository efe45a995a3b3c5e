import { execFileSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { projectNode, root } from "../../build/install.mjs";
import type { VerificationReport } from "../../shared/model/verification-report.ts";
import { absenceMark, findRecorded } from "../recorded-folder.ts";
import { type Application, openTickmark } from "./application.ts";
import { dragIn } from "./file-drop.ts";
import {
  answerSaveDialog,
  choosePopulation,
  evaluate,
  expectDrawn,
  expectNoViolation,
  exportAndVerify,
  freezePopulation,
  goTo,
  pullEverything,
  watchPolicy,
} from "./job-steps.ts";

/*
 * The main job in the real window on the records of a real project, from the empty start screen on. The figures are those
 * that are known of the records (docs/recorded-projects.md). No picture is taken: the records name people.
 */

const govuk = findRecorded("govuk");
const name = "an auditor takes a real project from an empty start screen to a bundle that the command line verifies";

if (govuk.isPresent) test(name, () => doTheJob(govuk.path));
else test.skip(`${name} ${absenceMark}`, () => undefined);

async function doTheJob(records: string): Promise<void> {
  test.setTimeout(180_000);
  const application = await openTickmark("project's Node");
  const { page } = application;
  try {
    await watchPolicy(page);
    await createEngagement(application);
    await addSources(application, records);
    await pullEverything(page);
    await freezePopulation(page);
    await expectReconciliation(page);
    await decideAboutPeople(page);
    await drawSamples(page);
    await evaluate(page);
    await expect(page.getByText("25 sampled")).toBeVisible();
    await expectConclusions(page);
    const zipPath = join(application.folder, "bundle.zip");
    expect(await exportAndVerify(application, zipPath)).toBe("Verified");
    expectVerifiedElsewhere(zipPath);
    await expectNoViolation(page);
  } finally {
    await application.close();
  }
}

async function createEngagement({ page, electron, folder }: Application): Promise<void> {
  const path = join(folder, "publisher.tickmark");
  await answerSaveDialog(electron, path);
  for (const [field, value] of [
    ["Name", "Publisher, first half-year"],
    ["Entity", "A publisher"],
    ["First day", "2025-01-01"],
    ["Last day", "2025-06-30"],
    ["Time zone", "Europe/London"],
    ["Auditor", "Test"],
  ] as const) {
    await page
      .getByRole("textbox", { name: field })
      .or(page.getByRole("combobox", { name: field }))
      .fill(value);
  }
  await page.getByRole("button", { name: "Create…" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
  expect(existsSync(path)).toBe(true);
}

/** Two by their forms, one by dropping what the entity handed over. */
async function addSources(application: Application, records: string): Promise<void> {
  const { page, folder } = application;
  await goTo(page, "Sources");
  await addByForm(page, "git repository", {
    "Short name": "git",
    "Repository": "publisher",
    "Location": join(records, "specialist-publisher.git.tar"),
  });
  await addByForm(page, "Deployment log", {
    "Short name": "deployments",
    "Repository": "publisher",
    "File or folder": join(records, "deployments.jsonl.gz"),
    "Field with the revision": "newImageTag",
    "Field with the revision before (optional)": "oldImageTag",
    "Field with the time": "mergeDate",
    "Field with the account (optional)": "author",
    "Field with the id (optional)": "commit",
    "Field with the service (optional)": "app",
    "Accounts that only the pipeline uses (optional)": "govuk-ci",
  });
  const minutes = join(folder, "change-board-minutes.md");
  writeFileSync(minutes, "# Change board\n\nMet on 7 January 2025. <script>document.title = 'ran'</script>\n");
  const dragged = await dragIn(application, [minutes]);
  await expect(page.getByText("Drop handed-over files to add them as a source")).toBeVisible();
  await dragged.drop();
  const dialog = page.getByRole("dialog", { name: "Add handed-over files" });
  await dialog.getByRole("button", { name: /What they are/ }).click();
  await page.getByRole("option", { name: /attachment\.document/ }).click();
  await expect(dialog).toContainText("because the auditor said so");
  await dialog.getByRole("button", { name: "Add as a source" }).click();
  await expect(dialog).toBeHidden();
}

async function addByForm(page: Page, kind: string, fields: Readonly<Record<string, string>>): Promise<void> {
  await page.getByRole("button", { name: "Add a source" }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: /Kind of source/ }).click();
  await page.getByRole("option", { name: kind, exact: true }).click();
  for (const [field, value] of Object.entries(fields)) {
    await dialog.getByRole("textbox", { name: field, exact: true }).fill(value);
  }
  await dialog.getByRole("button", { name: "Add the source" }).click();
  await expect(dialog).toBeHidden();
}

async function expectReconciliation(page: Page): Promise<void> {
  await choosePopulation(page, "Reconciliation");
  await expectFigures(page, "Changes (git)", { "In all": "276", "Merges": "276" });
  await expectFigures(page, "Deployments", {
    "In all": "201",
    "Of a merge on the release branch": "194",
    "Named by a tag": "194",
    "Named by a commit": "7",
  });
  for (const orphans of [/^Rollbacks\s*1$/, /^Revision in no branch or tag\s*4$/]) {
    await expect(page.locator("summary").filter({ hasText: orphans })).toBeVisible();
  }
  // Tickets were not pulled: their absence is not known, which is not none.
  await expectFigures(page, "Tickets", { "In all": "not known" });
}

async function expectFigures(page: Page, card: string, figures: Readonly<Record<string, string>>): Promise<void> {
  const side = page.locator("section.card").filter({ has: page.getByRole("heading", { name: card, exact: true }) });
  for (const [label, value] of Object.entries(figures)) {
    await expect(side.locator(".figures > div").filter({ hasText: label })).toContainText(value);
  }
}

/** Nobody handed over a list of people: all but the account of the pipeline is unknown until the auditor says otherwise. */
async function decideAboutPeople(page: Page): Promise<void> {
  await goTo(page, "People");
  await expect(page.getByText("nobody vouches for the roles")).toBeVisible();
  await page
    .getByRole("button", { name: /^Join .* to a person$/ })
    .first()
    .click();
  const dialog = page.getByRole("dialog");
  const same = dialog.getByRole("combobox", { name: "Same person as" });
  // What is offered is made when somebody comes to the field.
  await same.focus();
  const offered = await dialog.locator("option").first().getAttribute("value");
  await same.fill(offered ?? "");
  await dialog.getByRole("textbox", { name: "Reason" }).fill("The entity confirmed it in writing.");
  await dialog.getByRole("button", { name: "Record" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText(/^1 decision made since the populations were frozen/)).toBeVisible();
}

/** A planned sample of changes; deployments are few enough to test all. */
async function drawSamples(page: Page): Promise<void> {
  await goTo(page, "Sample");
  await choosePopulation(page, "Changes");
  await page.getByRole("textbox", { name: "Tolerable rate (%)" }).fill("11");
  await expect(page.getByText("25 items", { exact: true })).toBeVisible();
  await page.getByRole("textbox", { name: "Seed" }).fill("20260701");
  await page.getByRole("button", { name: "Draw", exact: true }).click();
  await expectDrawn(page, "Changes", "25");
  await choosePopulation(page, "Deployments");
  await page.getByRole("button", { name: /^By rank from a seed/ }).click();
  await page.getByRole("option", { name: "Everything" }).click();
  await page.getByRole("textbox", { name: "Why this size" }).fill("Few enough to test all.");
  await page.getByRole("button", { name: "Draw", exact: true }).click();
  await expectDrawn(page, "Deployments", "201");
}

/** No reviews were handed over: the sample has no evidence on them, and no item passes. */
async function expectConclusions(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Results by control" }).click();
  await expectRow(page, "Results by control", "REV-01", ["25", "0", "0", "25", "0", "25"]);
  await choosePopulation(page, "Deployments");
  await expect(page.getByText("201 sampled")).toBeVisible();
  await page.getByRole("button", { name: "Results by control" }).click();
  await expectRow(page, "Results by control", "DEP-01", ["201", "194", "3", "4", "0", "7"]);
  await goTo(page, "Conclusions");
  await expectRow(page, "Rates against what is tolerable", "DEP-01", ["201", "7"]);
}

/** The row of a control in a table, by its figures from the left. */
async function expectRow(page: Page, table: string, control: string, figures: readonly string[]): Promise<void> {
  const row = page.getByRole("region", { name: table }).getByRole("row").filter({ hasText: control });
  const shown = async () => (await row.locator("td.number").allTextContents()).slice(0, figures.length);
  await expect.poll(shown).toEqual(figures);
}

/** The command line on the same machine trusts nobody: what is consistent is not yet verified. */
function expectVerifiedElsewhere(zipPath: string): void {
  const cli = [join(root, "electron/cli/index.ts"), "verify", zipPath, "--json"];
  const report = JSON.parse(execFileSync(projectNode, cli, { encoding: "utf8" })) as VerificationReport;
  expect(report.checks.filter(({ outcome }) => outcome === "failed")).toEqual([]);
  expect(report.verdict).toBe("verified-signer-unknown");
}
