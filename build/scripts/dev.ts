/** `npm run dev`: opens the application and, whenever a source file changes, bundles it again and restarts it. */
import { type ChildProcess, spawn } from "node:child_process";
import { watch } from "node:fs";
import { join } from "node:path";
import { root } from "../install.mjs";
import { bundleApplication } from "../prepare/bundle.ts";
import { needsOfWindow, prepareSystem } from "../prepare/debian.ts";
import { environmentFor, prepareElectron } from "../prepare/electron.ts";
import { electronBinary, requireScreen, sandboxArguments } from "../prepare/electron-command.ts";
import { CannotPrepare, runScript, say } from "../prepare/say.ts";

/** Editors write several files at once. */
const quietMs = 200;

runScript(async () => {
  requireScreen();
  await prepareSystem(needsOfWindow);
  const electron = await prepareElectron();
  await bundleApplication();

  const args = [...sandboxArguments(), root, ...process.argv.slice(2)];
  const env = { ...process.env, ...environmentFor(electron) };
  const open = (): ChildProcess => spawn(electronBinary(electron), args, { cwd: root, env, stdio: "inherit" });
  return new Promise((resolve) => {
    let restarting = false;
    const follow = (window: ChildProcess): ChildProcess =>
      window.on("exit", (status) => (restarting ? undefined : resolve(status ?? 0)));
    let window = follow(open());
    watchSources(async () => {
      try {
        await bundleApplication();
      } catch (error) {
        say(error instanceof CannotPrepare ? error.message : String(error));
        return;
      }
      restarting = true;
      window.once("exit", () => {
        restarting = false;
        window = follow(open());
      });
      window.kill();
    });
  });
});

function watchSources(changed: () => Promise<void>): void {
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();
  for (const folder of ["electron", "shared", "renderer"]) {
    watch(join(root, folder), { recursive: true }, () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        running = running.then(changed);
      }, quietMs);
    });
  }
}
