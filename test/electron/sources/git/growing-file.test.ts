import { appendFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { readGrowingFile } from "../../../../electron/sources/git/growing-file.ts";
import { temporaryFolder } from "../pull-double.ts";

async function readAll(path: string, ended: Promise<unknown>): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of readGrowingFile(path, ended)) parts.push(part);
  return Buffer.concat(parts).toString();
}

it("reads a file to its end while it is written, the last bytes before the end too", async () => {
  const path = join(temporaryFolder(), "growing");
  writeFileSync(path, "");
  const lines = Array.from({ length: 40 }, (_, index) => `${index} ${"x".repeat(index * 500)}\n`);
  const writing = (async () => {
    for (const line of lines) {
      appendFileSync(path, line);
      await sleep(1);
    }
  })();
  expect(await readAll(path, writing)).toBe(lines.join(""));
});

it("gives what was written before it tells why the writer failed", async () => {
  const path = join(temporaryFolder(), "growing");
  writeFileSync(path, "some");
  const parts: string[] = [];
  const reading = (async () => {
    for await (const part of readGrowingFile(path, Promise.reject(new Error("it broke")))) parts.push(part.toString());
  })();
  await expect(reading).rejects.toThrow("it broke");
  expect(parts).toEqual(["some"]);
});
