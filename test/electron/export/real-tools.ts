import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Runs a program that is not ours and gives back what it printed; throws with its messages when it fails. */
export function run(program: string, args: readonly string[], options: { cwd?: string; input?: string } = {}): string {
  // Times are compared as the tools print them.
  const env = { ...process.env, LC_ALL: "C.UTF-8", TZ: "UTC" };
  return execFileSync(program, args, {
    encoding: "utf8",
    env,
    stdio: ["pipe", "pipe", "pipe"],
    maxBuffer: 1 << 28,
    ...options,
  });
}

export function openssl(args: readonly string[], options: { cwd?: string; input?: string } = {}): string {
  return run("openssl", args, options);
}

/** The exit status and all output of a program that is allowed to fail. */
export function attempt(
  program: string,
  args: readonly string[],
  options: { cwd?: string } = {},
): { status: number; output: string } {
  try {
    return { status: 0, output: run(program, args, options) };
  } catch (error) {
    const { status, stdout, stderr } = error as { status?: number | null; stdout?: string; stderr?: string };
    if (status === undefined || status === null) throw error;
    return { status, output: `${stdout ?? ""}${stderr ?? ""}` };
  }
}

/** A folder of its own, removed by `using`. */
export function temporaryFolder(): Disposable & { readonly path: string; at(name: string): string } {
  const path = mkdtempSync(join(tmpdir(), "tickmark-test-"));
  return {
    path,
    at: (name) => join(path, name),
    [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }),
  };
}
