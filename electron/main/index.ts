/** Entry of the main process: one window, one engine, one verifier. */
import { join } from "node:path";
import { app, type BrowserWindow, dialog, session } from "electron";
import type { EventName, EventOf, Procedure } from "../../shared/ipc/contract.ts";
import type { EngagementView } from "../../shared/model/view.ts";
import { declareAppScheme, serveApp } from "./app-protocol.ts";
import { answerCalls } from "./calls.ts";
import { EngineProcess, type ProcessState } from "./engine-process.ts";
import { askForBundle, askForEngagement, createMainProcedures } from "./main-procedures.ts";
import { setMenu } from "./menu.ts";
import { lockNavigation, lockSession } from "./navigation-lock.ts";
import { filesAmong, readOpenedFile } from "./opened-files.ts";
import { printPage, savePageAsPdf } from "./page-printing.ts";
import { askBeforeClosing, tellEnd } from "./person-notices.ts";
import { RecentEngagements } from "./recent-engagements.ts";
import { RunningWork } from "./running-work.ts";
import { TrustedSigners } from "./trusted-signers.ts";
import { openWindow, sendEvent } from "./window.ts";

type OpenRequest = EventOf<"open-requested">;

let window: BrowserWindow | undefined;
/** True once the page can hear events. */
let isPageLoaded = false;
/** Files that the system asked to open before that. */
const openedEarly: OpenRequest[] = [];
const work = new RunningWork({
  showProgress: (share) => window?.setProgressBar(share),
  tellEnd: (step, succeeded) => tellEnd(window, step, succeeded),
});
let engineState: EventOf<"engine-state"> = { state: "starting", sentence: "The engine is starting." };

declareAppScheme();
if (app.requestSingleInstanceLock()) {
  app.on("open-file", (event, path) => {
    event.preventDefault();
    requestOpen(readOpenedFile(path));
  });
  app.on("second-instance", (_, args, folder) => {
    bringToFront();
    filesAmong(args.slice(1), folder).forEach(requestOpen);
  });
  app.whenReady().then(start).catch(failToStart);
} else {
  app.quit();
}

function start(): void {
  lockNavigation();
  lockSession(session.defaultSession);
  serveApp(join(import.meta.dirname, "../renderer"));

  const engine = prepareProcess("engine");
  // The verifier starts with the first bundle that it is given.
  const verifier = prepareProcess("verifier");
  const trusted = new TrustedSigners(join(app.getPath("userData"), "trusted-signers.json"));
  const recent = new RecentEngagements(join(app.getPath("userData"), "recent-engagements.json"), () =>
    new Date().toISOString(),
  );
  const watched = {
    call: (procedure: string, request: unknown) =>
      work.watch(procedure, () => rememberOpened(recent, procedure, request, engine)),
  };
  answerCalls({
    engine: watched,
    // The window names the bundle; whom to trust is not for the window to say.
    verifier: {
      call: (procedure, request) =>
        work.watch(procedure, () => verifier.call(procedure, { ...(request as object), ...trusted.asRequest() })),
    },
    main: createMainProcedures(watched, trusted, recent, () => window),
    ownContents: () => (window?.isDestroyed() ? undefined : window?.webContents),
  });
  setMenu({
    openEngagement: () =>
      void askForEngagement(window).then((path) => path && requestOpen({ kind: "engagement", path })),
    verifyBundle: () => void askForBundle(window).then((path) => path && requestOpen({ kind: "bundle", path })),
    openDemo: () => requestOpen({ kind: "demo", path: "" }),
    choose: (command) => send("menu-chosen", { command }),
    print: () => void printPage(window),
    savePdf: () => void savePageAsPdf(window),
  });
  quitInOrder([engine, verifier]);

  openMainWindow();
  engine.call("engine.ping", {}).then(
    () => showState("ready", "The engine is ready."),
    // What became of it, the process itself reports.
    () => undefined,
  );
  // Under `electron FOLDER` the folder is an argument too; it is none of Tickmark's files and falls out.
  filesAmong(process.argv.slice(1), process.cwd()).forEach(requestOpen);
  app.on("activate", () => window ?? openMainWindow());
}

function openMainWindow(): void {
  isPageLoaded = false;
  window = openWindow(join(import.meta.dirname, "../preload/index.cjs"));
  askBeforeClosing(window, () => work.steps);
  window.webContents.on("did-finish-load", () => {
    isPageLoaded = true;
    send("engine-state", engineState);
    openedEarly.splice(0).forEach(requestOpen);
  });
  window.on("closed", () => {
    window = undefined;
    isPageLoaded = false;
  });
}

/** Passes a call on, and remembers the engagement that it opened. */
async function rememberOpened(
  recent: RecentEngagements,
  procedure: string,
  request: unknown,
  engine: EngineProcess,
): Promise<unknown> {
  const value = await engine.call(procedure, request);
  if (openings.has(procedure)) {
    const view = value as EngagementView;
    app.addRecentDocument(view.path);
    await recent
      .add(view)
      .catch((error: unknown) => console.error("The list of engagements could not be kept:", error));
  }
  return value;
}

const openings: ReadonlySet<string> = new Set<Procedure>([
  "engagement.open",
  "engagement.create",
  "engagement.create-demo",
]);

function prepareProcess(name: "engine" | "verifier"): EngineProcess {
  return new EngineProcess({
    name,
    // Native modules and child processes cannot be loaded from inside the archive of a packaged application.
    entry: join(import.meta.dirname, `../${name}/index.js`).replace("app.asar", "app.asar.unpacked"),
    onEvent: (event, payload) => {
      if (event === "pull-progress" || event === "work-progress") {
        const { done, total } = payload as EventOf<"work-progress">;
        work.progress(done, total);
      }
      send(event as EventName, payload as EventOf<EventName>);
    },
    onState: showState,
  });
}

function showState(state: ProcessState, sentence: string): void {
  engineState = { state, sentence };
  send("engine-state", engineState);
}

function send<E extends EventName>(event: E, payload: EventOf<E>): void {
  sendEvent(window, event, payload);
}

function requestOpen(request: OpenRequest | undefined): void {
  if (request && isPageLoaded) {
    send("open-requested", request);
  } else if (request) {
    openedEarly.push(request);
  }
}

function bringToFront(): void {
  if (window?.isMinimized()) {
    window.restore();
  }
  window?.focus();
}

/** The engine closes the engagement, so that it is one complete file again, before the application ends. */
function quitInOrder(processes: readonly EngineProcess[]): void {
  let isDone = false;
  app.on("window-all-closed", () => process.platform === "darwin" || app.quit());
  app.on("will-quit", (event) => {
    if (!isDone) {
      event.preventDefault();
      void Promise.allSettled(processes.map((running) => running.stop())).then(() => {
        isDone = true;
        app.quit();
      });
    }
  });
}

function failToStart(error: unknown): void {
  console.error(error);
  dialog.showErrorBox("Tickmark could not start", error instanceof Error ? error.message : String(error));
  app.exit(1);
}
