import { join } from "node:path";
import { app, type BrowserWindow } from "electron";
import type { EventName, EventOf, Procedure } from "../../shared/ipc/contract.ts";
import { catalogDraftPlace } from "../../shared/model/draft.ts";
import type { EngagementView } from "../../shared/model/view.ts";
import { createAnswers } from "./call-answers.ts";
import type { AnswerCall } from "./calls.ts";
import { DraftKeeper } from "./draft-keeper.ts";
import { EngineProcess, type ProcessState } from "./engine-process.ts";
import { askForBundle, askForEngagement, createMainProcedures } from "./main-procedures.ts";
import type { MenuCommands } from "./menu.ts";
import { filesAmong, readOpenedFile } from "./opened-files.ts";
import { sendEvent } from "./page-events.ts";
import { printPage, savePageAsPdf } from "./page-printing.ts";
import { askBeforeClosing, askBeforeLosingEdits, tellEnd } from "./person-notices.ts";
import { entryOf } from "./process-entry.ts";
import { RecentEngagements } from "./recent-engagements.ts";
import { RunningWork } from "./running-work.ts";
import { TrustedSigners } from "./trusted-signers.ts";

export interface Application {
  readonly answer: AnswerCall;
  readonly commands: MenuCommands;
  /** Opens a file that the system names, where it is one of Tickmark's. */
  openFile(path: string): void;
  /** Another start of the program was asked for, with these arguments: the window comes to the front. */
  startedAgain(args: readonly string[], folder: string): void;
}

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

/** Stands behind the window: one engine, one verifier, dialogs and the keychain. */
export function runApplication(openWindow: () => BrowserWindow, first: BrowserWindow): Application {
  const engine = prepareProcess("engine");
  // The verifier starts with the first bundle that it is given.
  const verifier = prepareProcess("verifier");
  const trusted = new TrustedSigners(join(app.getPath("userData"), "trusted-signers.json"));
  const drafts = new DraftKeeper(join(app.getPath("userData"), "drafts"), () => new Date().toISOString());
  const recent = new RecentEngagements(join(app.getPath("userData"), "recent-engagements.json"), () =>
    new Date().toISOString(),
  );
  const watched = {
    call: (procedure: string, request: unknown) =>
      work.watch(procedure, () => rememberOpened(recent, procedure, request, engine)),
  };
  const answer = createAnswers({
    engine: watched,
    // The window names the bundle; whom to trust is not for the window to say.
    verifier: {
      call: (procedure, request) =>
        work.watch(procedure, () => verifier.call(procedure, { ...(request as object), ...trusted.asRequest() })),
    },
    main: createMainProcedures(watched, trusted, recent, drafts, () => window),
    ownContents: () => (window?.isDestroyed() ? undefined : window?.webContents),
  });
  const commands: MenuCommands = {
    openEngagement: () =>
      void askForEngagement(window).then((path) => path && requestOpen({ kind: "engagement", path })),
    verifyBundle: () => void askForBundle(window).then((path) => path && requestOpen({ kind: "bundle", path })),
    openDemo: () => requestOpen({ kind: "demo", path: "" }),
    choose: (command) => send("menu-chosen", { command }),
    print: () => void printPage(window),
    savePdf: () => void savePageAsPdf(window),
  };
  quitInOrder([engine, verifier]);

  const greetEngine = () =>
    void engine.call("engine.ping", {}).then(
      () => showState("ready", "The engine is ready."),
      // What became of it, the process itself reports.
      () => undefined,
    );
  const forgetEdits = () => void drafts.keep(catalogDraftPlace, null);
  adoptWindow(first, greetEngine, forgetEdits);
  app.on("activate", () => window ?? adoptWindow(openWindow(), greetEngine, forgetEdits));
  // Under `electron FOLDER` the folder is an argument too; it is none of Tickmark's files and falls out.
  filesAmong(process.argv.slice(1), process.cwd()).forEach(requestOpen);
  return {
    answer,
    commands,
    openFile: (path) => requestOpen(readOpenedFile(path)),
    startedAgain(args, folder) {
      bringToFront();
      filesAmong(args, folder).forEach(requestOpen);
    },
  };
}

/** The engine waits for the page, which is quicker drawn without it: nothing of the first screen is the engine's to say. */
function adoptWindow(opened: BrowserWindow, greetEngine: () => void, forgetEdits: () => void): void {
  const { webContents } = opened;
  window = opened;
  isPageLoaded = false;
  askBeforeClosing(opened, () => work.steps);
  askBeforeLosingEdits(opened, forgetEdits);
  const greet = () => {
    isPageLoaded = true;
    greetEngine();
    send("engine-state", engineState);
    openedEarly.splice(0).forEach(requestOpen);
  };
  webContents.on("did-finish-load", greet);
  if (!webContents.isLoadingMainFrame()) greet();
  opened.on("closed", () => {
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
    entry: entryOf(name),
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
