import { spawn } from "node:child_process";
import { join } from "node:path";
import { projectNode, root } from "../install.mjs";

export interface ChildOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  /** Where its standard output goes; the terminal unless told. Its errors always go to the terminal. */
  readonly stdout?: "inherit" | "ignore" | "stderr";
}

/** Runs a command to its end with this process's streams and returns its exit status; 128 + n when a signal ended it. */
export function run(command: string, args: readonly string[], options: ChildOptions = {}): Promise<number> {
  const stdout = options.stdout === "stderr" ? 2 : (options.stdout ?? "inherit");
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd ?? root,
      env: { ...process.env, ...options.env },
      stdio: ["ignore", stdout, "inherit"],
    });
    const passOn = (signal: NodeJS.Signals): void => void child.kill(signal);
    process.on("SIGTERM", passOn);
    process.on("SIGHUP", passOn);
    child.on("error", reject);
    child.on("exit", (status, signal) => {
      process.off("SIGTERM", passOn);
      process.off("SIGHUP", passOn);
      resolve(status ?? (signal === "SIGINT" ? 130 : 143));
    });
  });
}

/** Runs a JavaScript or TypeScript file of the project or of a package on the project's Node. */
export function runNode(file: string, args: readonly string[], options: ChildOptions = {}): Promise<number> {
  return run(projectNode, [join(root, file), ...args], options);
}
