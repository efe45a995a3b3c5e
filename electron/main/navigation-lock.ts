import { app, type Session, type WebContents } from "electron";
import { appOrigin } from "./app-protocol.ts";

/** A window shows the application's own page for as long as it lives: it goes nowhere, opens nothing and is granted nothing. */
export function lockNavigation(): void {
  app.on("web-contents-created", (_, contents) => lockContents(contents));
}

function lockContents(contents: WebContents): void {
  contents.on("will-navigate", (event) => event.preventDefault());
  contents.on("will-frame-navigate", (event) => event.preventDefault());
  contents.on("will-redirect", (event) => event.preventDefault());
  contents.on("will-attach-webview", (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: "deny" }));
}

/** No permission and no network for whatever runs in a window. */
export function lockSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.on("will-download", (event) => event.preventDefault());
  session.webRequest.onBeforeRequest((details, decide) => decide({ cancel: !isOwn(details.url) }));
}

function isOwn(address: string): boolean {
  return address.startsWith(`${appOrigin}/`) || address.startsWith("devtools://") || address.startsWith("data:");
}
