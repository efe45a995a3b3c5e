import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { type DemoSources, makeDemoSources } from "../../../../electron/sources/demo/make-demo-sources.ts";
import { askGit } from "./made-sources.ts";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "tickmark-demo-"));
  folders.push(folder);
  return folder;
}

/** Digest of every file but git's own: packs may differ, the objects in them may not. */
function digestsOf({ folder }: DemoSources): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.includes("ledger-core.git"));
  return new Map(
    files.sort().map((path) => [relative(folder, path), createHash("sha256").update(readFileSync(path)).digest("hex")]),
  );
}

const refsOf = (sources: DemoSources) => askGit(sources, "for-each-ref", "--format=%(objectname) %(refname)");

test("two runs give the same bytes and the same ids, whatever the machine's zone, language and git settings", async () => {
  const first = await makeDemoSources(newFolder());
  vi.stubEnv("TZ", "Pacific/Auckland");
  vi.stubEnv("LANG", "de_DE.UTF-8");
  vi.stubEnv("GIT_DIR", join(tmpdir(), "somewhere-else"));
  vi.stubEnv("GIT_AUTHOR_DATE", "2001-01-01T00:00:00Z");
  vi.stubEnv("GIT_COMMITTER_NAME", "Somebody Else");
  const second = await makeDemoSources(newFolder());
  vi.unstubAllEnvs();

  expect(refsOf(second)).toEqual(refsOf(first));
  expect(digestsOf(second)).toEqual(digestsOf(first));
  expect(digestsOf(first).size).toBeGreaterThan(500);
});

test("sources made before are made anew in the same folder", async () => {
  const folder = newFolder();
  const first = await makeDemoSources(folder);
  const before = digestsOf(first);
  rmSync(join(folder, "export"), { recursive: true });

  expect(digestsOf(await makeDemoSources(folder))).toEqual(before);
});

test.each(["thesis.txt", "roster.csv"])("somebody else's folder with %s in it is left alone", async (name) => {
  const folder = newFolder();
  writeFileSync(join(folder, name), "years of work");

  await expect(makeDemoSources(folder)).rejects.toMatchObject({ code: "file-unwritable" });
  expect(readdirSync(folder)).toEqual([name]);
});

test("making them can be stopped", async () => {
  await expect(makeDemoSources(newFolder(), { signal: AbortSignal.abort() })).rejects.toMatchObject({
    code: "cancelled",
  });
});

test("progress reaches its end", async () => {
  const seen: number[] = [];
  await makeDemoSources(newFolder(), { onProgress: ({ done, total }) => seen.push(done / total) });

  expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  expect(seen.at(-1)).toBe(1);
});
