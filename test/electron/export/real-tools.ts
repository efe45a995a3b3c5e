import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

interface RunOptions {
  readonly cwd?: string;
  readonly input?: string;
}

/** Runs a program that is not ours; gives back its exit status and all that it printed. */
export function attempt(
  program: string,
  args: readonly string[],
  options: RunOptions = {},
): { status: number; output: string } {
  // Times are compared as the tools print them.
  const env = { ...process.env, LC_ALL: "C.UTF-8", TZ: "UTC" };
  const ended = spawnSync(program, args, { encoding: "utf8", env, maxBuffer: 1 << 28, ...options });
  if (ended.error !== undefined) throw ended.error;
  return { status: ended.status ?? -1, output: ended.stdout + ended.stderr };
}

/** The same for a program that must succeed: what it printed. */
export function run(program: string, args: readonly string[], options: RunOptions = {}): string {
  const { status, output } = attempt(program, args, options);
  if (status !== 0) throw new Error(`${program} ${args.join(" ")} ended with ${status}: ${output}`);
  return output;
}

export function openssl(args: readonly string[], options: RunOptions = {}): string {
  return run("openssl", args, options);
}

/** A folder of its own, removed by `using` or by hand. */
export function temporaryFolder(): Disposable & { readonly path: string; at(name: string): string } {
  const path = mkdtempSync(join(tmpdir(), "tickmark-test-"));
  return {
    path,
    at: (name) => join(path, name),
    [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }),
  };
}
