import { readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { type BrowserWindow, screen } from "electron";

export interface WindowState {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly maximized: boolean;
}

/** Where the window was last time; undefined where that is not known or would now be off every screen. */
export function readWindowState(path: string): WindowState | undefined {
  const state = readKept(path);
  if (!state) return undefined;
  const { x, y, width, height } = screen.getDisplayMatching(state).workArea;
  const isVisible = state.x < x + width && state.x + state.width > x && state.y < y + height && state.y + 40 > y;
  return isVisible ? state : undefined;
}

/** Not parsed with a schema: the window does without the parser, which takes longer to load than all that opens the window. */
function readKept(path: string): WindowState | undefined {
  try {
    const { x, y, width, height, maximized } = JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>;
    const isPlace = isWhole(x) && isWhole(y) && isWhole(width) && isWhole(height) && typeof maximized === "boolean";
    return isPlace && width >= 640 && height >= 480 ? { x, y, width, height, maximized } : undefined;
  } catch {
    // Absent or damaged: the window opens in its usual place. Nothing of value is lost.
    return undefined;
  }
}

const isWhole = (value: unknown): value is number => Number.isSafeInteger(value);

/** Remembers the window's place whenever it closes. */
export function keepWindowState(window: BrowserWindow, path: string): void {
  window.on("close", () => {
    const state: WindowState = { ...window.getNormalBounds(), maximized: window.isMaximized() };
    mkdir(dirname(path), { recursive: true })
      .then(() => writeFile(path, JSON.stringify(state)))
      .catch((error: unknown) => console.error("The window's place could not be kept:", error));
  });
}
