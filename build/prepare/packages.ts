import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../install.mjs";
import { run } from "./child.ts";
import { needsOfWindowTests, prepareSystem } from "./debian.ts";
import { environmentFor, type PreparedElectron } from "./electron.ts";
import { runPlaywright } from "./playwright.ts";
import { CannotPrepare, say } from "./say.ts";

const packed = join(root, "dist");

/**
 * Uses the packages in dist/ as somebody does who got them: copied out of the repository, unpacked from the archive, started in
 * a window and called by command line (test/e2e/packaged.package.ts).
 * @returns the exit status of the tests
 */
export async function checkPackages(electron: PreparedElectron): Promise<number> {
  await prepareSystem(needsOfWindowTests);
  const folder = mkdtempSync(join(tmpdir(), "tickmark-packages-"));
  try {
    cpSync(join(packed, "linux-unpacked"), join(folder, "unpacked"), { recursive: true, verbatimSymlinks: true });
    await unpackArchive(join(folder, "archive"));
    say(`using the packages in ${folder}`);
    return await runPlaywright([], { ...environmentFor(electron), TICKMARK_PACKAGES: folder });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function unpackArchive(target: string): Promise<void> {
  // Archives of earlier versions may lie beside it.
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
  const archive = readdirSync(packed).find((name) => name.includes(`-${version}-`) && name.endsWith(".tar.gz"));
  if (archive === undefined) throw new CannotPrepare("There is no tar.gz in dist/: run `npm run package` first.");
  mkdirSync(target);
  const status = await run("tar", ["-xzf", join(packed, archive), "-C", target, "--strip-components=1"]);
  if (status !== 0) throw new CannotPrepare(`${archive} could not be unpacked; tar's message stands above.`);
}
