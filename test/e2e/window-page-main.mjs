/** An Electron that shows one page and nothing else: the window's own page on the fake bridge. */
import { app, BrowserWindow } from "electron";

// Its own warnings try eval, which the page is watched for.
process.env.ELECTRON_DISABLE_SECURITY_WARNINGS = "true";

app.whenReady().then(() => {
  const window = new BrowserWindow({
    width: 1360,
    height: 860,
    useContentSize: true,
    webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false },
  });
  // A page that holds edits back is left all the same: the next state is shown.
  window.webContents.on("will-prevent-unload", (event) => event.preventDefault());
  void window.loadURL("about:blank");
});
