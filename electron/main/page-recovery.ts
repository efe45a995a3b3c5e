import { type BrowserWindow, dialog } from "electron";

/** A page that ends again at once is not opened for ever. */
const [mostTimes, withinMs] = [3, 60_000];

/**
 * Opens the page again when its process ended: the engagement is open in the engine, and what was being typed was kept (see
 * draft-keeper.ts). The person is told.
 */
export function recoverPage(window: BrowserWindow): void {
  const ended: number[] = [];
  window.webContents.on("render-process-gone", (_, { reason }) => {
    if (reason === "clean-exit" || window.isDestroyed()) return;
    const now = Date.now();
    ended.push(now);
    const isOften = ended.filter((at) => now - at < withinMs).length > mostTimes;
    if (!isOften) window.webContents.reload();
    void dialog.showMessageBox(window, {
      type: "warning",
      message: isOften ? "The page ended several times." : "The page ended unexpectedly, and was opened again.",
      detail: isOften
        ? "Close Tickmark and start it again. The engagement is as it was."
        : "The engagement is as it was. Words that were not recorded yet are offered where they were written.",
    });
  });
}
