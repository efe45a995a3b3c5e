import { type BrowserWindow, dialog, Notification } from "electron";

/** Tells the end of a long step where the person is looking elsewhere. */
export function tellEnd(window: BrowserWindow | undefined, step: string, succeeded: boolean): void {
  if (window === undefined || window.isFocused() || !Notification.isSupported()) return;
  const body = succeeded ? `${step} is done.` : `${step} stopped. Tickmark says why.`;
  const notice = new Notification({ title: "Tickmark", body });
  notice.on("click", () => {
    if (!window.isDestroyed()) window.show();
  });
  notice.show();
}

const [stay, leave] = [0, 1];

/** A window does not close over work that runs before the person has said so. What is saved up to there stays. */
export function askBeforeClosing(window: BrowserWindow, running: () => readonly string[]): void {
  let isAgreed = false;
  window.on("close", (event) => {
    const steps = running();
    if (isAgreed || steps.length === 0) return;
    event.preventDefault();
    closeOnceAgreed(window, {
      message: `${steps.join(" and ")} ${steps.length === 1 ? "is" : "are"} still running.`,
      detail:
        "What was received so far is saved, and a pull goes on from there next time. An export that is not finished leaves no file.",
      buttons: ["Keep running", "Stop and close"],
      agreed: () => {
        isAgreed = true;
      },
    });
  });
}

/**
 * Edits that are not saved: the page holds the closing back, and the person says what becomes of them.
 * @param forgetEdits takes away what would be offered again
 */
export function askBeforeLosingEdits(window: BrowserWindow, forgetEdits: () => void): void {
  let isAgreed = false;
  window.webContents.on("will-prevent-unload", (event) => {
    if (isAgreed) {
      // Lets the page go in spite of what it asked for.
      event.preventDefault();
      return;
    }
    closeOnceAgreed(window, {
      message: "The edited copy of the catalog is not saved.",
      detail: "Edits since it was last saved or used for the engagement are lost when the window closes.",
      buttons: ["Keep editing", "Throw away and close"],
      agreed: () => {
        isAgreed = true;
        forgetEdits();
      },
    });
  });
}

interface ClosingQuestion {
  readonly message: string;
  readonly detail: string;
  readonly buttons: [stay: string, leave: string];
  /** Called before the window is closed again, so that nobody asks a second time. */
  readonly agreed: () => void;
}

function closeOnceAgreed(window: BrowserWindow, { agreed, ...question }: ClosingQuestion): void {
  const asked = dialog.showMessageBox(window, { type: "question", ...question, defaultId: stay, cancelId: stay });
  void asked.then(({ response }) => {
    if (response !== leave || window.isDestroyed()) return;
    agreed();
    window.close();
  });
}
