import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join, normalize, sep } from "node:path";
import { _electron, type ElectronApplication, type Page } from "@playwright/test";
import react from "@vitejs/plugin-react";
import { build } from "vite";
import { root } from "../../build/install.mjs";

/*
 * The window's own page, built as it ships but on the fake bridge, so that a screen can be looked at in any state.
 * It is shown in Electron, served from loopback under the application's content security policy.
 */

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'";
const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".woff2": "font/woff2",
};

export interface FakeWindow {
  readonly electron: ElectronApplication;
  readonly page: Page;
  /** Shows a screen; `state` is what the fake bridge plays. */
  show(screen: string, state?: Readonly<Record<string, string | number>>): Promise<void>;
  resize(width: number, height: number): Promise<void>;
  close(): Promise<void>;
}

export async function openFakeWindow(): Promise<FakeWindow> {
  const folder = mkdtempSync(join(tmpdir(), "tickmark-page-"));
  const pages = join(folder, "page");
  await buildPage(pages);
  const server = await serve(pages);
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const electron = await _electron.launch({
    args: [join(import.meta.dirname, "window-page-main.mjs"), `--user-data-dir=${join(folder, "user-data")}`],
    env: process.env as Record<string, string>,
  });
  const page = await electron.firstWindow();
  let visit = 0;
  return {
    electron,
    page,
    async show(screen, state = {}) {
      visit += 1;
      const asked = new URLSearchParams({ ...mapToText(state), visit: String(visit) });
      await page.goto(`${address}?${asked}#/${screen}`);
      await page.locator(".page").waitFor();
      await page.evaluate(() => document.fonts.ready);
    },
    resize: (width, height) =>
      electron.evaluate(
        ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(size.width, size.height),
        { width, height },
      ),
    async close() {
      await electron.close();
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function mapToText(state: Readonly<Record<string, string | number>>): Record<string, string> {
  return Object.fromEntries(Object.entries(state).map(([name, value]) => [name, String(value)]));
}

async function buildPage(outDir: string): Promise<void> {
  const folder = join(root, "test/renderer/fixtures/page");
  await build({
    root: folder,
    configFile: false,
    logLevel: "warn",
    plugins: [react()],
    build: {
      outDir,
      emptyOutDir: true,
      target: "chrome130",
      cssTarget: "chrome130",
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 4000,
      rolldownOptions: { input: join(folder, "index.html") },
    },
  });
}

function serve(folder: string): Promise<Server> {
  const server = createServer((request, response) => {
    const name = normalize(decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname));
    const path = join(folder, name === sep ? "index.html" : name);
    const type = types[extname(path)];
    if (!type || !path.startsWith(folder + sep)) {
      response.writeHead(404).end();
      return;
    }
    try {
      const body = readFileSync(path);
      response.writeHead(200, { "Content-Type": type, "Content-Security-Policy": policy }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}
