import type { WebContents, WebFrameMain } from "electron";
import { TickmarkError } from "../../shared/errors.ts";
import { appOrigin } from "./app-protocol.ts";

/** What the check looks at; part of every ipcMain event. */
export interface Sender {
  readonly senderFrame: WebFrameMain | null;
  readonly sender: WebContents;
}

/** Throws unless a message comes from the main frame of our own window, showing our own page. */
export function requireOwnSender({ sender, senderFrame }: Sender, ownContents: WebContents | undefined): void {
  const isOurs =
    ownContents !== undefined &&
    sender === ownContents &&
    senderFrame !== null &&
    senderFrame === ownContents.mainFrame &&
    senderFrame.origin === appOrigin;
  if (!isOurs) {
    throw new TickmarkError(
      "sender-refused",
      `A call was refused: it came from ${senderFrame?.url || "a page that is gone"}, which is not Tickmark's own window.`,
      "Close Tickmark and start it again; if this happens again, report it.",
    );
  }
}
