/** `npm start`: opens the application. */
import { root } from "../install.mjs";
import { bundleApplication } from "../prepare/bundle.ts";
import { run } from "../prepare/child.ts";
import { needsOfWindow, prepareSystem } from "../prepare/debian.ts";
import { environmentFor, prepareElectron } from "../prepare/electron.ts";
import { electronBinary, requireScreen, sandboxArguments } from "../prepare/electron-command.ts";
import { runScript } from "../prepare/say.ts";

runScript(async () => {
  requireScreen();
  await prepareSystem(needsOfWindow);
  const electron = await prepareElectron();
  await bundleApplication();
  const args = [...sandboxArguments(), root, ...process.argv.slice(2)];
  return run(electronBinary(electron), args, { env: environmentFor(electron) });
});
