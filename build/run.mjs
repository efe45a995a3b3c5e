/**
 * The one entrance of every npm script: `node build/run.mjs NAME [arguments]`.
 * Works on a clean clone with nothing installed and leaves the real work to the script, on the project's Node.
 */
import { handOver } from "./handover.mjs";
import { ensureInstalled, root } from "./install.mjs";

const scripts = new Map([
  ["start", "build/scripts/start.ts"],
  ["dev", "build/scripts/dev.ts"],
  ["demo", "build/scripts/demo.ts"],
  ["test", "build/scripts/test.ts"],
  ["check", "build/scripts/check.ts"],
  ["format", "build/scripts/format.ts"],
  ["bench", "build/bench/run.ts"],
  ["package", "build/scripts/package.ts"],
  ["screens", "build/scripts/screens.ts"],
  ["tickmark", "electron/cli/index.ts"],
]);

const [name = "", ...args] = process.argv.slice(2);
const script = scripts.get(name);
if (script === undefined) {
  process.stderr.write(`tickmark: there is no script "${name}"; there are ${[...scripts.keys()].join(", ")}.\n`);
  process.exit(2);
}
ensureInstalled();
// npm changes to the project's folder; paths given to the command line are meant from where the person stands.
const cwd = name === "tickmark" ? (process.env.INIT_CWD ?? process.cwd()) : root;
handOver(script, args, cwd);
