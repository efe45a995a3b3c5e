/** Entry of the command line. */
import { runProgram } from "./program.ts";

const status = await runProgram(process.argv.slice(2), { out: process.stdout, err: process.stderr });
// Not process.exit: what was written to a pipe must get through.
process.exitCode = status;
