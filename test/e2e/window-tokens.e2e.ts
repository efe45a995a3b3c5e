import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { type Application, openTickmark } from "./application.ts";
import { type SystemKeyring, startKeyring } from "./system-keyring.ts";

/* Tokens of sources in the window: with a real keyring, and on a system that has none. */

const [first, second] = ["glpat-first-NobodyMaySeeThis", "glpat-second-NobodyMaySeeThis"];
let folder: string;
let keyring: SystemKeyring;
let gitlab: Server;
/** Tokens that the server was shown. */
const shown: string[] = [];

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "tickmark-tokens-"));
  keyring = await startKeyring(folder);
  gitlab = createServer((request, response) => {
    shown.push((request.headers.authorization ?? "").replace("Bearer ", ""));
    const answers: Record<string, unknown> = {
      "/api/v4/user": { id: 7, username: "the-auditor" },
      "/api/v4/personal_access_tokens/self": { name: "audit", scopes: ["read_api"] },
    };
    const path = new URL(request.url ?? "/", "http://localhost").pathname;
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify(answers[path] ?? { path_with_namespace: "acme/shop", name: "main", permissions: {} }));
  });
  await new Promise<void>((listening) => gitlab.listen(0, "127.0.0.1", listening));
});

test.afterAll(async () => {
  keyring.stop();
  await new Promise((closed) => gitlab.close(closed));
  rmSync(folder, { recursive: true, force: true });
});

/** Opens the window with user data that outlive it. */
async function openWith(userData: string, hasKeyring: boolean): Promise<Application> {
  const before = { ...process.env };
  if (hasKeyring) Object.assign(process.env, keyring.env);
  try {
    const modules = hasKeyring ? [join(import.meta.dirname, "with-keyring.cjs")] : [];
    return await openTickmark("project's Node", [`--user-data-dir=${userData}`], modules);
  } finally {
    process.env = before;
  }
}

async function createEngagement({ page }: Application, path: string): Promise<void> {
  const answer = await page.evaluate((file) => {
    const period = { from: "2026-01-01", to: "2026-03-31", timeZone: "Europe/Berlin" };
    const named = { name: "Shop", entity: "Acme", auditor: "A. Auditor" };
    return window.tickmark.call("engagement.create", { path: file, ...named, ...period });
  }, path);
  expect(answer).toMatchObject({ ok: true });
}

async function showSources(page: Page): Promise<void> {
  // The engagement was opened past the page, so it looks afresh.
  await page.reload();
  await page.evaluate(() => {
    location.hash = "#/sources";
  });
  await expect(page.getByRole("heading", { level: 1, name: "Sources" })).toBeVisible();
}

async function typeToken(page: Page, token: { name?: string; account?: string; secret: string }): Promise<void> {
  const form = page.getByRole("dialog").last();
  if (token.name !== undefined) await form.getByLabel("Name").fill(token.name);
  if (token.account !== undefined) await form.getByLabel("Account", { exact: true }).fill(token.account);
  await form.getByLabel("Token", { exact: true }).fill(token.secret);
}

async function giveToken(page: Page, token: Parameters<typeof typeToken>[1]): Promise<void> {
  await typeToken(page, token);
  await page.getByRole("dialog").last().getByRole("button", { name: "Keep it" }).click();
}

/** Everything that the page's JavaScript still holds. */
async function heapOf(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page);
  const chunks: string[] = [];
  session.on("HeapProfiler.addHeapSnapshotChunk", ({ chunk }) => chunks.push(chunk));
  await session.send("HeapProfiler.takeHeapSnapshot", { reportProgress: false });
  await session.detach();
  return chunks.join("");
}

/** Every byte that was written to a folder. */
function bytesIn(path: string): string {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "latin1"))
    .join("\n");
}

test.skip(process.platform !== "linux", "the keyring of these tests is that of a Linux desktop");

