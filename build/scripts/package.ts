/**
 * `npm run package`: packs the application for this system into dist/. Arguments go to electron-builder; without any, on
 * Linux: an unpacked folder and a tar.gz, which need no download. With `--check` alone these are then taken out of the
 * repository and used, by window and by command line.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../install.mjs";
import { bundleApplication } from "../prepare/bundle.ts";
import { runNode } from "../prepare/child.ts";
import { needsOfPackaging, prepareSystem } from "../prepare/debian.ts";
import { type PreparedElectron, prepareElectron } from "../prepare/electron.ts";
import { checkPackages } from "../prepare/packages.ts";
import { runScript, say } from "../prepare/say.ts";
import { prepareTokenModule } from "../prepare/token-module.ts";

const systemArchiver = "/usr/bin/7za";
const usualTargets = process.platform === "linux" ? ["--linux", "dir", "tar.gz"] : [];

runScript(async () => {
  await prepareSystem(needsOfPackaging);
  const electron = await prepareElectron();
  await bundleApplication();
  // On other systems it is compiled by `npm rebuild pkcs11js`; a package without it says so when a token is to be used.
  if (process.platform === "linux") await prepareTokenModule();
  const args = process.argv.slice(2);
  const isChecked = args.length === 1 && args[0] === "--check";
  const status = await pack(electron, isChecked || args.length === 0 ? usualTargets : args);
  if (electron.standIn) {
    say(
      "This package holds the stand-in Electron of the tests, which opens an engagement only with TICKMARK_NODE. It shows that packing works; do not hand it on.",
    );
  }
  return status === 0 && isChecked ? checkPackages(electron) : status;
});

async function pack(electron: PreparedElectron, targets: readonly string[]): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "tickmark-package-"));
  const config = join(folder, "electron-builder.json");
  writeFileSync(config, JSON.stringify(configFor(electron)));
  const env = {
    ...(existsSync(systemArchiver) ? { ELECTRON_BUILDER_7ZIP_PATH: systemArchiver } : {}),
    // What is not for use need not be small.
    ...(electron.standIn ? { ELECTRON_BUILDER_COMPRESSION_LEVEL: "1" } : {}),
  };
  const builder = ["--config", config, "--publish", "never", ...targets];
  try {
    return await runNode("node_modules/electron-builder/cli.js", builder, { env, stdout: "stderr" });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function configFor(electron: PreparedElectron): object {
  const config = JSON.parse(readFileSync(join(root, "build/electron-builder.json"), "utf8"));
  const packed = { ...config, electronVersion: electron.version, electronDist: electron.dist };
  if (!electron.standIn) return packed;
  return {
    ...packed,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: electron-builder's own notation.
    artifactName: "tickmark-NOT-FOR-USE-${version}-${os}-${arch}.${ext}",
    files: [...config.files, { from: "build/prepare/test-build", to: "out" }],
  };
}
