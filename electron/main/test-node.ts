import { existsSync } from "node:fs";
import { join } from "node:path";
import { app } from "electron";

/**
 * The Node that `TICKMARK_NODE` names for what Electron's own Node is too old for. Only an unpackaged copy, or a package that
 * was made for tests (build/prepare/test-build), may be told to run anything on another program.
 */
export function nodeOfTests(): string | undefined {
  const mayBeTold = !app.isPackaged || existsSync(join(import.meta.dirname, "../made-for-tests"));
  return mayBeTold ? process.env.TICKMARK_NODE : undefined;
}
