import { readdirSync, statSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../install.mjs";
import { runNode } from "./child.ts";
import { CannotPrepare, say } from "./say.ts";

/** Everything that the bundles are made from. */
const inputs = ["electron", "shared", "renderer", "build/electron.vite.config.ts", "package.json", "package-lock.json"];
const stamp = join(root, "out", ".built");

/** Bundles the window's processes and page into out/, unless nothing changed since the last time. */
export async function bundleApplication(): Promise<void> {
  if (newestOf(inputs.map((path) => join(root, path))) < modifiedAt(stamp)) {
    return;
  }
  say("bundling the application");
  const began = new Date(Date.now());
  const args = ["build", "-c", "build/electron.vite.config.ts", "--logLevel", "warn"];
  const status = await runNode("node_modules/electron-vite/bin/electron-vite.js", args, { stdout: "stderr" });
  if (status !== 0) {
    throw new CannotPrepare("The application could not be bundled; the bundler's message stands above.");
  }
  await writeFile(stamp, began.toISOString());
}

function newestOf(paths: readonly string[]): number {
  return Math.max(0, ...paths.map(newestUnder));
}

function newestUnder(path: string): number {
  const entry = statSync(path, { throwIfNoEntry: false });
  if (!entry?.isDirectory()) {
    return entry?.mtimeMs ?? 0;
  }
  // A folder's own time tells of files that were removed.
  return Math.max(entry.mtimeMs, newestOf(readdirSync(path).map((name) => join(path, name))));
}

function modifiedAt(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? -1;
}
