/**
 * Entry of the main process. The window comes first: while its page is read by another process, what stands behind the
 * window is loaded in this one.
 */
import { join } from "node:path";
import { app, dialog, session } from "electron";
import { declareAppScheme, serveApp } from "./app-protocol.ts";
import type { Application } from "./application.ts";
import { answerCalls } from "./calls.ts";
import { readCommandLine, runCommandLine } from "./command-line.ts";
import { lockNavigation, lockSession } from "./navigation-lock.ts";
import { entryOf } from "./process-entry.ts";
import { openWindow } from "./window.ts";

const commandLine = readCommandLine(process.argv);
declareAppScheme();
if (commandLine) {
  runCommandLine(commandLine, entryOf("cli")).catch(failToStart);
} else if (app.requestSingleInstanceLock()) {
  const application = app.whenReady().then(start);
  answerCalls(application.then(({ answer }) => answer));
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

async function start(): Promise<Application> {
  lockNavigation();
  lockSession(session.defaultSession);
  serveApp(join(import.meta.dirname, "../renderer"));
  // The page reads its storage before it draws, and waits until that is open. Whatever touches it here has it opened meanwhile.
  session.defaultSession.flushStorageData();
  const openOwn = () => openWindow(join(import.meta.dirname, "../preload/index.cjs"));
  const first = openOwn();
  const { runApplication } = await import("./application.ts");
  return runApplication(openOwn, first);
}

function failToStart(error: unknown): void {
  console.error(error);
  dialog.showErrorBox("Tickmark could not start", error instanceof Error ? error.message : String(error));
  app.exit(1);
}
