import { join } from "node:path";
import { app, BrowserWindow } from "electron";
import { type EventName, type EventOf, events } from "../../shared/ipc/contract.ts";
import { eventChannel } from "../../shared/ipc/process-protocol.ts";
import { appOrigin } from "./app-protocol.ts";
import { keepWindowState, readWindowState } from "./window-state.ts";

/** Opens the window on the application's own page: sandboxed, isolated, without Node. */
export function openWindow(preload: string): BrowserWindow {
  const statePath = join(app.getPath("userData"), "window-state.json");
  const state = readWindowState(statePath);
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    ...state,
    minWidth: 900,
    minHeight: 600,
    show: false,
    title: "Tickmark",
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: !app.isPackaged,
    },
  });
  keepWindowState(window, statePath);
  window.once("ready-to-show", () => {
    if (state?.maximized) {
      window.maximize();
    }
    window.show();
  });
  window.loadURL(`${appOrigin}/`).catch((error: unknown) => console.error("The window could not be loaded:", error));
  return window;
}

/** Sends an event to the window if there is one; an event that the contract does not know is a bug and is dropped loudly. */
export function sendEvent<E extends EventName>(window: BrowserWindow | undefined, event: E, payload: EventOf<E>): void {
  const parsed = Object.hasOwn(events, event) ? events[event].safeParse(payload) : undefined;
  if (!parsed?.success) {
    console.error(`The event "${event}" is not as agreed and was dropped.`);
    return;
  }
  if (window && !window.isDestroyed()) {
    window.webContents.send(eventChannel, { event, payload: parsed.data });
  }
}
