/** Entry of the command line. */
import { runProgram } from "./program.ts";

const status = await runProgram(process.argv.slice(2), { out: process.stdout, err: process.stderr });
// Not at once: what was written to a pipe must get through.
process.exitCode = status;
// Electron's utility process, which it is in the packaged application, does not end by itself.
if ("parentPort" in process) process.stdout.write("", () => process.stderr.write("", () => process.exit()));
