import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DemoSources, makeDemoSources } from "../../../../electron/sources/demo/make-demo-sources.ts";

/** Demo sources in a folder of their own, and the way to be rid of them. */
export interface MadeSources extends AsyncDisposable {
  readonly sources: DemoSources;
}

export async function makeSources(): Promise<MadeSources> {
  const folder = mkdtempSync(join(tmpdir(), "tickmark-demo-"));
  const sources = await makeDemoSources(join(folder, "demo"));
  return {
    sources,
    [Symbol.asyncDispose]: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Asks the made repository with the system's git; lines of its answer. */
export function askGit({ repositoryPath }: DemoSources, ...args: string[]): string[] {
  const text = execFileSync("git", ["-C", repositoryPath, ...args], { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
  return text.split("\n").filter((line) => line !== "");
}
