import { readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { type BrowserWindow, screen } from "electron";
import { z } from "zod";

const WindowState = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().min(640),
  height: z.int().min(480),
  maximized: z.boolean(),
});
export type WindowState = z.infer<typeof WindowState>;

/** Where the window was last time; undefined where that is not known or would now be off every screen. */
export function readWindowState(path: string): WindowState | undefined {
  let state: WindowState;
  try {
    state = WindowState.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    // Absent or damaged: the window opens in its usual place. Nothing of value is lost.
    return undefined;
  }
  const { x, y, width, height } = screen.getDisplayMatching(state).workArea;
  const isVisible = state.x < x + width && state.x + state.width > x && state.y < y + height && state.y + 40 > y;
  return isVisible ? state : undefined;
}

/** Remembers the window's place whenever it closes. */
export function keepWindowState(window: BrowserWindow, path: string): void {
  window.on("close", () => {
    const state: WindowState = { ...window.getNormalBounds(), maximized: window.isMaximized() };
    mkdir(dirname(path), { recursive: true })
      .then(() => writeFile(path, JSON.stringify(state)))
      .catch((error: unknown) => console.error("The window's place could not be kept:", error));
  });
}
