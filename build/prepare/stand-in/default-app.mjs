/**
 * What a plain Electron binary does when it is given a folder: `electron [flags] [-r module] FOLDER [arguments]`.
 * The stand-in Electron lacks this part, so the tests bring their own.
 */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { app } from "electron";

/** Splits Electron's own arguments from the application's. */
function readCommandLine(args) {
  const modules = [];
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at];
    if (arg === "-r" || arg === "--require") {
      at += 1;
      modules.push(args[at]);
    } else if (arg.startsWith("--app=")) {
      return { modules, target: arg.slice("--app=".length) };
    } else if (!arg.startsWith("-")) {
      return { modules, target: arg };
    }
  }
  return { modules, target: undefined };
}

/** Gives the application its own name, version and path, and returns the file to run. */
function takeOn(target) {
  const path = resolve(target);
  const manifestPath = join(path, "package.json");
  if (!existsSync(manifestPath)) {
    app.setAppPath(dirname(path));
    return path;
  }
  const manifest = JSON.parse(readFileSync(manifestPath, "utf8"));
  app.setName(manifest.productName ?? manifest.name ?? "electron");
  app.setVersion(manifest.version ?? "0.0.0");
  app.setDesktopName(`${app.name}.desktop`);
  app.setAppPath(path);
  return join(path, manifest.main ?? "index.js");
}

const { modules, target } = readCommandLine(process.argv.slice(1));
Object.defineProperty(process, "defaultApp", { value: true, enumerable: true });
const require = createRequire(join(process.cwd(), "x.js"));
for (const name of modules) {
  require(name);
}
if (target === undefined) {
  process.stderr.write("Give the folder of an application.\n");
  app.exit(1);
} else {
  try {
    // Awaited: Electron holds back "ready" until the application's file has run.
    await import(pathToFileURL(takeOn(target)).href);
  } catch (error) {
    process.stderr.write(`${error?.stack ?? error}\n`);
    app.exit(1);
  }
}
