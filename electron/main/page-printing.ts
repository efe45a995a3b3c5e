import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { app, type BrowserWindow, dialog } from "electron";

/** The screen on paper, by the system's own dialog. The page's print style is light whatever the theme. */
export async function printPage(window: BrowserWindow | undefined): Promise<void> {
  window?.webContents.print({ printBackground: true });
}

/** The screen as a PDF where the person wants it. It is a picture of the screen, not the signed report. */
export async function savePageAsPdf(window: BrowserWindow | undefined): Promise<void> {
  if (!window) return;
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    defaultPath: join(app.getPath("documents"), "screen.pdf"),
    filters: [{ name: "PDF", extensions: ["pdf"] }],
  });
  if (canceled || !filePath) return;
  try {
    await writeFile(filePath, await window.webContents.printToPDF({ printBackground: true, pageSize: "A4" }));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    await dialog.showMessageBox(window, {
      type: "error",
      message: "The screen could not be saved as a PDF.",
      detail: `${filePath}: ${why} Choose another folder, or free some space.`,
    });
  }
}
