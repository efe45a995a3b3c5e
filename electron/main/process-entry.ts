import { join } from "node:path";

/**
 * The bundled entry of a program that the main process starts. Native modules and child processes cannot be loaded from inside
 * the archive of a packaged application.
 */
export function entryOf(program: "engine" | "verifier" | "cli"): string {
  return join(import.meta.dirname, `../${program}/index.js`).replace("app.asar", "app.asar.unpacked");
}
