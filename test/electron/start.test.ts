import { expect, it } from "vitest";
import { filesLoadedBy, filesLoadedToAnswer } from "./loaded-files.ts";

/* What a program loads before it does anything is the time that everybody waits for it, every time. */

const byFolder = (files: readonly string[], ...folders: readonly string[]) =>
  files.filter((file) => !folders.some((folder) => file === folder || file.startsWith(`${folder}/`)));

it("the engine answers the first screen without a driver, a reader, a catalog, the store, what signs, or any package", async () => {
  const loaded = await filesLoadedToAnswer("electron/engine/index.ts", ["engine.ping", "engagement.current"]);
  const small = ["shared/errors.ts", "shared/ipc/payload-size.ts", "electron/verifier/own-program.ts", "package.json"];
  expect(byFolder(loaded, "electron/process", ...small)).toEqual([
    "electron/engine/bundle-copies.ts",
    "electron/engine/handlers.ts",
    "electron/engine/handlers/engagement-handlers.ts",
    "electron/engine/index.ts",
    "electron/engine/reading-procedures.ts",
    "electron/engine/session.ts",
    "electron/engine/tool-version.ts",
  ]);
});

it("the main process opens the window without any package but Electron, and without the contract", async () => {
  const loaded = await filesLoadedBy("electron/main/index.ts");
  expect(loaded).toContain("electron/main/window.ts");
  expect(byFolder(loaded, "electron/main")).toEqual(["shared/ipc/process-protocol.ts"]);
  expect(loaded).not.toContain("electron/main/application.ts");
});

it("the command line says its version without loading a command", async () => {
  const loaded = await filesLoadedBy("electron/cli/index.ts", ["--version"]);
  expect(loaded.filter((file) => file.startsWith("electron/cli/commands/"))).toEqual([]);
  expect(byFolder(loaded, "electron", "shared", "package.json")).toEqual(["commander"]);
});

it("a sample is planned without the engine", async () => {
  const loaded = await filesLoadedBy("electron/cli/index.ts", [
    ...["sample", "plan", "--confidence", "0.95", "--tolerable", "0.05", "--population", "200000"],
  ]);
  expect(loaded).not.toContain("electron/engine/handlers.ts");
  expect(byFolder(loaded, "electron", "shared", "package.json")).toEqual(["commander", "zod"]);
});

it("the kinds of sources are listed without loading a driver, a catalog or the store", async () => {
  const loaded = await filesLoadedBy("electron/cli/index.ts", ["source", "kinds"]);
  expect(loaded).toContain("electron/sources/source-kinds.ts");
  expect(loaded.filter((file) => /driver|electron\/store|shared\/(facts|evaluation)/.test(file))).toEqual([]);
});
