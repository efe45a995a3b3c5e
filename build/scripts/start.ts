/** `npm start`: opens the application. */
import { root } from "../install.mjs";
import { bundleApplication } from "../prepare/bundle.ts";
import { run } from "../prepare/child.ts";
import { needsOfWindow, prepareSystem } from "../prepare/debian.ts";
import { environmentFor, prepareElectron } from "../prepare/electron.ts";
import { electronBinary, sandboxArguments } from "../prepare/electron-command.ts";
import { CannotPrepare, runScript } from "../prepare/say.ts";

runScript(async () => {
  if (process.platform === "linux" && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
    throw new CannotPrepare(
      "There is no screen to open a window on. Start Tickmark in a desktop session, or use: npm run -s tickmark -- --help",
    );
  }
  await prepareSystem(needsOfWindow);
  const electron = await prepareElectron();
  await bundleApplication();
  const args = [...sandboxArguments(), root, ...process.argv.slice(2)];
  return run(electronBinary(electron), args, { env: environmentFor(electron) });
});
