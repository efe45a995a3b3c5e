import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { _electron, type ElectronApplication, type Page } from "@playwright/test";

export interface DrivenWindow {
  readonly electron: ElectronApplication;
  readonly page: Page;
  /** Just before the program was started, milliseconds since 1970. */
  readonly began: number;
}

/** Starts an application as a person would. Every one is driven in the same way, so that what the driver costs is in all of them. */
export async function startDriven(
  application: string,
  userData: string,
  more: readonly string[] = [],
): Promise<DrivenWindow> {
  const began = Date.now();
  const electron = await _electron.launch({ args: [application, `--user-data-dir=${userData}`, ...more] });
  return { electron, page: await electron.firstWindow(), began };
}

export const benchFolder = (): string => mkdtempSync(join(tmpdir(), "tickmark-bench-"));

/** The button of the empty window, and of Tickmark's first screen, that answers when it is pressed. */
export const [emptyButton, ownButton] = ["Press", "Create…"] as const;

/** An Electron window with a button in it and nothing else. */
export function makeEmptyApplication(folder: string): string {
  const application = join(folder, "empty");
  mkdirSync(application);
  writeFileSync(join(application, "package.json"), '{ "name": "empty", "main": "main.cjs" }');
  writeFileSync(
    join(application, "page.html"),
    `<!doctype html><title>empty</title><p id="said">empty</p>
<button onclick="document.getElementById('said').textContent = 'Fill this in.'">${emptyButton}</button>`,
  );
  writeFileSync(
    join(application, "main.cjs"),
    `const { app, BrowserWindow } = require("electron");
app.whenReady().then(() => new BrowserWindow({ width: 1440, height: 900 }).loadFile(require("path").join(__dirname, "page.html")));
`,
  );
  return application;
}

/** A process and all that it started, and they. */
function processesUnder(pid: number): number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync("/proc").filter((each) => /^\d+$/.test(each))) {
    const parent = readParent(name);
    if (parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const found = [pid];
  for (const each of found) found.push(...(children.get(each) ?? []));
  return found;
}

function readParent(name: string): number | undefined {
  try {
    const stat = readFileSync(`/proc/${name}/stat`, "utf8");
    // The command in brackets may hold anything.
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
  } catch {
    return undefined;
  }
}

/** What these processes take of the machine's memory, in bytes: what several of them share is counted once (Linux only). */
function memoryOf(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + shareOf(pid), 0);
}

function shareOf(pid: number): number {
  try {
    const kib = /^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))?.[1];
    return Number(kib ?? 0) * 1024;
  } catch {
    return 0;
  }
}

export function memoryOfAll({ electron }: DrivenWindow): number {
  return memoryOf(processesUnder(electron.process().pid ?? 0));
}
