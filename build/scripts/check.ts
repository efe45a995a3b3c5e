/** `npm run check`: types, lint and format, boundaries, unused code. Runs all of them, so that one run shows everything. */
import { checkBoundaries } from "../boundaries/check.ts";
import { root } from "../install.mjs";
import { runNode } from "../prepare/child.ts";
import { runScript, say } from "../prepare/say.ts";

const steps: readonly { name: string; run: () => Promise<boolean> }[] = [
  { name: "types", run: () => runTool("node_modules/typescript/bin/tsc", ["-b", "tsconfig.json"]) },
  {
    name: "lint and format",
    run: () => runTool("node_modules/@biomejs/biome/bin/biome", ["check", "--error-on-warnings", "."]),
  },
  { name: "boundaries", run: async () => report(checkBoundaries(root)) },
  { name: "unused code", run: () => runTool("node_modules/knip/bin/knip.js", ["--config", "build/knip.json"]) },
];

runScript(async () => {
  const failed: string[] = [];
  for (const step of steps) {
    const isGood = await step.run();
    say(`${step.name}: ${isGood ? "good" : "not good"}`);
    if (!isGood) {
      failed.push(step.name);
    }
  }
  process.stdout.write(failed.length === 0 ? "check passed\n" : `check failed: ${failed.join(", ")}\n`);
  return failed.length === 0 ? 0 : 1;
});

async function runTool(file: string, args: readonly string[]): Promise<boolean> {
  return (await runNode(file, args)) === 0;
}

function report(refusals: readonly string[]): boolean {
  for (const refusal of refusals) {
    process.stdout.write(`${refusal}\n`);
  }
  return refusals.length === 0;
}
