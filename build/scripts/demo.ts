/**
 * `npm run demo`: the main job from beginning to end, on sources that the project makes itself. It is `tickmark demo`, and
 * everything is written to demo-output/.
 */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { runProgram } from "../../electron/cli/program.ts";
import { root } from "../install.mjs";

const output = join(root, "demo-output");

await rm(output, { recursive: true, force: true });
process.exitCode = await runProgram(["demo", output], { out: process.stdout, err: process.stderr });
