import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { projectNode, root } from "../../build/install.mjs";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tickmark-handover-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Starts a program that hands over to `script`, in the way of build/run.mjs. */
function handOver(script: string, ...args: string[]): ChildProcess {
  const inner = join(folder, "inner.ts");
  writeFileSync(inner, script);
  const outer = join(folder, "outer.mjs");
  writeFileSync(
    outer,
    `import { handOver } from ${JSON.stringify(join(root, "build/handover.mjs"))};
handOver(${JSON.stringify(relative(root, inner))}, process.argv.slice(2), ${JSON.stringify(folder)});\n`,
  );
  return spawn(projectNode, [outer, ...args], { stdio: ["ignore", "pipe", "pipe"] });
}

async function readOutput(child: ChildProcess): Promise<string> {
  const parts: string[] = [];
  for await (const part of child.stdout ?? []) {
    parts.push(String(part));
  }
  return parts.join("");
}

it("passes arguments, folder and standard output through, and adds nothing to it", async () => {
  const child = handOver(
    "console.log(JSON.stringify([process.argv.slice(2) as string[], process.cwd()]));",
    "a",
    "b c",
  );
  expect(JSON.parse(await readOutput(child))).toEqual([["a", "b c"], folder]);
});

it("ends with the script's own exit status", async () => {
  const [status] = await once(handOver("process.exit(7);"), "exit");
  expect(status).toBe(7);
});

it("passes a request to end on, and ends as the script does", async () => {
  const child = handOver(
    'process.on("SIGTERM", () => process.exit(9));\nconsole.log("ready");\nsetInterval(() => undefined, 1000);',
  );
  await once(child.stdout ?? child, "data");
  child.kill("SIGTERM");
  const [status] = await once(child, "exit");
  expect(status).toBe(9);
});

it("ends with 128 and the signal's number when the script was ended by a signal", async () => {
  const [status] = await once(handOver('process.kill(process.pid, "SIGKILL");'), "exit");
  expect(status).toBe(137);
});

it("names the scripts there are when asked for another", () => {
  const done = spawnSync(projectNode, [join(root, "build/run.mjs"), "nope"], { encoding: "utf8" });
  expect(done.status).toBe(2);
  expect(done.stderr).toContain("demo");
  expect(done.stdout).toBe("");
});
