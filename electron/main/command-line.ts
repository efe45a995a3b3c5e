import { spawn } from "node:child_process";
import { app, utilityProcess } from "electron";
import { memoryFlags, utilityFlags } from "./memory-flags.ts";
import { nodeOfTests } from "./test-node.ts";

/** What resources/bin/tickmark of a packaged application starts it with, before the person's own arguments. */
const marker = "--command-line";

/**
 * The arguments of the command line, where this process was started as one; undefined where it is to open a window.
 * @param args all that the process was started with
 */
export function readCommandLine(args: readonly string[]): string[] | undefined {
  const at = args.indexOf(marker);
  if (at === -1) return undefined;
  // After "--" nothing is read as a switch of Chromium, whatever the person types.
  return args.slice(args[at + 1] === "--" ? at + 2 : at + 1);
}

/** Runs the command line in a process of its own, without a window and without the lock of a single instance, and ends with its status. */
export async function runCommandLine(args: readonly string[], entry: string): Promise<void> {
  app.dock?.hide();
  const node = nodeOfTests();
  app.exit(node ? await runOn(node, entry, args) : await runUtility(entry, args));
}

async function runUtility(entry: string, args: readonly string[]): Promise<number> {
  await app.whenReady();
  const child = utilityProcess.fork(entry, [...args], {
    serviceName: "Tickmark command",
    stdio: "inherit",
    execArgv: utilityFlags,
  });
  return new Promise((resolve) => child.on("exit", resolve));
}

function runOn(node: string, entry: string, args: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(node, [...memoryFlags, entry, ...args], { stdio: "inherit" });
    child.on("error", reject);
    child.on("exit", (status) => resolve(status ?? 1));
  });
}
