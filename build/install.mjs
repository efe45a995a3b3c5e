/**
 * Brings node_modules to what package-lock.json says. Plain JavaScript without dependencies, because it runs on
 * whatever Node the machine has (20 or newer) before anything is installed.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** The Node that everything runs on, whatever the machine has. */
export const projectNode = join(
  root,
  "node_modules",
  "node",
  "bin",
  process.platform === "win32" ? "node.exe" : "node",
);

const oldestNode = 20;

/** Installs what is missing; prints on stderr only, so that stdout stays the command's own. Ends the process when it cannot. */
export function ensureInstalled() {
  const major = Number(process.versions.node.split(".")[0]);
  if (major < oldestNode) {
    giveUp(
      `Tickmark's scripts start on Node ${oldestNode} or newer; this is ${process.version}. Install a newer Node.`,
    );
  }
  if (!packagesMatchLockfile()) {
    say("installing the packages of package-lock.json (once; about half a minute)");
    npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund"], "The packages could not be installed");
  }
  // Not by running it: every command would wait for that. One that is there and does not run is told of by whoever starts it.
  if (!existsSync(projectNode)) {
    say("installing the project's own Node");
    npm(["rebuild", "node", "--ignore-scripts=false"], "The project's own Node could not be installed");
    if (!projectNodeRuns()) {
      giveUp("The project's own Node was installed but does not run. Remove node_modules and try again.");
    }
  }
}

/** True where every package of the lockfile is there in its version, by npm's own record of what it installed last. */
function packagesMatchLockfile() {
  const record = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(record)) {
    return false;
  }
  const wanted = readPackages(join(root, "package-lock.json"));
  const present = readPackages(record);
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === "") {
      return true;
    }
    const found = present[path];
    // An optional package may be absent: it is for another platform.
    return found === undefined ? entry.optional === true : found.version === entry.version;
  });
}

/**
 * @param {string} path a lockfile
 * @returns {Record<string, { version?: string, optional?: boolean }>} its packages by their place; none where it cannot be read
 */
function readPackages(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8")).packages ?? {};
  } catch {
    return {};
  }
}

function projectNodeRuns() {
  const wanted = readPackages(join(root, "package-lock.json"))["node_modules/node"]?.version;
  const answer = spawnSync(projectNode, ["--version"], { encoding: "utf8" });
  return answer.status === 0 && answer.stdout.trim() === `v${wanted}`;
}

/**
 * @param {readonly string[]} args
 * @param {string} failure how to begin the sentence that says that it failed
 */
function npm(args, failure) {
  // npm tells its scripts where it is; outside of npm it is found on the path.
  const cli = process.env.npm_execpath;
  const [command, ...first] = cli?.endsWith(".js") ? [process.execPath, cli] : ["npm"];
  const done = spawnSync(command, [...first, ...args, "--loglevel=error"], {
    cwd: root,
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32" && command === "npm",
  });
  if (done.error || done.status !== 0) {
    const why = done.error ? `: ${done.error.message}` : "";
    giveUp(`${failure}${why}. What npm said stands above; check the connection to the package registry and try again.`);
  }
}

/** @param {string} line */
function say(line) {
  process.stderr.write(`tickmark: ${line}\n`);
}

/**
 * @param {string} line
 * @returns {never}
 */
function giveUp(line) {
  say(line);
  process.exit(3);
}
