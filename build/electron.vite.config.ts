import { existsSync } from "node:fs";
import { join } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig } from "electron-vite";
import { root } from "./install.mjs";

// electron-vite does not know the newest Electron, and the tests may run on an older one. One conservative target for
// both, so that the code that is tested is the code that ships.
const nodeTarget = "node20.18";
const chromiumTarget = "chrome130";

/** The programs that run on Node: the window's main process, the processes that it starts, and the command line. */
const programs = {
  main: "electron/main/index.ts",
  engine: "electron/engine/index.ts",
  verifier: "electron/verifier/process.ts",
  cli: "electron/cli/index.ts",
};

function inputsOf(entries: Readonly<Record<string, string>>): Record<string, string> {
  const paths = Object.entries(entries).map(([name, path]) => [name, join(root, path)] as const);
  return Object.fromEntries(paths.filter(([, path]) => existsSync(path)));
}

export default defineConfig({
  main: {
    root,
    build: {
      target: nodeTarget,
      outDir: join(root, "out"),
      emptyOutDir: true,
      // What package.json calls dependencies stays outside of the bundle: better-sqlite3, for its binaries; and pkcs11js, which
      // is there only where it was compiled.
      externalizeDeps: { include: ["pkcs11js"] },
      chunkSizeWarningLimit: 4000,
      sourcemap: true,
      rolldownOptions: {
        input: inputsOf(programs),
        // Every file lies two folders deep, as the sources do, so that "../../resources" means the same in both.
        output: { format: "es", entryFileNames: "[name]/index.js", chunkFileNames: "chunks/[name]-[hash].js" },
      },
    },
  },
  preload: {
    root,
    build: {
      target: nodeTarget,
      outDir: join(root, "out/preload"),
      emptyOutDir: true,
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: join(root, "electron/preload/index.ts") },
        // A sandboxed preload script can only be CommonJS in one file.
        output: { format: "cjs", entryFileNames: "[name].cjs" },
      },
    },
  },
  renderer: {
    root: join(root, "renderer"),
    plugins: [react()],
    build: {
      target: chromiumTarget,
      cssTarget: chromiumTarget,
      outDir: join(root, "out/renderer"),
      emptyOutDir: true,
      // The content security policy knows no data: scripts or fonts.
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 4000,
      modulePreload: { polyfill: false },
      minify: true,
      rolldownOptions: { input: join(root, "renderer/index.html") },
    },
  },
});
