import { fork, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectNode, root } from "../../build/install.mjs";

/** Enough of Electron for the main process to be loaded and to find that another one runs already. */
const electron = `
  export const app = { requestSingleInstanceLock: () => false, quit() {} };
  export const protocol = { registerSchemesAsPrivileged() {} };
  export const [BrowserWindow, dialog, ipcMain, Menu, screen, session, utilityProcess] = [];
`;

/** Runs in the program before all else, and writes at its end what was loaded. */
const listing = (list: string) => `
  import { writeFileSync } from "node:fs";
  import { registerHooks } from "node:module";
  const loaded = [];
  registerHooks({
    resolve: (name, context, next) =>
      name === "electron" ? { url: ${JSON.stringify(asUrl(electron))}, shortCircuit: true } : next(name, context),
    load(url, context, next) {
      loaded.push(url);
      return next(url, context);
    },
  });
  process.on("exit", () => writeFileSync(${JSON.stringify(list)}, JSON.stringify(loaded)));
`;

const asUrl = (code: string) => `data:text/javascript,${encodeURIComponent(code)}`;

/** What a program of the project loads until it ends: its own files by their path, packages by their name. */
export function filesLoadedBy(entry: string, args: readonly string[] = []): Promise<string[]> {
  return listLoaded((execArgv) => {
    const { status, stderr } = spawnSync(projectNode, [...execArgv, join(root, entry), ...args], { encoding: "utf8" });
    if (status !== 0) throw new Error(`${entry} ended with ${status}: ${stderr}`);
  });
}

/** The same of a process that answers calls: until it has answered these. */
export function filesLoadedToAnswer(entry: string, procedures: readonly string[]): Promise<string[]> {
  return listLoaded(async (execArgv) => {
    const child = fork(join(root, entry), [], { execPath: projectNode, execArgv, serialization: "advanced" });
    for (const [id, procedure] of procedures.entries()) {
      child.send({ id, procedure, request: {} });
      const [reply] = await once(child, "message");
      if (!reply.ok) throw new Error(`${procedure}: ${reply.fault.message}`);
    }
    child.send({ stop: true });
    await once(child, "exit");
  });
}

async function listLoaded(run: (execArgv: string[]) => void | Promise<void>): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), "tickmark-loaded-"));
  try {
    const list = join(folder, "loaded.json");
    await run(["--import", asUrl(listing(list))]);
    const urls = JSON.parse(readFileSync(list, "utf8")) as string[];
    return [...new Set(urls.filter((url) => url.startsWith("file:")).map(nameOf))].sort();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function nameOf(url: string): string {
  const path = decodeURIComponent(url).slice(`file://${root}/`.length);
  const inPackage = /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path);
  return inPackage?.[1] ?? path;
}
