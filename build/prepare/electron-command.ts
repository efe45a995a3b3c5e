import { join } from "node:path";
import type { PreparedElectron } from "./electron.ts";
import { CannotPrepare } from "./say.ts";

/** The program inside of an Electron folder. */
export function electronBinary({ dist }: PreparedElectron): string {
  const binaries: Partial<Record<NodeJS.Platform, string>> = {
    darwin: "Electron.app/Contents/MacOS/Electron",
    win32: "electron.exe",
  };
  return join(dist, binaries[process.platform] ?? "electron");
}

/** Chromium refuses to run its sandbox as root. For any other user the sandbox stays on. */
export function sandboxArguments(): string[] {
  return process.getuid?.() === 0 ? ["--no-sandbox"] : [];
}

/** Says so plainly where a window has nowhere to open. */
export function requireScreen(): void {
  if (process.platform === "linux" && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
    throw new CannotPrepare(
      "There is no screen to open a window on. Start Tickmark in a desktop session, or use the command line: npm run -s tickmark -- --help",
    );
  }
}
