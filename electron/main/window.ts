import { join } from "node:path";
import { app, BrowserWindow } from "electron";
import { appOrigin } from "./app-protocol.ts";
import { recoverPage } from "./page-recovery.ts";
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
  recoverPage(window);
  window.once("ready-to-show", () => {
    if (state?.maximized) {
      window.maximize();
    }
    window.show();
  });
  window.loadURL(`${appOrigin}/`).catch((error: unknown) => console.error("The window could not be loaded:", error));
  return window;
}
