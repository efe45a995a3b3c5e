import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { memoryFlags } from "../../../electron/main/memory-flags.ts";

test("what a stage of an export is done with goes back to the system, as the program is started", () => {
  const script = fileURLToPath(new URL("emptied-heap.ts", import.meta.url));
  const { before, after } = JSON.parse(execFileSync(process.execPath, [...memoryFlags, script], { encoding: "utf8" }));
  expect(after).toBeLessThan(before / 2);
});

test("the command of a clone is started with the same memory as the packaged one", () => {
  const command = readFileSync(join(import.meta.dirname, "../../../build/bin/tickmark.mjs"), "utf8");
  expect(command).toContain(JSON.stringify(memoryFlags).replaceAll(",", ", "));
});
