/**
 * `npm run package`: packs the application for this system into dist/. Arguments go to electron-builder; without any, on
 * Linux: an unpacked folder and a tar.gz, which need no download.
 */
import { existsSync } from "node:fs";
import { bundleApplication } from "../prepare/bundle.ts";
import { runNode } from "../prepare/child.ts";
import { needsOfPackaging, prepareSystem } from "../prepare/debian.ts";
import { prepareElectron } from "../prepare/electron.ts";
import { runScript, say } from "../prepare/say.ts";
import { prepareTokenModule } from "../prepare/token-module.ts";

const systemArchiver = "/usr/bin/7za";

runScript(async () => {
  await prepareSystem(needsOfPackaging);
  const electron = await prepareElectron();
  await bundleApplication();
  // On other systems it is compiled by `npm rebuild pkcs11js`; a package without it says so when a token is to be used.
  if (process.platform === "linux") await prepareTokenModule();
  const targets = process.argv.slice(2);
  const args = targets.length > 0 ? targets : process.platform === "linux" ? ["--linux", "dir", "tar.gz"] : [];
  const settings = [
    `-c.electronVersion=${electron.version}`,
    `-c.electronDist=${electron.dist}`,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: electron-builder's own notation.
    ...(electron.standIn ? ["-c.artifactName=tickmark-NOT-FOR-USE-${version}-${os}-${arch}.${ext}"] : []),
  ];
  const env = {
    ...(existsSync(systemArchiver) ? { ELECTRON_BUILDER_7ZIP_PATH: systemArchiver } : {}),
    // What is not for use need not be small.
    ...(electron.standIn ? { ELECTRON_BUILDER_COMPRESSION_LEVEL: "1" } : {}),
  };
  const builder = ["--config", "build/electron-builder.json", "--publish", "never", ...args, ...settings];
  const status = await runNode("node_modules/electron-builder/cli.js", builder, { env, stdout: "stderr" });
  if (electron.standIn) {
    say(
      "This package holds the stand-in Electron of the tests, which cannot open an engagement. It shows that packing works; do not hand it on.",
    );
  }
  return status;
});
