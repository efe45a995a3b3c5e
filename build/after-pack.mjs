import { rm } from "node:fs/promises";
import { join } from "node:path";

/**
 * Takes out of a packed application what belongs to a bare Electron: the part that runs any folder it is given.
 * @param {{ appOutDir: string, packager: { getResourcesDir(appOutDir: string): string } }} context
 */
export async function afterPack({ appOutDir, packager }) {
  await rm(join(packager.getResourcesDir(appOutDir), "default_app.asar"), { force: true });
  await rm(join(appOutDir, "version"), { force: true });
}
