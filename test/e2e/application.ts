import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { _electron, type ElectronApplication, type Page } from "@playwright/test";
import { projectNode, root } from "../../build/install.mjs";
import type { Bridge } from "../../shared/ipc/contract.ts";

declare global {
  interface Window {
    tickmark: Bridge;
    /** What the page did against its content security policy, noted by these tests. */
    policyViolations: string[];
  }
}

/** How the engine runs: on the project's Node, or in Electron's utility process on Electron's own Node. */
export type EngineHost = "project's Node" | "utility process";

export interface Application {
  readonly electron: ElectronApplication;
  readonly page: Page;
  /** An empty folder for the test's own files. */
  readonly folder: string;
  /** Closes the window and removes the folder. */
  close(): Promise<void>;
}

/**
 * Opens Tickmark with its own, empty user data.
 * @param modules CommonJS files that Electron loads before the application
 */
export async function openTickmark(
  host: EngineHost,
  args: readonly string[] = [],
  modules: readonly string[] = [],
): Promise<Application> {
  return launch({ args: [...modules.flatMap((path) => ["-r", path]), root, ...args], env: environmentFor(host) });
}

/** Opens a packaged Tickmark by its own program. */
export function openPackaged(executablePath: string, env: Readonly<Record<string, string>> = {}): Promise<Application> {
  return launch({ executablePath, args: [], env: { ...(process.env as Record<string, string>), ...env } });
}

interface Launch {
  readonly executablePath?: string;
  readonly args: readonly string[];
  readonly env: Record<string, string>;
}

async function launch({ args, ...how }: Launch): Promise<Application> {
  const folder = mkdtempSync(join(tmpdir(), "tickmark-window-"));
  const electron = await _electron.launch({
    ...how,
    // First, so that a test may name another folder: the last one counts.
    args: [`--user-data-dir=${join(folder, "user-data")}`, ...args],
  });
  const page = await electron.firstWindow();
  await page.waitForLoadState("load");
  return {
    electron,
    page,
    folder,
    close: async () => {
      await electron.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function environmentFor(host: EngineHost): Record<string, string> {
  const { TICKMARK_NODE: _, ...inherited } = process.env as Record<string, string>;
  return host === "project's Node" ? { ...inherited, TICKMARK_NODE: projectNode } : inherited;
}

/** Loads the page again while watching, and returns what it did against its content security policy. */
export async function reloadAndCollectViolations(page: Page): Promise<string[]> {
  await page.addInitScript(() => {
    window.policyViolations = [];
    document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sourceFile }) => {
      window.policyViolations.push(`${violatedDirective} ${blockedURI} ${sourceFile}`);
    });
  });
  await page.reload();
  await page.waitForLoadState("networkidle");
  return page.evaluate(() => window.policyViolations);
}

/**
 * Processes of the application that run the engine or the verifier: Electron knows its utility processes by name, those
 * on the project's Node are found by what they were started with.
 */
export async function processIdsOf({ electron }: Application, name: "engine" | "verifier"): Promise<number[]> {
  const utilities = await electron.evaluate(({ app }) => app.getAppMetrics().map(({ pid, name }) => ({ pid, name })));
  const children = descendantsOf(electron.process().pid ?? 0);
  return [
    ...utilities.filter((utility) => utility.name === `Tickmark ${name}`).map(({ pid }) => pid),
    ...children.filter((pid) => readProcess(pid, "cmdline").includes(`${name}/index.js`)),
  ];
}

function descendantsOf(parent: number): number[] {
  const all = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
  const parentOf = new Map(all.map((pid) => [pid, Number(readProcess(pid, "stat").split(") ")[1]?.split(" ")[1])]));
  const isBelow = (pid: number): boolean => {
    const above = parentOf.get(pid);
    return above !== undefined && above > 1 && (above === parent || isBelow(above));
  };
  return all.filter(isBelow);
}

/** Empty for a process that ended in the meantime. */
function readProcess(pid: number, file: "cmdline" | "stat"): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8").replaceAll("\0", " ");
  } catch {
    return "";
  }
}
