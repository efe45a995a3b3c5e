import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { root } from "../../build/install.mjs";
import { type Application, openTickmark, reloadAndCollectViolations } from "./application.ts";

let application: Application;

test.beforeAll(async () => {
  application = await openTickmark("project's Node");
});

test.afterAll(async () => {
  await application.close();
});

test("the page comes from the application itself and does nothing against the content security policy", async () => {
  const { page } = application;
  expect(page.url()).toMatch(/^app:\/\/tickmark\//);
  expect(await reloadAndCollectViolations(page)).toEqual([]);
});

test("the content security policy stops inline script, foreign script and foreign connections", async () => {
  const { page } = application;
  await reloadAndCollectViolations(page);
  const outcome = await page.evaluate(async () => {
    const inline = document.createElement("script");
    inline.textContent = "document.title = 'inline ran'";
    document.head.append(inline);
    const fetched = await fetch("https://example.com/").then(
      () => "fetched",
      () => "refused",
    );
    return { title: document.title, fetched };
  });
  expect(outcome.title).not.toBe("inline ran");
  expect(outcome.fetched).toBe("refused");
  // The page is told of a violation some time after it.
  const violations = (): Promise<string> => page.evaluate(() => window.policyViolations.join("\n"));
  await expect.poll(violations).toMatch(/script-src/);
  await expect.poll(violations).toMatch(/connect-src https:\/\/example\.com/);
});

test("the page has no Node and no Electron, only the bridge", async () => {
  const names = await application.page.evaluate(() => ({
    require: typeof Reflect.get(globalThis, "require"),
    process: typeof Reflect.get(globalThis, "process"),
    bridge: Object.keys(window.tickmark).sort(),
  }));
  expect(names).toEqual({ require: "undefined", process: "undefined", bridge: ["call", "on", "pathForFile"] });
});

test("the page can read no file outside of the application's own folder", async () => {
  const addresses = [
    "app://tickmark/../main/index.js",
    "app://tickmark/%2e%2e/main/index.js",
    "app://tickmark/..%2fmain%2findex.js",
    "app://tickmark/..%5cmain%5cindex.js",
    "app://tickmark/%00",
    "app://tickmark/assets",
    "app://other/index.html",
    `file://${join(root, "package.json")}`,
  ];
  const outcomes = await application.page.evaluate(
    (all) =>
      Promise.all(
        all.map((address) =>
          fetch(address).then(
            ({ status }) => status,
            () => "refused",
          ),
        ),
      ),
    addresses,
  );
  expect(outcomes).toEqual([404, 404, 404, 404, 404, 404, "refused", "refused"]);
});

test("a window cannot be sent elsewhere, opens no other window and is granted no permission", async () => {
  const { page, electron } = application;
  const before = page.url();
  await electron.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    const prevented = new Promise((resolve) => {
      window?.webContents.once("will-frame-navigate", (event) => resolve(event.defaultPrevented));
    });
    Object.assign(globalThis, { prevented });
  });
  const opened = await page.evaluate(() => {
    location.href = "https://example.com/";
    return [window.open("https://example.com/"), window.open("app://tickmark/")].some((other) => other !== null);
  });
  expect(opened).toBe(false);
  expect(await electron.evaluate(() => Reflect.get(globalThis, "prevented"))).toBe(true);
  expect(page.url()).toBe(before);
  expect(electron.windows()).toHaveLength(1);
  const permission = await page.evaluate(() => Notification.requestPermission());
  expect(permission).toBe("denied");
});

test("a call from another window is refused, even when it shows the application's own page", async () => {
  const faults = await application.electron.evaluate(
    async ({ BrowserWindow }, preload) => {
      const addresses = ["app://tickmark/", "data:text/html,<title>foreign</title>"];
      const answers: unknown[] = [];
      for (const address of addresses) {
        const stranger = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } });
        await stranger.loadURL(address);
        answers.push(await stranger.webContents.executeJavaScript("window.tickmark.call('engine.ping', {})"));
        stranger.destroy();
      }
      return answers;
    },
    join(root, "out/preload/index.cjs"),
  );
  const refused = { ok: false, fault: expect.objectContaining({ code: "sender-refused" }) };
  expect(faults).toEqual([refused, refused]);
});
