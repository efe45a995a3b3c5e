/**
 * Entry of the main process. The window comes first, and what stands behind it is loaded when its page has been drawn: until
 * then this process is all there for the page, which gets its files from here.
 */
import { join } from "node:path";
import { app, type BrowserWindow, dialog, session } from "electron";
import { declareAppScheme, serveApp } from "./app-protocol.ts";
import type { Application } from "./application.ts";
import { answerCalls } from "./calls.ts";
import { readCommandLine, runCommandLine } from "./command-line.ts";
import { setMenu } from "./menu.ts";
import { lockNavigation, lockSession } from "./navigation-lock.ts";
import { entryOf } from "./process-entry.ts";
import { openWindow } from "./window.ts";

const commandLine = readCommandLine(process.argv);
declareAppScheme();
if (commandLine) {
  runCommandLine(commandLine, entryOf("cli")).catch(failToStart);
} else if (app.requestSingleInstanceLock()) {
  const called = Promise.withResolvers<void>();
  const application = app.whenReady().then(() => start(called.promise));
  // Before Electron is ready, or it makes a menu of its own first.
  setMenu(application.then(({ commands }) => commands));
  answerCalls(
    application.then(({ answer }) => answer),
    called.resolve,
  );
  app.on("open-file", (event, path) => {
    event.preventDefault();
    void application.then(({ openFile }) => openFile(path));
  });
  app.on("second-instance", (_, args, folder) => {
    void application.then(({ startedAgain }) => startedAgain(args.slice(1), folder));
  });
  application.catch(failToStart);
} else {
  app.quit();
}

/** @param called settles when a page first calls */
async function start(called: Promise<void>): Promise<Application> {
  lockNavigation();
  lockSession(session.defaultSession);
  serveApp(join(import.meta.dirname, "../renderer"));
  // The page reads its storage before it draws, and waits until that is open. Whatever touches it here has it opened meanwhile.
  session.defaultSession.flushStorageData();
  const openOwn = () => openWindow(join(import.meta.dirname, "../preload/index.cjs"));
  const first = openOwn();
  await drawn(first, called);
  const { runApplication } = await import("./application.ts");
  return runApplication(openOwn, first);
}

/**
 * Settles when the window's page has been drawn, or will not be. It may be drawn while it is still empty; it calls when it is not.
 * A window that is closed before ends the program.
 */
async function drawn(window: BrowserWindow, called: Promise<void>): Promise<void> {
  const { promise: failed, resolve } = Promise.withResolvers<void>();
  window.webContents.once("did-fail-load", () => resolve());
  window.webContents.once("render-process-gone", () => resolve());
  const painted = new Promise<void>((settle) => window.once("ready-to-show", () => settle()));
  await Promise.race([failed, Promise.all([painted, called])]);
}

function failToStart(error: unknown): void {
  console.error(error);
  dialog.showErrorBox("Tickmark could not start", error instanceof Error ? error.message : String(error));
  app.exit(1);
}
