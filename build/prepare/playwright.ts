import { join } from "node:path";
import { projectNode, root } from "../install.mjs";
import { run } from "./child.ts";

/** Runs the window's tests under a virtual screen, where the system can have one. Returns Playwright's exit status. */
export function runPlaywright(
  filters: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<number> {
  const cli = join(root, "node_modules/@playwright/test/cli.js");
  const command = [cli, "test", "-c", "build/playwright.config.ts", ...filters];
  const screen = ["-a", "-s", "-screen 0 1680x1050x24", projectNode];
  return process.platform === "linux"
    ? run("xvfb-run", [...screen, ...command], { env })
    : run(projectNode, command, { env });
}
