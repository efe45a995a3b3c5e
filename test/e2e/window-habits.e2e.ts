import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { type Application, openTickmark } from "./application.ts";

/* What a person expects of a program on the desktop, in the real window. */

let application: Application;

test.beforeAll(async () => {
  application = await openTickmark("project's Node");
});

test.afterAll(async () => {
  await application.close();
});

/** Answers the program's own questions in the person's place: 0 is the first button. */
async function answerQuestions(response: number): Promise<void> {
  await application.electron.evaluate(({ dialog }, answer) => {
    const asked: string[] = [];
    Reflect.set(globalThis, "asked", asked);
    dialog.showMessageBox = ((_window: unknown, { message }: { message: string }) => {
      asked.push(message);
      return Promise.resolve({ response: answer, checkboxChecked: false });
    }) as never;
  }, response);
}

function questions(): Promise<string[]> {
  return application.electron.evaluate(() => Reflect.get(globalThis, "asked") as string[]);
}

function closeWindow(): Promise<void> {
  return application.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
}

function countWindows(): Promise<number> {
  return application.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
}

test("the menu leads to anything on the screen, and to the tour", async () => {
  const { electron, page } = application;
  const choose = (label: string) =>
    electron.evaluate(({ Menu }, wanted) => {
      const items = Menu.getApplicationMenu()?.items.flatMap((item) => item.submenu?.items ?? []) ?? [];
      items.find((item) => item.label.replace("&", "") === wanted)?.click();
    }, label);
  await choose("Go to Anything…");
  await page.getByRole("searchbox", { name: "Go to anything" }).fill("settings");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Settings" })).toBeVisible();
  await choose("Guided Tour");
  await expect(page.getByText("Guided tour, 1 of ")).toBeVisible();
  await page.getByRole("button", { name: "End the tour" }).click();
});

test("the window does not close over work that runs before it has asked, and a person who stays loses nothing", async () => {
  const { page, folder } = application;
  await answerQuestions(0);
  const making = await page.evaluateHandle(
    async (path) => {
      const made = window.tickmark.call("engagement.create-demo", { folder: path });
      // Calls are taken up in their order: when this one is answered, the work has begun.
      await window.tickmark.call("settings.show", {});
      return { made };
    },
    join(folder, "demo"),
  );
  await closeWindow();
  expect(await questions()).toContain("Making the demo engagement is still running.");
  expect(await countWindows()).toBe(1);
  expect(await making.evaluate(async ({ made }) => (await made).ok)).toBe(true);
});

test("an engagement that was open is found again on the start screen", async () => {
  const { page } = application;
  await page.evaluate(() => window.location.assign("#/start"));
  await page.reload();
  await expect(page.getByRole("button", { name: /^Demo: change management/ })).toBeVisible();
});

test("the window asks before it closes over an edited copy of the catalog, and a person who stays goes on editing", async () => {
  const { page, electron, folder } = application;
  await page.evaluate(() => window.location.assign("#/catalog"));
  await page.getByRole("button", { name: "Edit a copy" }).click();
  const text = page.getByRole("textbox", { name: /^Text of the copy/ });
  await text.click();
  await page.keyboard.press("Control+Home");
  await page.keyboard.type("[");
  await answerQuestions(0);
  await closeWindow();
  await expect.poll(questions).toEqual(["The edited copy of the catalog is not saved."]);
  expect(await countWindows()).toBe(1);
  await expect(page.getByText(/^Line \d+, column \d+/).first()).toBeVisible();
  await text.press("Backspace");
  await page.keyboard.press("Control+Home");
  await page.keyboard.type("# ours\n");
  await page.getByText("No mistakes: every rule has the right types.").waitFor();
  const path = join(folder, "ours.yaml");
  await electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = (() => Promise.resolve({ canceled: false, filePath })) as never;
  }, path);
  await page.getByRole("button", { name: "Save the copy…" }).click();
  await expect(page.getByText(`Saved as ${path}.`)).toBeVisible();
  expect(readFileSync(path, "utf8")).toMatch(/^# ours\n/);
  // What is longer than a request may be is refused in words, and stays in the window.
  await text.fill(`# ${"long ".repeat(110_000)}`);
  await expect(page.getByRole("alert")).toContainText("The request to catalog.check is too long");
  await page.getByRole("button", { name: "Throw away…" }).click();
  await page.getByRole("button", { name: "Throw it away" }).click();
});

test("edits that were not saved and a form that was not recorded are offered again when the page crashed, which is opened again", async () => {
  const { page, electron } = application;
  await answerQuestions(0);
  await page.evaluate(() => window.location.assign("#/sources"));
  await page.getByRole("button", { name: "Attest…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("checkbox").first().press("Space");
  await dialog.getByRole("textbox", { name: "Remark" }).fill("Seen on paper.");
  await page.keyboard.press("Escape");
  await page.evaluate(() => window.location.assign("#/catalog"));
  await page.getByRole("button", { name: "Edit a copy" }).click();
  await page.getByRole("textbox", { name: /^Text of the copy/ }).click();
  await page.keyboard.press("Control+Home");
  await page.keyboard.type("# not saved\n");
  const kept = () =>
    page.evaluate(async () => {
      const answer = await window.tickmark.call("draft.read", { place: "catalog" });
      return answer.ok ? (answer.value?.text ?? "") : "";
    });
  await expect.poll(kept).toContain("# not saved");
  // Nothing can be asked of a page that crashed through its old connection, so that main is asked to look at the new one.
  const inPage = <T>(code: string): Promise<T> =>
    electron.evaluate(
      ({ BrowserWindow }, script) =>
        BrowserWindow.getAllWindows()[0]
          ?.webContents.executeJavaScript(script)
          .catch(() => null),
      code,
    ) as Promise<T>;
  const press = (name: string) =>
    inPage(`[...document.querySelectorAll("button")].find(({ textContent }) => textContent === "${name}")?.click()`);
  const shown = () => inPage<string | null>(`location.hash = "#/catalog"; document.body.innerText`);
  await electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
  );
  await expect.poll(questions).toEqual(["The page ended unexpectedly, and was opened again."]);
  await expect.poll(shown, { timeout: 20_000 }).toContain("You have edits that were not saved, from");
  await press("Take up");
  const text = () => inPage<string | null>(`document.querySelector("textarea")?.value.slice(0, 20) ?? null`);
  await expect.poll(text).toMatch(/^# not saved\n/);
  await press("Throw away…");
  await expect.poll(shown).toContain("Throw it away");
  await press("Throw it away");
  await expect.poll(shown).toContain("Edit a copy");
  const ticks = () =>
    inPage<boolean[]>(
      `[...document.querySelectorAll("[role=dialog] input[type=checkbox]")].map(({ checked }) => checked)`,
    );
  const remark = () => inPage<string | null>(`document.querySelector("[role=dialog] textarea")?.value ?? null`);
  const dialogText = () => inPage<string | null>(`document.querySelector("[role=dialog]")?.innerText ?? null`);
  await inPage(`location.hash = "#/sources"`);
  await expect.poll(() => inPage("document.body.innerText")).toContain("Attest…");
  await press("Attest…");
  await expect.poll(dialogText).toContain("What was entered here");
  expect([await remark(), (await ticks()).includes(true)]).toEqual(["", false]);
  await press("Take up");
  await expect.poll(remark).toBe("Seen on paper.");
  expect((await ticks()).indexOf(true)).toBe(0);
});

test("without work that runs the window closes at once", async () => {
  await answerQuestions(0);
  const closed = application.electron.waitForEvent("close");
  await closeWindow();
  await closed;
});
