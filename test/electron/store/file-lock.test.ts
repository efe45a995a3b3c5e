import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { linkSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, expect, it } from "vitest";
import { openEngagement, openForReading } from "../../../electron/store/engagement-file.ts";
import { faultFrom, hashFile, isClear, keepOpen, makeClock, makeClosedFile, reopen } from "./engagement-under-test.ts";

const script = fileURLToPath(new URL("holding-process.ts", import.meta.url));
const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

/** Another process that tries to open the file; answers with what it says. */
async function inOtherProcess(
  how: "write" | "read",
  path: string,
): Promise<{ says: string; end(signal?: "SIGKILL"): Promise<void> }> {
  const child = spawn(process.execPath, [script, how, path], { stdio: ["pipe", "pipe", "inherit"] });
  children.push(child);
  const [says] = (await once(createInterface(child.stdout), "line")) as [string];
  return {
    says,
    async end(signal) {
      const exited = once(child, "exit");
      if (signal) child.kill(signal);
      else child.stdin.end();
      await exited;
    },
  };
}

it("while one process has it open for work, no other can open it, and the file stays as it was", async () => {
  const path = makeClosedFile();
  const holder = await inOtherProcess("write", path);
  expect(holder.says).toBe("open");
  // Seen from here: this process does not hold it, so reading its bytes gives nothing away.
  const before = hashFile(path);
  for (const open of [() => openEngagement(path, { now: makeClock() }), () => openForReading(path)]) {
    const fault = faultFrom(open);
    expect(fault.code).toBe("engagement-busy");
    expect(fault).toSatisfy(isClear);
  }
  expect(hashFile(path)).toBe(before);
  await holder.end();
  expect(reopen(path).engagement().entity).toBe("Example Ltd");
});

it("while this process has it open, other processes find it busy", async () => {
  const path = makeClosedFile();
  reopen(path);
  expect((await inOtherProcess("write", path)).says).toBe("engagement-busy");
  expect((await inOtherProcess("read", path)).says).toBe("engagement-busy");
});

it("a second opening in the same process is busy too, by any name, and does not weaken the first one's lock", async () => {
  const path = makeClosedFile();
  linkSync(path, `${path}.other-name`);
  reopen(path);
  for (const name of [path, `${path}.other-name`]) {
    expect(faultFrom(() => openEngagement(name, { now: makeClock() })).code).toBe("engagement-busy");
    expect(faultFrom(() => openForReading(name)).code).toBe("engagement-busy");
  }
  expect((await inOtherProcess("write", path)).says).toBe("engagement-busy");
});

it("several processes can read at once, and nobody can write meanwhile", async () => {
  const path = makeClosedFile();
  keepOpen(openForReading(path));
  const reader = await inOtherProcess("read", path);
  expect(reader.says).toBe("open");
  expect((await inOtherProcess("write", path)).says).toBe("engagement-busy");
});

it("a holder that is killed leaves no lock behind", async () => {
  const path = makeClosedFile();
  const holder = await inOtherProcess("write", path);
  await holder.end("SIGKILL");
  expect(reopen(path).listSources()).toHaveLength(1);
});

it("reading works after a holder was killed, too", async () => {
  const path = makeClosedFile();
  const holder = await inOtherProcess("write", path);
  await holder.end("SIGKILL");
  expect(keepOpen(openForReading(path)).countEvidence()).toBe(2);
});