test("a token is given in the form of a source, kept by the system's keyring, used after a restart, replaced and removed", async () => {
  test.setTimeout(120_000);
  const userData = join(folder, "user-data");
  const engagement = join(folder, "shop.tickmark");
  const apiUrl = `http://127.0.0.1:${(gitlab.address() as AddressInfo).port}/api/v4`;
  let application = await openWith(userData, true);
  await createEngagement(application, engagement);
  let { page } = application;
  await showSources(page);

  await page.getByRole("button", { name: "Add a source" }).click();
  await page.getByRole("button", { name: /Kind of source/ }).click();
  await page.getByRole("option", { name: "GitLab", exact: true }).click();
  await page.getByLabel("Short name").fill("host");
  await page.getByLabel("Repository", { exact: true }).fill("shop");
  await page.getByLabel("Project on the host").fill("acme/shop");
  await page.getByLabel("API address").fill(apiUrl);
  await page.getByRole("button", { name: "Keep a token" }).click();
  await typeToken(page, { name: "shop-gitlab", account: "the-auditor", secret: first });
  expect(await heapOf(page)).toContain(first);
  await page.getByRole("button", { name: "Keep it" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(1);
  await expect(page.getByRole("button", { name: /shop-gitlab/ })).toBeVisible();
  await page.getByRole("button", { name: "Add the source" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page.getByText("Keychain: shop-gitlab")).toBeVisible();
  await page.getByRole("button", { name: "Test connection of host" }).click();
  await expect(page.getByText("The connection works.")).toBeVisible();
  expect(new Set(shown)).toEqual(new Set([first]));
  expect(await heapOf(page)).not.toContain(first);
  await application.close();

  shown.length = 0;
  application = await openWith(userData, true);
  page = application.page;
  await page.evaluate((path) => window.tickmark.call("engagement.open", { path }), engagement);
  await showSources(page);
  await page.getByRole("button", { name: "Tokens" }).click();
  const entry = page.getByRole("region", { name: "shop-gitlab" });
  await expect(entry).toContainText("the-auditor");
  await expect(entry).toContainText("host");
  await entry.getByRole("button", { name: "Replace shop-gitlab" }).click();
  await giveToken(page, { secret: second });
  await expect(entry.getByRole("button", { name: "Keep it" })).toHaveCount(0);
  expect(await page.evaluate(() => window.tickmark.call("source.test", { id: "host" }))).toMatchObject({ ok: true });
  expect(new Set(shown)).toEqual(new Set([second]));

  const written = bytesIn(folder);
  expect(written).toContain("shop-gitlab");
  expect(written).not.toContain(first);
  expect(written).not.toContain(second);

  await entry.getByRole("button", { name: "Remove shop-gitlab", exact: true }).click();
  await entry.getByRole("button", { name: "Remove shop-gitlab for good" }).click();
  await expect(page.getByText("No token is kept.")).toBeVisible();
  const missing = await page.evaluate(() => window.tickmark.call("source.test", { id: "host" }));
  expect(missing).toMatchObject({ ok: false, fault: { code: "secret-missing" } });
  expect(JSON.stringify(missing)).toContain("shop-gitlab");
  expect(readdirSync(join(userData, "tokens"))).toEqual([]);
  await application.close();
});

test("on a system without a keyring a token is refused unless whoever gives it agrees that it is forgotten at the end", async () => {
  const userData = join(folder, "user-data-without");
  let application = await openWith(userData, false);
  await createEngagement(application, join(folder, "without.tickmark"));
  const { page } = application;
  await showSources(page);
  await page.getByRole("button", { name: "Tokens" }).click();
  await page.getByRole("button", { name: "Keep a token" }).click();
  await expect(page.getByText("This system has no keychain that Tickmark can use").first()).toBeVisible();
  await giveToken(page, { name: "shop-gitlab", secret: first });
  await expect(page.getByRole("alert")).toContainText("keychain-missing");
  await expect(page.getByLabel("Token", { exact: true })).toHaveValue("");
  await page.getByText("Hold it in memory until Tickmark closes").click();
  await giveToken(page, { secret: first });
  const entry = page.getByRole("region", { name: "shop-gitlab" });
  await expect(entry).toContainText("until Tickmark closes");
  expect(bytesIn(userData)).not.toContain(first);
  await application.close();

  application = await openWith(userData, false);
  const kept = await application.page.evaluate(() => window.tickmark.call("token.list", {}));
  expect(kept).toEqual({ ok: true, value: { hasKeychain: false, tokens: [] } });
  await application.close();
});
