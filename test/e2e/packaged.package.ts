import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { createPackageWithOptions, extractAll, listPackage } from "@electron/asar";
import { FuseV1Options, FuseVersion, flipFuses, getCurrentFuseWire } from "@electron/fuses";
import { expect, test } from "@playwright/test";
import { openPackaged, processIdsOf } from "./application.ts";
import {
  drawByJudgement,
  evaluate,
  expectNoViolation,
  exportAndVerify,
  freezePopulation,
  goTo,
  pullEverything,
  watchPolicy,
} from "./job-steps.ts";

/*
 * The packages that `npm run package` made, copied out of the repository: the unpacked folder, and what the tar.gz holds.
 * Run by `npm run package -- --check`.
 */

const packages = process.env.TICKMARK_PACKAGES ?? "";
const kinds = ["unpacked", "archive"] as const;
const folderOf = (kind: (typeof kinds)[number]) => join(packages, kind);
const binaryIn = (folder: string) => join(folder, "tickmark");
const asarIn = (folder: string) => join(folder, "resources/app.asar");
const mark = "out/made-for-tests";
/** As they stand in the binary: the digits 0 and 1. */
const fuseState = { disabled: 48, enabled: 49 };

for (const kind of kinds) {
  test(`${kind}: the fuses are set as a package for people has them`, async () => {
    const wire = await getCurrentFuseWire(binaryIn(folderOf(kind)));
    const off = [
      FuseV1Options.RunAsNode,
      FuseV1Options.EnableNodeOptionsEnvironmentVariable,
      FuseV1Options.EnableNodeCliInspectArguments,
      FuseV1Options.GrantFileProtocolExtraPrivileges,
    ];
    const on = [
      FuseV1Options.EnableCookieEncryption,
      FuseV1Options.EnableEmbeddedAsarIntegrityValidation,
      FuseV1Options.OnlyLoadAppFromAsar,
    ];
    expect(off.map((fuse) => wire[fuse])).toEqual(off.map(() => fuseState.disabled));
    expect(on.map((fuse) => wire[fuse])).toEqual(on.map(() => fuseState.enabled));
  });
}

test("the archive holds what the unpacked folder holds: what is needed to run, built for this system, and nothing else", () => {
  expect(listFiles(folderOf("archive"))).toEqual(listFiles(folderOf("unpacked")));
  const parts = new Set(listPackage(asarIn(folderOf("archive")), { isPack: false }).map((path) => path.split("/")[1]));
  expect([...parts].sort()).toEqual(["node_modules", "out", "package.json"]);
  const binaries = listFiles(join(folderOf("archive"), "resources")).flatMap(
    (name) => /([^/]+\.node) \d+$/.exec(name)?.[1] ?? [],
  );
  expect(binaries.sort()).toEqual([`${process.platform}-${process.arch}.node`, "pkcs11.node"]);
});

test("unpacked: the command line does the whole job without a screen, and the bundle verifies", () => {
  test.setTimeout(180_000);
  const folder = mkdtempSync(join(tmpdir(), "tickmark-packaged-"));
  try {
    const tickmark = join(folderOf("unpacked"), "resources/bin/tickmark");
    const { DISPLAY: _, ...env } = process.env;
    const call = (...args: string[]) => spawnSync(tickmark, args, { cwd: folder, env, encoding: "utf8" });
    const demo = call("demo", "out");
    expect(demo.stdout, demo.stderr.slice(-1000)).toContain("VERIFIED");
    expect(demo.status).toBe(0);
    const verified = call("verify", "out/demo.zip", "--trust", "out/trusted-signers.json", "--json");
    expect(JSON.parse(verified.stdout)).toMatchObject({ verdict: "verified" });
    expect(verified.status).toBe(0);
    // Switches that Chromium knows are the person's own arguments, and nothing of Chromium is among the output.
    const wrong = call("no-such-command", "--type=renderer");
    expect(wrong).toMatchObject({ status: 2, stdout: "" });
    expect(wrong.stderr).toMatch(/^error: /);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("archive: the window does the demo job to a verified bundle", async () => {
  test.setTimeout(180_000);
  const application = await openPackaged(await makeDrivable(folderOf("archive")));
  const { page } = application;
  try {
    await watchPolicy(page);
    await page.getByRole("button", { name: "Open the demo engagement" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible({ timeout: 60_000 });
    await goTo(page, "Sources");
    await pullEverything(page);
    await freezePopulation(page);
    await goTo(page, "Sample");
    await drawByJudgement(page, "Changes", "25");
    await evaluate(page);
    const zipPath = join(application.folder, "demo.zip");
    expect(await exportAndVerify(application, zipPath)).toBe("Verified");
    expect(existsSync(zipPath)).toBe(true);
    await expectNoViolation(page);
  } finally {
    await application.close();
  }
});

test("a package for people runs nothing on the program that TICKMARK_NODE names", async () => {
  const folder = mkdtempSync(join(tmpdir(), "tickmark-for-people-"));
  const ran = join(folder, "ran");
  const program = join(folder, "program");
  writeFileSync(program, `#!/bin/sh\ntouch ${ran}\n`, { mode: 0o755 });
  try {
    const application = await openPackaged(await makeDrivable(await withoutMark(folder)), { TICKMARK_NODE: program });
    try {
      const answer = await application.page.evaluate(() => window.tickmark.call("engine.ping", {}));
      const node = await application.electron.evaluate(() => process.versions.node);
      expect(answer).toEqual({ ok: true, value: expect.objectContaining({ node }) });
      expect(await processIdsOf(application, "engine")).toHaveLength(1);
    } finally {
      await application.close();
    }
    const tickmark = join(folder, "app/resources/bin/tickmark");
    expect(
      execFileSync(tickmark, ["--help"], { env: { ...process.env, TICKMARK_NODE: program }, encoding: "utf8" }),
    ).toContain("tickmark verify");
    expect(existsSync(ran)).toBe(false);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

function listFiles(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return `${relative(folder, path)} ${statSync(path).size}`;
    })
    .sort();
}

/** Playwright needs what a package for people refuses: to be asked by the inspector. */
async function makeDrivable(folder: string): Promise<string> {
  await flipFuses(binaryIn(folder), {
    version: FuseVersion.V1,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
  return binaryIn(folder);
}

/** A package without the mark of those that are made for tests, as people get it. */
async function withoutMark(folder: string): Promise<string> {
  const copy = join(folder, "app");
  cpSync(folderOf("unpacked"), copy, { recursive: true, verbatimSymlinks: true });
  const content = join(folder, "content");
  extractAll(asarIn(copy), content);
  rmSync(join(content, mark), { force: true });
  const unpackDir = "{out/engine,out/verifier,out/cli,out/chunks,node_modules/better-sqlite3,node_modules/pkcs11js}";
  await createPackageWithOptions(content, asarIn(copy), { unpackDir, unpack: "package.json" });
  return copy;
}
