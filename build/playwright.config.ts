import { defineConfig } from "@playwright/test";
import { root } from "./install.mjs";

const isCi = process.env.CI === "true";
/** What needs a package is run by `npm run package -- --check` alone, which reads no report. */
const isOfPackages = process.env.TICKMARK_PACKAGES !== undefined;

/** The tests in a real Electron window. `npm test` builds the application and starts these under a virtual screen. */
export default defineConfig({
  testDir: `${root}/test/e2e`,
  testMatch: isOfPackages ? /\.package\.ts$/ : /\.(e2e|test|spec)\.ts$/,
  outputDir: `${root}/test-results/e2e`,
  // One window at a time: two would fight for the focus, and the machine has few cores.
  workers: 1,
  fullyParallel: false,
  forbidOnly: isCi,
  // A test that passes at the second attempt has found something; it is not repeated.
  retries: 0,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: isOfPackages ? "list" : [["list"], ["json"]],
  use: { trace: "off", screenshot: "only-on-failure" },
});
