/** Runs a script on the project's Node in place of this process: same streams, same exit status, same signals. */
import { spawn } from "node:child_process";
import { constants } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { projectNode, root } from "./install.mjs";

/**
 * @param {string} script path inside the project
 * @param {readonly string[]} args
 * @param {string} cwd
 * @param {readonly string[]} nodeArgs options for Node itself
 */
export function handOver(script, args, cwd, nodeArgs = []) {
  const child = spawn(projectNode, [...nodeArgs, join(root, script), ...args], {
    cwd,
    stdio: "inherit",
    env: {
      ...process.env,
      PATH: [dirname(projectNode), join(root, "node_modules", ".bin"), process.env.PATH].join(delimiter),
    },
  });
  for (const signal of /** @type {const} */ (["SIGTERM", "SIGHUP"])) {
    process.on(signal, () => child.kill(signal));
  }
  // A terminal sends Ctrl+C to the child as well; sending it on would make it two.
  process.on("SIGINT", () => process.stdin.isTTY || child.kill("SIGINT"));
  child.on("error", (error) => {
    process.stderr.write(
      `tickmark: ${script} could not be started: ${error.message}. Where node_modules came from another machine, remove it and try again.\n`,
    );
    process.exitCode = 3;
  });
  child.on("exit", (status, signal) => {
    process.exitCode = status ?? 128 + (constants.signals[signal ?? "SIGTERM"] ?? 0);
  });
}
