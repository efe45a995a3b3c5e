/**
 * Every assertion of the catalog on 10,000 generated items of all populations, by Tickmark and by an independent CEL
 * implementation: not one may come out otherwise. The test runs fewer of them each time.
 */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { projectNode, root } from "../install.mjs";
import { formatMs, report } from "./measurement.ts";

const items = Number(process.env.TICKMARK_GENERATED_ITEMS ?? 10_000);
const vitest = join(root, "node_modules/vitest/vitest.mjs");
const test = "test/shared/evaluation/generated-items.test.ts";
const began = performance.now();
execFileSync(projectNode, [vitest, "run", "-c", "build/vitest.config.ts", test], {
  cwd: root,
  env: { ...process.env, TICKMARK_GENERATED_ITEMS: String(items) },
  stdio: ["ignore", "ignore", "inherit"],
});
report({
  what: `every assertion on ${items.toLocaleString("en")} generated items by two CEL implementations: no difference`,
  ours: formatMs(performance.now() - began),
});
