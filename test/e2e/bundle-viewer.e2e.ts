import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { _electron, type ElectronApplication, expect, type Page, test } from "@playwright/test";
import { viewerPage } from "../../electron/export/viewer/viewer-page.ts";
import { hostileContent } from "../electron/export/report/hostile-content.ts";
import { sha256Of } from "../electron/export/report/sha256-of.ts";

/** A program that opens one file in a window and does nothing else, as a browser would. */
const browser = `
const { app, BrowserWindow } = require("electron");
app.whenReady().then(() => new BrowserWindow({ width: 1280, height: 860 }).loadFile(process.env.BUNDLE_PAGE));
`;

const raw = '{"title":"</pre><script>document.title = \\"ran\\"</script>","name":"a\u202eb"}';
const content = hostileContent();
const [change] = content.items.change;
if (!change) throw new Error("no change");
const evidence = { evidence: sha256Of(raw), place: "/title", as: "request" as const };

let folder: string;
let electron: ElectronApplication;
let page: Page;
const requests: string[] = [];

/** An unpacked bundle, as far as the page looks at it. */
function writeBundle(): string {
  const bundle = join(folder, "bundle");
  mkdirSync(join(bundle, "evidence"), { recursive: true });
  const changes = [
    { ...change, evidence: [evidence] },
    ...content.items.change.slice(1),
  ] as typeof content.items.change;
  const files = {
    "index.html": [...viewerPage({ ...content, items: { ...content.items, change: changes } })].join(""),
    "report.pdf": "%PDF-1.7\n",
    [`evidence/${evidence.evidence}`]: raw,
  };
  const listed = Object.entries(files).map(([path, text]) => {
    return { path, size: Buffer.byteLength(text), sha256: createHash("sha256").update(text).digest("hex") };
  });
  for (const [path, text] of Object.entries(files)) writeFileSync(join(bundle, path), text);
  writeFileSync(join(bundle, "manifest.json"), JSON.stringify({ files: listed }));
  return bundle;
}

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "tickmark-viewer-"));
  const bundle = writeBundle();
  const program = join(folder, "browser");
  mkdirSync(program);
  writeFileSync(join(program, "package.json"), JSON.stringify({ name: "browser", main: "main.cjs" }));
  writeFileSync(join(program, "main.cjs"), browser);
  electron = await _electron.launch({
    args: [program, `--user-data-dir=${join(folder, "user-data")}`],
    env: { ...(process.env as Record<string, string>), BUNDLE_PAGE: join(bundle, "index.html") },
  });
  page = await electron.firstWindow();
  page.on("request", (request) => requests.push(request.url()));
  await page.addInitScript(() => {
    window.policyViolations = [];
    document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => {
      window.policyViolations.push(`${violatedDirective} ${blockedURI}`);
    });
  });
  await page.reload();
});

test.afterAll(async () => {
  await electron.close();
  rmSync(folder, { recursive: true, force: true });
});

async function open(route: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, `#/${route}`);
}

test("the page opens from disk, asks for nothing else, and stays within its policy", async () => {
  await expect(page.getByRole("heading", { level: 1 })).toHaveText('Smith & <b>Sons</b> "GmbH" ]]> ‹U+202E›gnp.exe');
  await expect(
    page.getByText("Whether it was altered is told only by the signature check in VERIFY.md."),
  ).toBeVisible();
  for (const route of [
    "matrix/change",
    "matrix/deployment",
    "item/C.1",
    "controls",
    "population",
    "search",
    "verify",
  ]) {
    await open(route);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  }
  expect(requests.filter((url) => !/^file:.*\/index\.html/.test(url))).toEqual([]);
  expect(await page.evaluate(() => window.policyViolations)).toEqual([]);
});

test("everything is searched at once, and what is found leads to its place", async () => {
  await open("search");
  await page.getByRole("searchbox").fill("c.3");
  await expect(page.getByRole("status")).toContainText("found");
  await page.locator("ul.found a").first().press("Enter");
  await expect(page).toHaveURL(/#\/item\/C\.3$/);
});

test("markup in the evidence is shown as text and does not run", async () => {
  await open("item/C.5");
  await expect(page.getByRole("heading", { level: 1 })).toContainText(
    "</script><!--<script>document.title='ran'</script>",
  );
  expect(await page.title()).not.toBe("ran");
  expect(await page.locator("main img, main script, main iframe").count()).toBe(0);
});

test("hidden characters are shown by their numbers", async () => {
  await open("item/C.2");
  await expect(page.getByRole("heading", { level: 1 })).toContainText(
    "abc‹U+202E›def‹U+202C› ‹U+200B›zero‹U+0000›width",
  );
});

test("the matrix is filtered and searched, and leads to an item with its reasons and values", async () => {
  await open("matrix/change");
  const rows = page.locator("table.matrix tbody tr");
  await expect(rows).toHaveCount(6);
  await page.getByRole("searchbox").fill("c.3");
  await expect(rows).toHaveCount(1);
  await page.getByRole("searchbox").fill("");
  await page.getByLabel("Outcome").selectOption("fail");
  await page.getByLabel("Control").selectOption("REV-01");
  const failed = content.matrices[0]?.rows.filter(({ outcomes }) => outcomes["REV-01"] === "fail") ?? [];
  await expect(rows).toHaveCount(failed.length);
  await rows.first().getByRole("link").click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(failed[0]?.ref ?? "");
  await expect(page.getByRole("row", { name: /REV-01/ })).toContainText("fail");
  await expect(page.getByRole("row", { name: /REV-01/ })).toContainText("change.");
});

test("the chosen folder is compared with its manifest, and a changed file is named", async () => {
  await open("verify");
  const chooser = page.getByLabel("Folder of the unpacked bundle");
  await chooser.setInputFiles(join(folder, "bundle"));
  await expect(page.getByText("Every file is the one that the manifest names, and there is no other.")).toBeVisible();
  const report = join(folder, "bundle", "report.pdf");
  const before = readFileSync(report);
  writeFileSync(report, "%PDF-1.6\n");
  await open("summary");
  await open("verify");
  await chooser.setInputFiles(join(folder, "bundle"));
  await expect(page.getByText("report.pdf is not the file that the manifest names.")).toBeVisible();
  writeFileSync(report, before);
});

test("a raw record of the chosen folder is shown as text", async () => {
  await open("summary");
  await open("verify");
  await page.getByLabel("Folder of the unpacked bundle").setInputFiles(join(folder, "bundle"));
  await expect(page.getByText("Every file is the one that the manifest names")).toBeVisible();
  await open("item/C.1");
  const link = page.getByRole("link", { name: /^evidence\// });
  await expect(link).toHaveAttribute("href", `evidence/${evidence.evidence}`);
  await link.click();
  await expect(page.locator("pre.raw")).toContainText('"title":"</pre><script>');
  await expect(page.locator("pre.raw")).toContainText("a‹U+202E›b");
  expect(await page.title()).not.toBe("ran");
});
